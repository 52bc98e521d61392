// The settings: Enter changes what is chosen, at once, and keys are rebound in a list of their own.
import test from 'ava';
import {helpOf} from '../../../source/ui/keymap.ts';
import {type Preferences} from '../../../source/client/facade.ts';
import {settingsOverlay} from '../../../source/ui/overlays/settings-overlay.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

function settingsWith(preferences: Partial<Preferences> = {}) {
	const client = new ClientTwin([]);
	client.setPreferences(preferences);
	const screen = new ScreenTwin(client);
	screen.show(settingsOverlay(client.preferences));
	return screen;
}

/** What comes of pressing Enter on the row `index` until it is as it was. */
function round<Key extends keyof Preferences>(
	key: Key,
	index: number,
	preferences: Partial<Preferences> = {},
): Array<Preferences[Key]> {
	const screen = settingsWith(preferences);
	for (let row = 0; row < index; row++) screen.press('down');
	const first = screen.preferences[key];
	const values: Array<Preferences[Key]> = [first];
	for (let presses = 0; presses < 20; presses++) {
		screen.press('enter');
		if (screen.preferences[key] === first) return values;
		values.push(screen.preferences[key]);
	}

	throw new Error('it never comes back');
}

const themes = ['terminal', 'light', 'dark', 'high-contrast', 'high-contrast-light'];

test('Enter goes through all that a setting may be', t => {
	t.deepEqual(round('theme', 0), themes);
	t.deepEqual(round('theme', 0, {themes: {paper: {}}}), [...themes, 'paper']);
	t.deepEqual(round('notify', 1), ['bell', 'osc9', 'osc777', 'osc99', 'off']);
	t.deepEqual(round('notify', 1, {notifyCommand: ['say']}), ['bell', 'osc9', 'osc777', 'osc99', 'command', 'off']);
	t.deepEqual(round('mouse', 2), [false, true]);
	t.deepEqual(round('glyphs', 3), ['auto', 'ascii', 'unicode']);
	t.deepEqual(round('typing', 4), [true, false]);
	t.deepEqual(round('localAddresses', 6), ['contacts', 'never']);
	t.deepEqual(round('mapPort', 7), [true, false]);
});

test('a theme or a notification that there is not any more is left for one that there is', t => {
	for (const [key, row] of [
		['theme', 0],
		['notify', 1],
	] as const) {
		const screen = settingsWith({theme: 'gone', notify: 'command', notifyCommand: []});
		for (let index = 0; index < row; index++) screen.press('down');
		screen.press('enter');
		t.is(screen.preferences[key], {theme: 'terminal', notify: 'off'}[key]);
	}
});

test('each row says how it is, harmless, and the overlay says so at once', t => {
	const screen = settingsWith({
		theme: 'pa\u001Bper',
		notify: 'command',
		notifyCommand: ['say', '{from}'],
		keys: {help: ['f2']},
	});
	t.deepEqual(screen.lines(), [
		'› theme               pa␛per',
		'  notifications       a command of your own: say {from}',
		'  mouse               off (the terminal selects text)',
		'  glyphs              auto (by the locale)',
		'  typing              on (others see you typing)',
		'  receipts            on (others see what you read)',
		'  local addresses     told to contacts',
		'  router              asked to let contacts in',
		'  keys                1 changed',
	]);
	screen.press('down', 'down', 'enter');
	t.regex(screen.lines()[2] ?? '', /^› mouse +on \(wheel scrolls/);
	t.deepEqual(screen.press('x', 'escape', 'backspace'), [false, false, false]);
});

/** The list of keys, `row` chosen. */
function keysOf(row: number) {
	const screen = settingsWith();
	screen.press('pagedown', 'enter');
	for (let index = 0; index < row; index++) screen.press('down');
	return screen;
}

test('every action with words is in the list of keys', t => {
	const screen = keysOf(0);
	const helps = screen.keymap.bindings.flatMap(binding => helpOf(binding) ?? []);
	t.is(screen.overlay?.title, 'Keys');
	const lines = screen.lines(200, 200);
	t.is(lines.length, helps.length);
	for (const [index, help] of helps.entries()) t.true(lines[index]?.endsWith(`  ${help}`), help);
});

test('the next key is the chosen action’s, Backspace gives its own back', t => {
	const screen = keysOf(1);
	screen.press('enter');
	t.regex(screen.overlay?.hint ?? '', /press the new key/);
	t.regex(screen.lines()[1] ?? '', /^› … +new line$/);
	screen.press('f5');
	t.deepEqual(screen.preferences.keys, {newline: ['f5']});
	t.regex(screen.lines()[1] ?? '', /^› F5 +new line$/);
	screen.press('backspace');
	t.deepEqual(screen.preferences.keys, {});
	t.regex(screen.lines()[1] ?? '', /^› Alt-Enter, Shift-Enter, Ctrl-J/);
});

test('a key that moves elsewhere is taken while one is waited for', t => {
	const screen = keysOf(1);
	screen.press('enter', 'down');
	t.deepEqual(screen.preferences.keys, {newline: ['down']});
});

test('Escape leaves a key as it was, and a wrong one is told of', t => {
	const screen = keysOf(1);
	screen.press('enter', 'escape');
	t.regex(screen.overlay?.hint ?? '', /Enter changes/);
	screen.press('enter', 'ctrl-c');
	t.regex(screen.asked[0] ?? '', /^tell .*ctrl-c is the way out/);
	screen.press('enter', 'x');
	t.regex(screen.asked[1] ?? '', /^tell .*x alone is text/);
	t.deepEqual(screen.preferences.keys, {});
	t.deepEqual(screen.press('x', ''), [false, false]);
});

test('a second action may not have the key of the first', t => {
	const screen = keysOf(0);
	screen.press('enter', 'f7', 'down', 'enter', 'f7');
	t.deepEqual(screen.preferences.keys, {send: ['f7']});
	t.regex(screen.asked[0] ?? '', /f7 is also given to send|f7 is also given to newline/);
});

test('a key that had a use before is said, with what it was', t => {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(settingsOverlay(screen.preferences));
	screen.press('up', 'pagedown', 'enter');
	// The first row is what sends.
	t.deepEqual(screen.press('enter', 'ctrl-f'), [true, true]);
	t.is(screen.asked.at(-1), 'tell Ctrl-F does this now, and no longer this: find what was said');
	screen.press('enter', 'ctrl-w');
	t.regex(screen.asked.at(-1) ?? '', /^tell Ctrl-W does this now, and no longer this: /);
	const {length} = screen.asked;
	screen.press('enter', 'f9');
	t.is(screen.asked.length, length);
});
