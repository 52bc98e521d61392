// What was said is found here or everywhere, shown with what is around it, and gone to.
import test from 'ava';
import {searchOverlay} from '../../../source/ui/overlays/search.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

const messages = [
	message('bob', 1, {text: 'a needle'}),
	message('bob', 2, {text: `${'hay '.repeat(20)}NEEDLE in it`, direction: 'out'}),
	message('dave', 3, {text: 'needle\nof dave\u001B[2J'}),
];

function searching(query: string, isEverywhere = false) {
	const desk = new DeskTwin(new ClientTwin([contact('bob'), contact('dave')], messages));
	desk.show(searchOverlay(desk, isEverywhere ? undefined : 'bob', query));
	return desk;
}

test('in one conversation or, after Tab, in all, and back', t => {
	const desk = searching('needle');
	t.is(desk.overlay?.title, 'Find in bob');
	t.is(desk.lines().length, 1);
	t.deepEqual(desk.press('tab'), [true]);
	t.is(desk.overlay?.title, 'Find everywhere');
	t.is(desk.overlay?.query, 'needle');
	t.is(desk.lines().length, 2);
	desk.press('tab');
	t.is(desk.overlay?.title, 'Find in bob');
});

test('newest first, harmless, with who and when; Enter goes there', t => {
	const desk = searching('needle', true);
	t.regex(desk.lines()[0] ?? '', /^› \w{3} 3 Nov \d\d:\d\d {2}dave {2}needle␊of dave␛\[2J$/);
	t.regex(desk.lines()[1] ?? '', /^ {2}\w{3} 3 Nov \d\d:\d\d {2}bob {2}a needle$/);
	t.deepEqual(desk.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(desk.asked, [`reveal bob ${messages[0]!.id}`]);
});

test('what was found far in a text is shown with what stands before it', t => {
	const desk = searching('NEEDLE');
	t.regex(desk.lines()[0] ?? '', / to bob {2}…(?:hay ){6}NEEDLE in it$/);
});

test('typing looks anew; spaces around do not count, and nothing is found for nothing', t => {
	const desk = searching('needle');
	desk.ask('  needle ');
	t.is(desk.overlay?.query, '  needle ');
	t.is(desk.lines().length, 1);
	desk.ask('absent');
	t.deepEqual(desk.lines(), ['nothing was found']);
	t.deepEqual(desk.press('enter', 'down'), [true, true]);
	desk.ask('  ');
	t.deepEqual(desk.lines(), []);
	t.deepEqual(desk.asked, []);
});
