// Some letters of a name go to its conversation.
import test from 'ava';
import {switcherOverlay} from '../../../source/ui/overlays/switcher.ts';
import {ClientTwin, contact} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const contacts = [contact('barbara', {unread: 3}), contact('bob', {presence: 'offline'}), contact('dave')];

function switching() {
	const screen = new ScreenTwin(new ClientTwin(contacts));
	screen.show(switcherOverlay(contacts));
	return screen;
}

test('all of them at first, with presence and what is unread', t => {
	t.deepEqual(switching().lines(), ['› ● barbara  3 unread', '  ○ bob', '  ● dave']);
});

test('letters leave those that have them, Enter opens the chosen one', t => {
	const screen = switching();
	screen.press('down', 'down');
	screen.ask('b');
	t.deepEqual(screen.lines(), ['› ● barbara  3 unread', '  ○ bob'], 'the best is chosen again');
	t.deepEqual(screen.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(screen.asked, ['open bob']);
});

test('nobody is called so', t => {
	const screen = switching();
	screen.ask('zzz');
	t.regex(screen.lines().join(' '), /Nobody.*\/add NAME/);
	t.deepEqual(screen.press('enter'), [true]);
	t.deepEqual(screen.asked, []);
});
