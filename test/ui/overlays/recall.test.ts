// What was sent from here is found by a part of it, and written again.
import test from 'ava';
import {recallOverlay} from '../../../source/ui/overlays/recall.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

function recalling(...sent: readonly string[]) {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(recallOverlay(sent));
	return screen;
}

test('newest first, by a part of it in whatever case; Enter writes it, line ends and all', t => {
	const screen = recalling('third\nline', 'Second', 'first');
	t.deepEqual(screen.lines(), ['› third␊line', '  Second', '  first']);
	screen.ask('S');
	t.is(screen.overlay?.query, 'S');
	t.deepEqual(screen.lines(), ['› Second', '  first']);
	screen.ask('LINE');
	t.deepEqual(screen.press('enter'), [true]);
	t.is(screen.overlay, undefined);
	t.deepEqual(screen.asked, ['write third\nline']);
});

test('arrows and Ctrl-R choose among those that fit', t => {
	const screen = recalling('a1', 'b', 'a2', 'a3');
	screen.ask('a');
	t.deepEqual(screen.press('ctrl-r', 'down', 'up', 'x'), [true, true, true, false]);
	t.deepEqual(screen.lines(), ['  a1', '› a2', '  a3']);
	screen.press('enter');
	t.deepEqual(screen.asked, ['write a2']);
});

test('nothing of that was sent: said so, and Enter does nothing', t => {
	const screen = recalling('a');
	screen.ask('z');
	t.regex(screen.lines().join(' '), /Nothing of that/);
	t.deepEqual(screen.press('enter'), [true]);
	t.truthy(screen.overlay);
	t.deepEqual(screen.asked, []);
});
