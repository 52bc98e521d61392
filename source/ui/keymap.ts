// The keys, as one table: for looking keys up and for the help. Settings may change them.

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
	/** A line of the help; without one the binding before it covers this one. */
	readonly help?: string;
	/** What the help shows in place of the keys, while they are unchanged. */
	readonly shown?: string;
};

const conversations = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit): Binding => {
	const binding: Binding = {keys: [`alt-${digit}`], action: `open-${digit}`, place: 'anywhere'};
	return digit === 1 ? {...binding, shown: 'Alt-1…9', help: 'conversation by its place in the list'} : binding;
});

export const KEYMAP: readonly Binding[] = [
	{keys: ['enter'], action: 'send', place: 'input', help: 'send'},
	{keys: ['alt-enter', 'shift-enter', 'ctrl-j'], action: 'newline', place: 'input', help: 'new line'},
	{
		keys: ['tab'],
		action: 'complete',
		place: 'input',
		help: 'complete a command, name or :emoji',
	},
	{keys: ['shift-tab'], action: 'to-list', place: 'input', help: 'to the list, where letters filter it'},
	{keys: ['up'], action: 'list-up', place: 'list', shown: '↑ ↓', help: 'in the list: move'},
	{keys: ['down'], action: 'list-down', place: 'list'},
	{keys: ['enter'], action: 'list-open', place: 'list', help: 'in the list: open'},
	{keys: ['tab', 'shift-tab'], action: 'to-input', place: 'list'},
	{keys: ['ctrl-n', 'alt-down'], action: 'next', place: 'anywhere', help: 'next conversation'},
	{keys: ['ctrl-p', 'alt-up'], action: 'previous', place: 'anywhere', help: 'previous conversation'},
	...conversations,
	{keys: ['alt-a'], action: 'next-unread', place: 'anywhere', help: 'next unread conversation, mentions first'},
	{keys: ['alt-/'], action: 'last', place: 'anywhere', help: 'last conversation'},
	{
		keys: ['ctrl-g', 'alt-g'],
		action: 'switcher',
		place: 'anywhere',
		help: 'conversation by letters of its name',
	},
	{keys: ['pageup'], action: 'page-up', place: 'anywhere', help: 'scroll back'},
	{keys: ['pagedown'], action: 'page-down', place: 'anywhere', help: 'scroll on'},
	{keys: ['alt-end', 'ctrl-end'], action: 'bottom', place: 'anywhere', help: 'newest message (empty input: End)'},
	{keys: ['alt-u'], action: 'first-unread', place: 'anywhere', help: 'first unread message'},
	{
		keys: ['alt-m'],
		action: 'select',
		place: 'anywhere',
		help: 'select a message: copy, open link, …',
	},
	{keys: ['ctrl-f'], action: 'search', place: 'anywhere', help: 'find what was said'},
	{keys: ['ctrl-r'], action: 'recall', place: 'input', help: 'search what you have sent'},
	{keys: ['alt-e'], action: 'editor', place: 'input', help: 'write in $EDITOR'},
	{keys: ['f1'], action: 'help', place: 'anywhere', help: 'this help'},
	{keys: ['escape'], action: 'close', place: 'anywhere', help: 'close or cancel; drafts stay'},
	{keys: ['ctrl-l'], action: 'redraw', place: 'anywhere', help: 'redraw the screen'},
	{keys: ['f5'], action: 'reconnect', place: 'anywhere', help: 'reconnect now'},
	{keys: ['ctrl-c'], action: 'clear-or-quit', place: 'anywhere', help: 'clear the draft; twice: quit'},
	{keys: ['ctrl-z'], action: 'suspend', place: 'anywhere', help: 'back to the shell; fg returns'},
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
	/** A word or two, for the line that shows the mode. */
	readonly words: string;
	readonly help: string;
}> = [
	{keys: ['escape'], action: 'leave', words: 'leaves', help: 'back to the input'},
	{keys: ['enter'], action: 'open', words: 'opens', help: 'open a long one, or fold it again; else leave'},
	{keys: ['k', 'up'], action: 'up', words: 'up', help: 'the message above'},
	{keys: ['j', 'down'], action: 'down', words: 'down', help: 'the message below'},
	{keys: ['r'], action: 'reply', words: 'reply', help: 'reply to it'},
	{keys: ['e'], action: 'edit', words: 'edit', help: 'edit it'},
	{keys: ['d'], action: 'delete', words: 'delete', help: 'delete it on both sides; asks first'},
	{keys: ['+'], action: 'react', words: 'react', help: 'react to it with an emoji'},
	{keys: ['y'], action: 'copy', words: 'copy', help: 'copy its text'},
	{keys: ['p'], action: 'raw', words: 'plain', help: 'show it plain, or with its markup again'},
	{keys: ['o'], action: 'open-link', words: 'open link', help: 'open its link; asks first'},
	{keys: ['h'], action: 'history', words: 'history', help: 'what it said before it was edited'},
	{keys: ['s'], action: 'send-again', words: 'send again', help: 'send again what failed; asks first'},
	{keys: ['x'], action: 'take-back', words: 'take back', help: 'take back what still waits; asks first'},
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
	const known = KEYMAP.find(binding => binding.action === action);
	if (known === undefined) return [`${place} is no action: there are ${KEYMAP.map(each => each.action).join(', ')}`];
	if (FIXED.has(known.action)) return [`${place} cannot be changed: it is the way out`];
	return keys.flatMap(key => {
		if (!KEY.test(key)) return [`${place}: ${key} is no key; write ctrl-x, alt-enter or f5`];
		if (TEXT.test(key)) return [`${place}: ${key} alone is text; write it with ctrl- or alt-`];
		if (KEYMAP.some(each => FIXED.has(each.action) && each.keys.includes(key))) {
			return [`${place}: ${key} is the way out, and stays`];
		}

		const other = owner(key, known, settings);
		return other === undefined ? [] : [`${place}: ${key} is also given to ${other}`];
	});
}

/** A key of SELECTION_KEYS: letters stand for themselves, `escape` → `Esc`. */
export function selectionLabel(key: string): string {
	return key.length === 1 ? key : keyLabel(key);
}

/** `ctrl-alt-end` → `Ctrl-Alt-End`. */
export function keyLabel(key: string): string {
	const names: Readonly<Record<string, string>> = {pageup: 'PgUp', pagedown: 'PgDn', escape: 'Esc'};
	return key
		.split(/-(?=.)/)
		.map(part => names[part] ?? `${part[0]?.toUpperCase() ?? ''}${part.slice(1)}`)
		.join('-');
}
