// Colours by what the terminal can show: the same theme in 24 bits, of 256, of 16, and not at all.
import test from 'ava';
import {Screen} from './screen.ts';
import {stageDoor} from '../programs.ts';
import {stylesOf} from './stage/sheet.ts';

const DEPTHS = [
	{depth: '24 bits', env: {COLORTERM: 'truecolor'}, has: /#79c0ff/, lacks: /\bc\d+|cyan|green/},
	{depth: '256', env: {TERM: 'xterm-256color', COLORTERM: ''}, has: /\bc117\b/, lacks: /#/},
	{depth: '16', env: {TERM: 'xterm', COLORTERM: ''}, has: /bright (?:cyan|blue|green)/, lacks: /#|\bc\d/},
	{
		depth: 'none',
		env: {NO_COLOR: '1', COLORTERM: 'truecolor'},
		has: /reversed|bold/,
		lacks: /#|\bc\d|red|green|cyan|blue/,
	},
];

for (const {depth, env, has, lacks} of DEPTHS) {
	test(depth, async t => {
		const screen = new Screen(t, ['chat', 'dark'], {columns: 100, rows: 30, door: stageDoor, env: {TZ: 'UTC', ...env}});
		await screen.shows(/and new/);
		await screen.until(() => has.test(stylesOf(screen.emulator)), String(has));
		t.notRegex(stylesOf(screen.emulator), lacks);
	});
}

test('another theme holds at once', async t => {
	const screen = new Screen(t, ['chat', 'terminal'], {
		columns: 100,
		rows: 30,
		door: stageDoor,
		env: {COLORTERM: 'truecolor'},
	});
	await screen.shows(/and new/);
	screen.type('/theme nothing\r');
	await screen.shows(/Themes: terminal, light, dark/);
	screen.type('/theme light\r');
	await screen.until(() => stylesOf(screen.emulator).includes('#0550ae'), 'the light theme');
	screen.type('\u0003\u0003');
	t.is(await screen.ended(), 0);
});
