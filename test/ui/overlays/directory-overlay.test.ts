// Names of the directory, to be taken into the list.
import test from 'ava';
import {directoryOverlay} from '../../../source/ui/overlays/directory-overlay.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const names = [
	{name: 'bob', online: true},
	{name: 'bonnie', online: false},
];

test('names with who is there, and Enter takes the chosen one', t => {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(directoryOverlay('bo', {names, more: false}));
	t.is(screen.overlay?.title, 'Directory: bo…');
	t.deepEqual(screen.lines(), ['› ● bob', '  ○ bonnie']);
	t.deepEqual(screen.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(screen.client.asked, ['addContact bonnie']);
	t.deepEqual(screen.asked, ['open bonnie']);
});

test('that there are more names is said; without any, Enter does nothing', t => {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(directoryOverlay('b\u001B', {names: [], more: true}));
	t.is(screen.overlay?.title, 'Directory: b␛… (the first of many)');
	t.deepEqual(screen.press('enter', 'down'), [true, true]);
	t.deepEqual(screen.client.asked, []);
	t.deepEqual(screen.asked, []);
});

test('all names of the directory have no letters in front of an ellipsis that nobody typed', t => {
	t.is(directoryOverlay('', {names, more: false}).title, 'Directory');
	t.is(directoryOverlay('', {names, more: true}).title, 'Directory (the first of many)');
});
