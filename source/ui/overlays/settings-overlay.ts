// The settings: one row each, which Enter changes, and the keys in a list of their own. A change holds at once and is kept.
import {type Preferences} from '../../client/facade.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {type Binding, type Keymap, keyLabel} from '../keymap.ts';
import {safeText} from '../text/safe.ts';
import {themeNames} from '../theme.ts';
import {type ScreenRow, span} from '../widgets/spans.ts';
import {EDIT_KEYS} from '../composer/edit-keys.ts';
import {choiceRows, moved} from './choice.ts';

/** Cells of what a setting is called; and of the keys of an action, in so many cells or more. */
const LABEL = 18;
const KEYS_LABEL = 30;
const WIDE = 76;

type Setting = {
	readonly label: string;
	readonly value: (preferences: Preferences) => string;
	/** What Enter does: a change, or another overlay. */
	readonly change?: (preferences: Preferences) => Partial<Preferences>;
	readonly open?: (keymap: Keymap) => Overlay;
};

const NOTIFY: ReadonlyArray<Preferences['notify']> = ['off', 'bell', 'osc9', 'osc777', 'osc99', 'command'];

const NOTIFY_WORDS: Readonly<Record<Preferences['notify'], string>> = {
	off: 'off',
	bell: 'bell',
	osc9: 'OSC 9 (iTerm2, ConEmu, Windows Terminal)',
	osc777: 'OSC 777 (urxvt, foot, Ghostty, WezTerm)',
	osc99: 'OSC 99 (kitty)',
	command: 'a command of your own',
};

const GLYPHS: ReadonlyArray<Preferences['glyphs']> = ['auto', 'ascii', 'unicode'];

const GLYPHS_WORDS: Readonly<Record<Preferences['glyphs'], string>> = {
	auto: 'auto (by the locale)',
	ascii: 'ASCII',
	unicode: 'Unicode',
};

const SETTINGS: readonly Setting[] = [
	{
		label: 'theme',
		value: ({theme}) => theme,
		change: preferences => ({theme: after(themeNames(preferences), preferences.theme)}),
	},
	{
		label: 'notifications',
		value: ({notify, notifyCommand}) =>
			notify === 'command' ? `${NOTIFY_WORDS.command}: ${notifyCommand.join(' ')}` : NOTIFY_WORDS[notify],
		change: ({notify, notifyCommand}) => ({
			notify: after(notifyCommand.length === 0 ? NOTIFY.filter(kind => kind !== 'command') : NOTIFY, notify),
		}),
	},
	{
		label: 'mouse',
		value: ({mouse}) =>
			mouse ? 'on (wheel scrolls, click selects; Shift selects text)' : 'off (the terminal selects text)',
		change: ({mouse}) => ({mouse: !mouse}),
	},
	{
		label: 'glyphs',
		value: ({glyphs}) => GLYPHS_WORDS[glyphs],
		change: ({glyphs}) => ({glyphs: after(GLYPHS, glyphs)}),
	},
	{
		label: 'typing',
		value: ({typing}) => (typing ? 'on (others see you typing)' : 'off'),
		change: ({typing}) => ({typing: !typing}),
	},
	{
		label: 'receipts',
		value: ({receipts}) => (receipts ? 'on (others see what you read)' : 'off'),
		change: ({receipts}) => ({receipts: !receipts}),
	},
	{
		label: 'local addresses',
		value: ({localAddresses}) => (localAddresses === 'contacts' ? 'told to contacts' : 'told to nobody'),
		change: ({localAddresses}) => ({localAddresses: localAddresses === 'contacts' ? 'never' : 'contacts'}),
	},
	{
		label: 'router',
		value: ({mapPort}) => (mapPort ? 'asked to let contacts in' : 'left alone'),
		change: ({mapPort}) => ({mapPort: !mapPort}),
	},
	{label: 'keys', value: ({keys}) => keysWords(Object.keys(keys).length), open: keymap => keysOverlay(keymap)},
];

export function settingsOverlay(preferences: Preferences, chosen = 0): Overlay {
	return {
		title: 'Settings',
		hint: '↑ ↓ choose · Enter changes · Esc closes',
		rows: size =>
			choiceRows(
				SETTINGS,
				chosen,
				({label, value}) => line(label, safeText(value(preferences), {newlines: false})),
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
	const bindings = keymap.bindings.filter(({help}) => help !== undefined);
	return {
		title: 'Keys',
		hint: waiting ? 'press the new key · Esc cancels' : '↑ ↓ · Enter changes · Backspace resets · Esc closes',
		rows: size =>
			choiceRows(
				bindings,
				chosen,
				binding =>
					line(
						waiting && binding === bindings[chosen] ? '…' : labelOf(binding),
						binding.help ?? '',
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
	if (former !== undefined) screen.tell(`${keyLabel(key ?? '')} does this now, and no longer this: ${former}`);
}

/** What `key` was for before it was given to `action`; undefined when that is left as it was. */
function formerUse(before: Keymap, now: Keymap, action: string, key: string): string | undefined {
	const taken = before.bindings.find(
		(binding, index) =>
			binding.action !== action && binding.keys.includes(key) && !now.bindings[index]?.keys.includes(key),
	);
	if (taken !== undefined) return taken.help ?? taken.action;
	const isOfInput = now.bindings.some(binding => binding.action === action && binding.place !== 'list');
	return isOfInput ? EDIT_KEYS.find(({keys}) => keys.includes(key))?.help : undefined;
}

function labelOf({keys, shown}: Binding): string {
	return shown ?? (keys.map(keyLabel).join(', ') || 'no key');
}

function keysWords(changed: number): string {
	return changed === 0 ? 'as they come' : `${changed} changed`;
}

function line(label: string, words: string, column = LABEL): ScreenRow {
	return [span(label.padEnd(column), 'title'), span(`  ${words}`)];
}

function after<Value>(values: readonly Value[], value: Value): Value {
	return values[(values.indexOf(value) + 1) % values.length] ?? value;
}
