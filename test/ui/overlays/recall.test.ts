// What was sent from here is found by a part of it, and written again.
import test from 'ava';
import {recallOverlay} from '../../../source/ui/overlays/recall.ts';
import {ClientTwin} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

function recalling(...sent: readonly string[]) {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.show(recallOverlay(sent));
	return desk;
}

test('newest first, by a part of it in whatever case; Enter writes it, line ends and all', t => {
	const desk = recalling('third\nline', 'Second', 'first');
	t.deepEqual(desk.lines(), ['› third␊line', '  Second', '  first']);
	desk.ask('S');
	t.is(desk.overlay?.query, 'S');
	t.deepEqual(desk.lines(), ['› Second', '  first']);
	desk.ask('LINE');
	t.deepEqual(desk.press('enter'), [true]);
	t.is(desk.overlay, undefined);
	t.deepEqual(desk.asked, ['write third\nline']);
});

test('arrows and Ctrl-R choose among those that fit', t => {
	const desk = recalling('a1', 'b', 'a2', 'a3');
	desk.ask('a');
	t.deepEqual(desk.press('ctrl-r', 'down', 'up', 'x'), [true, true, true, false]);
	t.deepEqual(desk.lines(), ['  a1', '› a2', '  a3']);
	desk.press('enter');
	t.deepEqual(desk.asked, ['write a2']);
});

test('nothing of that was sent: said so, and Enter does nothing', t => {
	const desk = recalling('a');
	desk.ask('z');
	t.regex(desk.lines().join(' '), /nothing of that/);
	t.deepEqual(desk.press('enter'), [true]);
	t.truthy(desk.overlay);
	t.deepEqual(desk.asked, []);
});
