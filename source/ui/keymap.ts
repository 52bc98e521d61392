// The keys, as one table: for looking keys up and for the help. Settings may change them.
import {catalogue} from '../catalogue/catalogue.ts';

/** Where a binding holds. */
export type Place = 'anywhere' | 'input' | 'list';

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type Action =
	| 'send'
	| 'newline'
	| 'complete'
	| 'to-list'
	| 'to-input'
	| 'list-up'
	| 'list-down'
	| 'list-open'
	| 'next'
	| 'previous'
	| 'next-unread'
	| 'last'
	| 'switcher'
	| 'page-up'
	| 'page-down'
	| 'bottom'
	| 'first-unread'
	| 'select'
	| 'search'
	| 'recall'
	| 'editor'
	| 'help'
	| 'close'
	| 'redraw'
	| 'reconnect'
	| 'clear-or-quit'
	| 'suspend'
	| `open-${Digit}`;

export type Binding = {
	/** As keyName writes them; the first one is shown to the person. */
	readonly keys: readonly string[];
	readonly action: Action;
	readonly place: Place;
	/** The help shows something else in place of the keys, while they are unchanged. */
	readonly shown?: () => string;
};

/** A line of the help; undefined where the binding before it covers this one. */
export function helpOf({action}: Binding): string | undefined {
	const words: Readonly<Partial<Record<Action, string>>> = catalogue.keys.actions;
	return words[action];
}

const conversations = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit): Binding => {
	const binding: Binding = {keys: [`alt-${digit}`], action: `open-${digit}`, place: 'anywhere'};
	return digit === 1 ? {...binding, shown: () => catalogue.keys.conversations} : binding;
});

export const KEYMAP: readonly Binding[] = [
	{keys: ['enter'], action: 'send', place: 'input'},
	{keys: ['alt-enter', 'shift-enter', 'ctrl-j'], action: 'newline', place: 'input'},
	{keys: ['tab'], action: 'complete', place: 'input'},
	{keys: ['shift-tab'], action: 'to-list', place: 'input'},
	{keys: ['up'], action: 'list-up', place: 'list', shown: () => '↑ ↓'},
	{keys: ['down'], action: 'list-down', place: 'list'},
	{keys: ['enter'], action: 'list-open', place: 'list'},
	{keys: ['tab', 'shift-tab'], action: 'to-input', place: 'list'},
	{keys: ['ctrl-n', 'alt-down'], action: 'next', place: 'anywhere'},
	{keys: ['ctrl-p', 'alt-up'], action: 'previous', place: 'anywhere'},
	...conversations,
	{keys: ['alt-a'], action: 'next-unread', place: 'anywhere'},
	{keys: ['alt-/'], action: 'last', place: 'anywhere'},
	{keys: ['ctrl-g', 'alt-g'], action: 'switcher', place: 'anywhere'},
	{keys: ['pageup'], action: 'page-up', place: 'anywhere'},
	{keys: ['pagedown'], action: 'page-down', place: 'anywhere'},
	{keys: ['alt-end', 'ctrl-end'], action: 'bottom', place: 'anywhere'},
	{keys: ['alt-u'], action: 'first-unread', place: 'anywhere'},
	{keys: ['alt-m'], action: 'select', place: 'anywhere'},
	{keys: ['ctrl-f'], action: 'search', place: 'anywhere'},
	{keys: ['ctrl-r'], action: 'recall', place: 'input'},
	{keys: ['alt-e'], action: 'editor', place: 'input'},
	{keys: ['f1'], action: 'help', place: 'anywhere'},
	{keys: ['escape'], action: 'close', place: 'anywhere'},
	{keys: ['ctrl-l'], action: 'redraw', place: 'anywhere'},
	{keys: ['f5'], action: 'reconnect', place: 'anywhere'},
	{keys: ['ctrl-c'], action: 'clear-or-quit', place: 'anywhere'},
	{keys: ['ctrl-z'], action: 'suspend', place: 'anywhere'},
];

/** What keys do with a selected message. */
export type SelectionAction =
	| 'leave'
	| 'open'
	| 'up'
	| 'down'
	| 'reply'
	| 'edit'
	| 'delete'
	| 'react'
	| 'history'
	| 'copy'
	| 'raw'
	| 'open-link'
	| 'send-again'
	| 'take-back';

/** The keys while a message is selected, the most important ones first. Every other letter ends the selection. */
export const SELECTION_KEYS: ReadonlyArray<{
	readonly keys: readonly string[];
	readonly action: SelectionAction;
}> = [
	{keys: ['escape'], action: 'leave'},
	{keys: ['enter'], action: 'open'},
	{keys: ['k', 'up'], action: 'up'},
	{keys: ['j', 'down'], action: 'down'},
	{keys: ['r'], action: 'reply'},
	{keys: ['e'], action: 'edit'},
	{keys: ['d'], action: 'delete'},
	{keys: ['+'], action: 'react'},
	{keys: ['y'], action: 'copy'},
	{keys: ['p'], action: 'raw'},
	{keys: ['o'], action: 'open-link'},
	{keys: ['h'], action: 'history'},
	{keys: ['s'], action: 'send-again'},
	{keys: ['x'], action: 'take-back'},
];

