// Only a clear yes does what cannot be undone.
import test from 'ava';
import {confirmOverlay} from '../../../source/ui/overlays/confirm.ts';
import {ClientTwin} from '../screen/client-twin.ts';
import {DeskTwin} from './desk-twin.ts';

function asked() {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.show(confirmOverlay('Take bob off the list?', ({client}) => client.removeContact('bob')));
	return desk;
}

test('y does it and closes', t => {
	const desk = asked();
	t.deepEqual(desk.lines(), ['Take bob off the list?']);
	t.deepEqual(desk.press('y'), [true]);
	t.deepEqual(desk.client.asked, ['removeContact bob']);
	t.is(desk.overlay, undefined);
});

test('n closes; Enter is taken and does nothing, other keys are not its own', t => {
	const desk = asked();
	t.deepEqual(desk.press('enter', 'Y', 'escape', 'x'), [true, false, false, false]);
	t.truthy(desk.overlay);
	t.deepEqual(desk.press('n'), [true]);
	t.is(desk.overlay, undefined);
	t.deepEqual(desk.client.asked, []);
});
