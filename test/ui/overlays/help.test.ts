// The help has every key and every command, as they are now.
import test from 'ava';
import {COMMANDS} from '../../../source/ui/commands.ts';
import {EDIT_KEYS} from '../../../source/ui/composer/keys.ts';
import {KEYMAP, Keymap, SELECTION_KEYS} from '../../../source/ui/keymap.ts';
import {helpOverlay} from '../../../source/ui/overlays/help.ts';
import {ClientTwin} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

function helpWith(keymap = new Keymap()) {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.keymap = keymap;
	desk.show(helpOverlay(keymap));
	return desk;
}

const isHeading = (line: string) => /^(?:Keys|With a message selected|Editing|Commands)\b/.test(line);

test('every action that has words, every edit and every command is in it, once', t => {
	const lines = helpWith().lines(200, 200);
	const helps = [...KEYMAP, ...SELECTION_KEYS, ...EDIT_KEYS, ...COMMANDS].flatMap(({help}) => help ?? []);
	t.deepEqual(
		lines.filter(line => !isHeading(line)).map(line => line.slice(31)),
		helps,
	);
	t.is(lines.filter(isHeading).length, 4);
	t.true(lines.some(line => line.startsWith('/msg NAME [TEXT]')));
	t.true(lines.some(line => line.startsWith('Alt-1…9')));
	t.true(lines.some(line => line.startsWith('Ctrl-G, Alt-G')));
});

test('keys of one’s own are in it, and those that were taken are not', t => {
	const lines = helpWith(new Keymap({switcher: ['ctrl-f'], suspend: []})).lines(200, 200);
	const lineOf = (help: RegExp) => lines.find(line => help.test(line)) ?? '';
	t.regex(lineOf(/conversation by some/), /^Ctrl-F +conversation by/);
	t.regex(lineOf(/find what was said$/), /^no key /);
	t.regex(lineOf(/back to the shell/), /^no key /);
});

test('it scrolls to both ends, Enter closes it, and letters are not its own', t => {
	const desk = helpWith();
	const all = desk.lines(80, 200);
	t.deepEqual(desk.lines(80, 5), all.slice(0, 5));
	t.deepEqual(desk.press('down', 'pagedown', 'x'), [true, true, false]);
	t.deepEqual(desk.lines(80, 5), all.slice(11, 16));
	for (let presses = 0; presses < 20; presses++) desk.press('pagedown');
	t.deepEqual(desk.lines(80, 5), all.slice(-5));
	for (let presses = 0; presses < 20; presses++) desk.press('pageup');
	t.deepEqual(desk.lines(80, 5), all.slice(0, 5));
	t.deepEqual(desk.press('q', 'enter'), [false, true]);
	t.is(desk.overlay, undefined);
});
