// Some letters of a name go to its conversation.
import test from 'ava';
import {switcherOverlay} from '../../../source/ui/overlays/switcher.ts';
import {ClientTwin, contact} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

const contacts = [contact('barbara', {unread: 3}), contact('bob', {presence: 'offline'}), contact('dave')];

function switching() {
	const desk = new DeskTwin(new ClientTwin(contacts));
	desk.show(switcherOverlay(contacts));
	return desk;
}

test('all of them at first, with presence and what is unread', t => {
	t.deepEqual(switching().lines(), ['› ● barbara  3 unread', '  ○ bob', '  ● dave']);
});

test('letters leave those that have them, Enter opens the chosen one', t => {
	const desk = switching();
	desk.press('down', 'down');
	desk.ask('b');
	t.deepEqual(desk.lines(), ['› ● barbara  3 unread', '  ○ bob'], 'the best is chosen again');
	t.deepEqual(desk.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(desk.asked, ['open bob']);
});

test('nobody is called so', t => {
	const desk = switching();
	desk.ask('zzz');
	t.regex(desk.lines().join(' '), /nobody.*\/add NAME/);
	t.deepEqual(desk.press('enter'), [true]);
	t.deepEqual(desk.asked, []);
});
