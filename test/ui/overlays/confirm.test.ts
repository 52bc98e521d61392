// Only a row that was chosen does what cannot be undone: no letter, and no Enter that comes too early.
import test from 'ava';
import {confirmOverlay} from '../../../source/ui/overlays/confirm.ts';
import {ClientTwin} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

function asked() {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.show(
		confirmOverlay({
			words: 'Take bob off the list?',
			keep: 'Keep bob',
			choices: [{label: 'Take bob off', act: ({client}) => client.removeContact('bob')}],
		}),
	);
	return desk;
}

test('what is chosen is done by Enter, and it closes', t => {
	const desk = asked();
	t.deepEqual(desk.lines(), ['Take bob off the list?', '› Keep bob', '  Take bob off']);
	t.deepEqual(desk.press('down'), [true]);
	t.deepEqual(desk.lines(), ['Take bob off the list?', '  Keep bob', '› Take bob off']);
	t.deepEqual(desk.press('enter'), [true]);
	t.deepEqual(desk.client.asked, ['removeContact bob']);
	t.is(desk.overlay, undefined);
});

test('Enter at first does nothing but close; letters are none of its keys', t => {
	const desk = asked();
	t.deepEqual(desk.press('y', 'n', 'Y', 'escape', 'd'), [false, false, false, false, false]);
	t.truthy(desk.overlay);
	t.deepEqual(desk.press('enter'), [true]);
	t.is(desk.overlay, undefined);
	t.deepEqual(desk.client.asked, []);
});

test('a question that is not all on the screen is not answered', t => {
	const desk = asked();
	desk.press('down');
	t.deepEqual(desk.lines(80, 2), ['  Keep bob', '› Take bob off']);
	desk.press('enter');
	t.regex(desk.asked[0] ?? '', /make the window larger/);
	t.deepEqual(desk.client.asked, []);
	desk.lines(80, 3);
	desk.press('enter');
	t.deepEqual(desk.client.asked, ['removeContact bob']);
});
