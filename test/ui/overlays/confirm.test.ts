// Only a row that was chosen does what cannot be undone: no letter, and no Enter that comes too early.
import test from 'ava';
import {confirmOverlay} from '../../../source/ui/overlays/confirm.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

function asked() {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(
		confirmOverlay({
			words: 'Take bob off the list?',
			keep: 'Keep bob',
			choices: [{label: 'Take bob off', act: ({client}) => client.removeContact('bob')}],
		}),
	);
	return screen;
}

test('what is chosen is done by Enter, and it closes', t => {
	const screen = asked();
	t.deepEqual(screen.lines(), ['Take bob off the list?', '', '› Keep bob', '  Take bob off']);
	t.deepEqual(screen.press('down'), [true]);
	t.deepEqual(screen.lines(), ['Take bob off the list?', '', '  Keep bob', '› Take bob off']);
	t.deepEqual(screen.press('enter'), [true]);
	t.deepEqual(screen.client.asked, ['removeContact bob']);
	t.is(screen.overlay, undefined);
});

test('Enter at first does nothing but close; letters are none of its keys', t => {
	const screen = asked();
	t.deepEqual(screen.press('y', 'n', 'Y', 'escape', 'd'), [false, false, false, false, false]);
	t.truthy(screen.overlay);
	t.deepEqual(screen.press('enter'), [true]);
	t.is(screen.overlay, undefined);
	t.deepEqual(screen.client.asked, []);
});

test('a question that is not all on the screen is not answered', t => {
	const screen = asked();
	screen.press('down');
	t.deepEqual(screen.lines(80, 2), ['  Keep bob', '› Take bob off']);
	screen.press('enter');
	t.regex(screen.asked[0] ?? '', /make the window larger/);
	t.deepEqual(screen.client.asked, []);
	screen.lines(80, 3);
	screen.press('enter');
	t.deepEqual(screen.client.asked, ['removeContact bob']);
});
