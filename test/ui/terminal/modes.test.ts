// Modes come off in the opposite order, and tmux hands on what it is told to.
import test from 'ava';
import {MOUSE_OFF, MOUSE_ON, throughTmux} from '../../../source/ui/terminal/modes.ts';

const modesOf = (bytes: string) =>
	Array.from(bytes.replaceAll('\u001B', '␛').matchAll(/␛\[\?(\d+)([hl])/g), ([, mode, set]) => [mode, set]);

test('what is switched on is switched off, and nothing else', t => {
	t.deepEqual(modesOf(MOUSE_ON), [
		['1000', 'h'],
		['1006', 'h'],
	]);
	t.deepEqual(
		modesOf(MOUSE_OFF),
		modesOf(MOUSE_ON)
			.toReversed()
			.map(([mode]) => [mode, 'l']),
	);
});

test('every escape that goes through tmux is doubled, and the wrapper ends once', t => {
	t.is(throughTmux('\u001B]9;a\u001B\\'), '\u001BPtmux;\u001B\u001B]9;a\u001B\u001B\\\u001B\\');
	t.is(throughTmux(''), '\u001BPtmux;\u001B\\');
});