/** Cannot be changed: without them there is no way out. */
const FIXED: ReadonlySet<Action> = new Set(['close', 'clear-or-quit']);

/** Keys by action, as the settings write them. */
export type KeySettings = Readonly<Record<string, readonly string[]>>;

/** A key as keyName writes it: modifiers in their order, and a name or a character that is no capital letter. */
const KEY =
	/^(?:ctrl-)?(?:alt-)?(?:shift-)?(?:enter|tab|backspace|escape|space|up|down|left|right|home|end|insert|delete|pageup|pagedown|f(?:[1-9]|1[0-2])|[^\p{Lu}\p{Z}\p{C}])$/u;
/** Keys that type a character. */
const TEXT = /^(?:shift-)?(?:space|.)$/u;

export class Keymap {
	readonly bindings: readonly Binding[];
	/** What is wrong in the settings, in words. */
	readonly problems: readonly string[];
	/** Place and key → action: as many as there are keys. */
	readonly #actions: ReadonlyMap<string, Action>;

	constructor(settings: KeySettings = {}) {
		this.problems = Object.entries(settings).flatMap(([action, keys]) => wrongWith(action, keys, settings));
		const own = this.problems.length === 0 ? settings : {};
		this.bindings = KEYMAP.map(binding => {
			// A key that the person gives to one action is taken from the others.
			const keys = own[binding.action] ?? binding.keys.filter(key => owner(key, binding, own) === undefined);
			if (keys.join(' ') === binding.keys.join(' ')) return binding;
			const {shown: _, ...rest} = binding;
			return {...rest, keys};
		});
		this.#actions = new Map(
			this.bindings.flatMap(({keys, action, place}) => keys.map(key => [`${place} ${key}`, action] as const)),
		);
	}

	/**
	 * What `key` asks for in a pane, or while something lies on top of both; undefined when the pane may take it as text or edit
	 * with it.
	 */
	actionOf(key: string, pane: 'input' | 'list' | 'covered'): Action | undefined {
		return this.#actions.get(`${pane} ${key}`) ?? this.#actions.get(`anywhere ${key}`);
	}

	/** The key that a person is told of; undefined when the action has none. */
	keyOf(action: Action): string | undefined {
		const key = this.bindings.find(binding => binding.action === action)?.keys[0];
		return key === undefined ? undefined : keyLabel(key);
	}
}

/** Another action that the settings give `key` to, in a place where `binding` holds too. */
function owner(key: string, {action, place}: Binding, settings: KeySettings): Action | undefined {
	return KEYMAP.find(
		other =>
			other.action !== action &&
			(other.place === place || other.place === 'anywhere' || place === 'anywhere') &&
			settings[other.action]?.includes(key) === true,
	)?.action;
}

function wrongWith(action: string, keys: readonly string[], settings: KeySettings): string[] {
	const place = `settings.json: screen.keys.${action}`;
	const words = catalogue.keys.problems;
	const known = KEYMAP.find(binding => binding.action === action);
	if (known === undefined) return [words.noAction(place, KEYMAP.map(each => each.action).join(', '))];
	if (FIXED.has(known.action)) return [words.fixed(place)];
	return keys.flatMap(key => {
		if (!KEY.test(key)) return [words.noKey(place, key)];
		if (TEXT.test(key)) return [words.isText(place, key)];
		if (KEYMAP.some(each => FIXED.has(each.action) && each.keys.includes(key))) {
			return [words.isWayOut(place, key)];
		}

		const other = owner(key, known, settings);
		return other === undefined ? [] : [words.isTaken(place, key, other)];
	});
}

/** A key of SELECTION_KEYS: letters stand for themselves, `escape` → `Esc`. */
export function selectionLabel(key: string): string {
	return key.length === 1 ? key : keyLabel(key);
}

/** The keys of a binding as a person reads them. */
export function keysText({keys, shown}: Binding): string {
	return shown?.() ?? (keys.map(keyLabel).join(', ') || catalogue.keys.none);
}

/** `ctrl-alt-end` → `Ctrl-Alt-End`. */
export function keyLabel(key: string): string {
	const names: Readonly<Record<string, string>> = {pageup: 'PgUp', pagedown: 'PgDn', escape: 'Esc'};
	return key
		.split(/-(?=.)/)
		.map(part => names[part] ?? `${part[0]?.toUpperCase() ?? ''}${part.slice(1)}`)
		.join('-');
}
