// The settings: one row each, which Enter changes, and the keys in a list of their own. A change holds at once and is kept.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Preferences} from '../../client/facade.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {type Keymap, helpOf, keyLabel, keysText} from '../keymap.ts';
import {safeText} from '../text/safe.ts';
import {widthOf} from '../text/width.ts';
import {themeNames} from '../theme.ts';
import {type ScreenRow, span} from '../widgets/spans.ts';
import {EDIT_KEYS} from '../composer/edit-keys.ts';
import {choiceRows, moved} from './choice.ts';

/** The narrowest column of what settings are called; and of the keys of an action, in so many cells or more. */
const LABEL = 18;
const KEYS_LABEL = 30;
const WIDE = 76;

type Setting = {
	readonly label: keyof typeof catalogue.settings.labels;
	readonly value: (preferences: Preferences) => string;
	/** What Enter does: a change, or another overlay. */
	readonly change?: (preferences: Preferences) => Partial<Preferences>;
	readonly open?: (keymap: Keymap) => Overlay;
};

const NOTIFY: ReadonlyArray<Preferences['notify']> = ['off', 'bell', 'osc9', 'osc777', 'osc99', 'command'];

const GLYPHS: ReadonlyArray<Preferences['glyphs']> = ['auto', 'ascii', 'unicode'];

const SETTINGS: readonly Setting[] = [
	{
		label: 'theme',
		value: ({theme}) => theme,
		change: preferences => ({theme: after(themeNames(preferences), preferences.theme)}),
	},
	{
		label: 'notifications',
		value({notify, notifyCommand}) {
			const words = catalogue.settings.values.notify;
			return notify === 'command' ? words.command(notifyCommand.join(' ')) : words[notify];
		},
		change: ({notify, notifyCommand}) => ({
			notify: after(notifyCommand.length === 0 ? NOTIFY.filter(kind => kind !== 'command') : NOTIFY, notify),
		}),
	},
	{
		label: 'mouse',
		value: ({mouse}) => (mouse ? catalogue.settings.values.mouseOn : catalogue.settings.values.mouseOff),
		change: ({mouse}) => ({mouse: !mouse}),
	},
	{
		label: 'glyphs',
		value: ({glyphs}) => catalogue.settings.values.glyphs[glyphs],
		change: ({glyphs}) => ({glyphs: after(GLYPHS, glyphs)}),
	},
	{
		label: 'typing',
		value: ({typing}) => (typing ? catalogue.settings.values.typingOn : catalogue.settings.values.typingOff),
		change: ({typing}) => ({typing: !typing}),
	},
	{
		label: 'receipts',
		value: ({receipts}) => (receipts ? catalogue.settings.values.receiptsOn : catalogue.settings.values.receiptsOff),
		change: ({receipts}) => ({receipts: !receipts}),
	},
	{
		label: 'localAddresses',
		value: ({localAddresses}) =>
			localAddresses === 'contacts'
				? catalogue.settings.values.addressesContacts
				: catalogue.settings.values.addressesNobody,
		change: ({localAddresses}) => ({localAddresses: localAddresses === 'contacts' ? 'never' : 'contacts'}),
	},
	{
		label: 'router',
		value: ({mapPort}) => (mapPort ? catalogue.settings.values.routerAsked : catalogue.settings.values.routerAlone),
		change: ({mapPort}) => ({mapPort: !mapPort}),
	},
	{label: 'keys', value: ({keys}) => keysWords(Object.keys(keys).length), open: keymap => keysOverlay(keymap)},
];

