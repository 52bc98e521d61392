// Names of the directory, to be taken into the list.
import test from 'ava';
import {directoryOverlay} from '../../../source/ui/overlays/directory.ts';
import {ClientTwin} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

const names = [
	{name: 'bob', online: true},
	{name: 'bonnie', online: false},
];

test('names with who is there, and Enter takes the chosen one', t => {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.show(directoryOverlay('bo', {names, more: false}));
	t.is(desk.overlay?.title, 'Directory: bo…');
	t.deepEqual(desk.lines(), ['› ● bob', '  ○ bonnie']);
	t.deepEqual(desk.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(desk.client.asked, ['addContact bonnie']);
	t.deepEqual(desk.asked, ['open bonnie']);
});

test('that there are more names is said; without any, Enter does nothing', t => {
	const desk = new DeskTwin(new ClientTwin([]));
	desk.show(directoryOverlay('b\u001B', {names: [], more: true}));
	t.is(desk.overlay?.title, 'Directory: b␛… (the first of many: type more of the name)');
	t.deepEqual(desk.press('enter', 'down'), [true, true]);
	t.deepEqual(desk.client.asked, []);
	t.deepEqual(desk.asked, []);
});
