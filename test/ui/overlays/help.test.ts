// The help has every key and every command, as they are now.
import test from 'ava';
import {catalogue} from '../../../source/catalogue/catalogue.ts';
import {SLASH_COMMANDS} from '../../../source/ui/commands.ts';
import {EDIT_KEYS} from '../../../source/ui/composer/edit-keys.ts';
import {KEYMAP, Keymap, SELECTION_KEYS, helpOf} from '../../../source/ui/keymap.ts';
import {helpOverlay} from '../../../source/ui/overlays/help.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

function helpWith(keymap = new Keymap()) {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.keymap = keymap;
	screen.show(helpOverlay(keymap, SLASH_COMMANDS));
	return screen;
}

const isHeading = (line: string) => /^── (?:Keys|With a message selected|Editing|Commands)\b/.test(line);

test('every action that has words, every edit and every command is in it, once', t => {
	const lines = helpWith().lines(200, 200);
	const {keys, slashCommands} = catalogue;
	const helps = [
		...KEYMAP.flatMap(binding => helpOf(binding) ?? []),
		...SELECTION_KEYS.map(({action}) => keys.selection[action].help),
		...EDIT_KEYS.map(({edit}) => keys.editing[edit]),
		...SLASH_COMMANDS.map(({help}) => help),
	];
	t.deepEqual(
		SLASH_COMMANDS.map(({name}) => name).toSorted(),
		Object.keys(slashCommands).toSorted(),
		'the catalogue has the help of each command, and of no other',
	);
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
	t.regex(lineOf(/by letters of its name/), /^Ctrl-F +conversation by/);
	t.regex(lineOf(/find what was said$/), /^no key /);
	t.regex(lineOf(/back to the shell/), /^no key /);
});

test('it scrolls to both ends, Enter closes it, and letters are not its own', t => {
	const screen = helpWith();
	const all = screen.lines(120, 200);
	const lines = () => screen.lines(120, 5).map(line => line.replace(/ +[↑↓]$/, ''));
	t.deepEqual(lines(), all.slice(0, 5));
	t.deepEqual(screen.press('down', 'pagedown', 'x'), [true, true, false]);
	t.deepEqual(lines(), all.slice(11, 16));
	for (let presses = 0; presses < 20; presses++) screen.press('pagedown');
	t.deepEqual(lines(), all.slice(-5));
	for (let presses = 0; presses < 20; presses++) screen.press('pageup');
	t.deepEqual(lines(), all.slice(0, 5));
	t.regex(screen.lines(80, 5).at(-1) ?? '', /↓$/, 'more follows');
	t.deepEqual(screen.press('q', 'enter'), [false, true]);
	t.is(screen.overlay, undefined);
});
