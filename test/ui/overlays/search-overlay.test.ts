// What was said is found here or everywhere, shown with what is around it, and gone to.
import test from 'ava';
import {searchOverlay} from '../../../source/ui/overlays/search-overlay.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const messages = [
	message('bob', 1, {text: 'a needle'}),
	message('bob', 2, {text: `${'hay '.repeat(20)}NEEDLE in it`, direction: 'out'}),
	message('dave', 3, {text: 'needle\nof dave\u001B[2J'}),
];

function searching(query: string, isEverywhere = false) {
	const screen = new ScreenTwin(new ClientTwin([contact('bob'), contact('dave')], messages));
	screen.show(searchOverlay(screen, isEverywhere ? undefined : talkWith('bob'), query));
	return screen;
}

test('in one conversation or, after Tab, in all, and back', t => {
	const screen = searching('needle');
	t.is(screen.overlay?.title, 'Find in bob');
	t.is(screen.lines().length, 1);
	t.deepEqual(screen.press('tab'), [true]);
	t.is(screen.overlay?.title, 'Find everywhere');
	t.is(screen.overlay?.query, 'needle');
	t.is(screen.lines().length, 2);
	screen.press('tab');
	t.is(screen.overlay?.title, 'Find in bob');
});

test('newest first, harmless, with who and when; Enter goes there', t => {
	const screen = searching('needle', true);
	t.regex(screen.lines()[0] ?? '', /^› \w{3} 3 Nov \d\d:\d\d {2}dave {2}needle␊of dave␛\[2J$/);
	t.regex(screen.lines()[1] ?? '', /^ {2}\w{3} 3 Nov \d\d:\d\d {2}bob {2}a needle$/);
	t.deepEqual(screen.press('down', 'x', 'enter'), [true, false, true]);
	t.deepEqual(screen.asked, [`reveal bob ${messages[0]!.id}`]);
});

test('what was found far in a text is shown with what stands before it', t => {
	const screen = searching('NEEDLE');
	t.regex(screen.lines()[0] ?? '', / to bob {2}…(?:hay ){6}NEEDLE in it$/);
});

test('typing looks anew; spaces around do not count, and nothing is found for nothing', t => {
	const screen = searching('needle');
	screen.ask('  needle ');
	t.is(screen.overlay?.query, '  needle ');
	t.is(screen.lines().length, 1);
	screen.ask('absent');
	t.deepEqual(screen.lines(), ['Nothing was found.']);
	t.deepEqual(screen.press('enter', 'down'), [true, true]);
	screen.ask('  ');
	t.deepEqual(screen.lines(), []);
	t.deepEqual(screen.asked, []);
});