export function settingsOverlay(preferences: Preferences, chosen = 0): Overlay {
	const {labels} = catalogue.settings;
	const column = Math.max(LABEL, ...Object.values(labels).map(label => widthOf(label)));
	return {
		title: catalogue.settings.title,
		hint: catalogue.settings.hint,
		rows: size =>
			choiceRows(
				SETTINGS,
				chosen,
				({label, value}) => line(labels[label], safeText(value(preferences), {newlines: false}), column),
				size,
			),
		take(key, screen) {
			const next = moved(chosen, key, SETTINGS.length);
			if (next !== undefined) screen.show(settingsOverlay(preferences, next));
			if (key === 'enter') {
				const {change, open} = SETTINGS[chosen] ?? {};
				if (change !== undefined) screen.prefer(change(preferences));
				screen.show(open?.(screen.keymap) ?? settingsOverlay(screen.preferences, chosen));
			}

			return key === 'enter' || next !== undefined;
		},
	};
}

/** `waiting`: the next key becomes the key of the chosen action. */
function keysOverlay(keymap: Keymap, chosen = 0, waiting = false): Overlay {
	const bindings = keymap.bindings.filter(binding => helpOf(binding) !== undefined);
	return {
		title: catalogue.settings.keysTitle,
		hint: waiting ? catalogue.settings.keysWaiting : catalogue.settings.keysHint,
		rows: size =>
			choiceRows(
				bindings,
				chosen,
				binding =>
					line(
						waiting && binding === bindings[chosen] ? '…' : keysText(binding),
						helpOf(binding) ?? '',
						size.width < WIDE ? LABEL : KEYS_LABEL,
					),
				size,
			),
		take(key, screen) {
			const action = bindings[chosen]?.action;
			if (action === undefined || key === '') return false;
			if (waiting) {
				screen.show(keysOverlay(keymap, chosen));
				if (key !== 'escape') rebind(screen, action, key, chosen);
				return true;
			}

			const next = moved(chosen, key, bindings.length);
			if (next !== undefined) screen.show(keysOverlay(keymap, next));
			if (key === 'enter') screen.show(keysOverlay(keymap, chosen, true));
			if (key === 'backspace') rebind(screen, action, undefined, chosen);
			return key === 'enter' || key === 'backspace' || next !== undefined;
		},
	};
}

/** `key` undefined: the action has its usual keys again. */
function rebind(screen: ScreenControls, action: string, key: string | undefined, chosen: number): void {
	const {[action]: _, ...others} = screen.preferences.keys;
	const keys = key === undefined ? others : {...others, [action]: [key]};
	const before = screen.keymap;
	const problem = screen.rebind(keys);
	if (problem !== undefined) return screen.tell(problem);
	screen.show(keysOverlay(screen.keymap, chosen));
	const former = key === undefined ? undefined : formerUse(before, screen.keymap, action, key);
	if (former !== undefined) screen.tell(catalogue.settings.keyMoved(keyLabel(key ?? ''), former));
}

/** What `key` was for before it was given to `action`; undefined when that is left as it was. */
function formerUse(before: Keymap, now: Keymap, action: string, key: string): string | undefined {
	const taken = before.bindings.find(
		(binding, index) =>
			binding.action !== action && binding.keys.includes(key) && !now.bindings[index]?.keys.includes(key),
	);
	if (taken !== undefined) return helpOf(taken) ?? taken.action;
	const isOfInput = now.bindings.some(binding => binding.action === action && binding.place !== 'list');
	const edit = EDIT_KEYS.find(({keys}) => keys.includes(key))?.edit;
	return isOfInput && edit !== undefined ? catalogue.keys.editing[edit] : undefined;
}

function keysWords(changed: number): string {
	const {keysAsTheyCome, keysChanged} = catalogue.settings.values;
	return changed === 0 ? keysAsTheyCome : keysChanged(changed);
}

function line(label: string, words: string, column: number): ScreenRow {
	const space = ' '.repeat(Math.max(0, column - widthOf(label)));
	return [span(`${label}${space}`, 'title'), span(`  ${words}`)];
}

function after<Value>(values: readonly Value[], value: Value): Value {
	return values[(values.indexOf(value) + 1) % values.length] ?? value;
}
