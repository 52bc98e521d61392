// Bug class: paste. Thousands of lines, line ends and slashes in it, keys in it, and news while it goes on.
import test from 'ava';
import {message} from '../../ui/screen/client-twin.ts';
import {Theatre} from '../stage/theatre.ts';

const BEGIN = '\u001B[200~';
const END = '\u001B[201~';
const paste = (text: string) => BEGIN + text + END;
const hasSent = (asked: readonly string[]) => asked.some(words => words.startsWith('send'));

test.serial('five thousand lines: as much as fits is a draft, the limit is told, nothing is sent', async t => {
	const theatre = await Theatre.open(t, 'chat');
	const {screen} = theatre;
	await screen.shows(/and new/);
	screen.type(paste(Array.from({length: 5000}, (_, index) => `a line of a log, number ${index}`).join('\r')));
	await screen.shows(/that is all that one message holds/);
	await screen.shows(/number 2\d{3}\n/);
	t.false(hasSent(await theatre.asked()));
	screen.type('\u0003');
	await screen.shows(/│> *$/);
	t.false(hasSent(await theatre.asked()));
});

test.serial('line ends and a slash are text until Enter', async t => {
	const theatre = await Theatre.open(t, 'chat');
	const {screen} = theatre;
	await screen.shows(/and new/);
	screen.type(paste('one\r\ntwo\n\r\u0003three\u0004'));
	await screen.shows(/> one\n.*│ {2}two\n.*│ *\n.*│ {2}␃three␄$/);
	t.false(hasSent(await theatre.asked()));
	screen.type('\u0003');
	await screen.shows(/│> *$/);

	screen.type(paste('/quit\r\n'));
	await screen.shows(/> \/quit\n.*│ *$/);
	screen.type(`\u0003${paste('/block alice\n/trust alice\r')}${paste('/remove\r')}`);
	await screen.shows(/> \/block alice\n.*│ {2}\/trust alice\n.*│ {2}\/remove\n.*│ *$/);
	t.deepEqual(
		(await theatre.asked()).filter(words => !words.startsWith('markRead')),
		[],
	);
	screen.type(`\u0003${paste('/quit')}\r`);
	t.is(await screen.ended(), 0);
});

test.serial('keys in a paste are text, and news in the middle of it move it nowhere', async t => {
	const theatre = await Theatre.open(t, 'chat');
	const {screen} = theatre;
	await screen.shows(/and new/);
	screen.type(`mine: ${BEGIN}first \u001B2\u0007\u001BOP`);
	await theatre.cue({kind: 'contact', name: 'bob', part: {unread: 4, typing: true}});
	await theatre.cue({kind: 'say', messages: [message('bob', 9), message('alice', 99, {text: 'hello from alice'})]});
	await screen.shows(/hello from alice/);
	t.regex(screen.text, /> mine:/);
	screen.type(`\u001B[B\t second${END} end`);
	await screen.shows(/│alice[^]*> mine: first ␛2␇␛OP␛\[B {4,5}second end$/);
	t.false(hasSent(await theatre.asked()));

	// The keys behind it hold where it went.
	screen.type(`\u0003${paste('for alice')}\u001B2${paste('for bob')}`);
	await screen.shows(/│bob[^]*> for bob$/);
	screen.type('\u001B1');
	await screen.shows(/│alice[^]*> for alice$/);
});

test.serial('into fields goes one line, and it is not entered', async t => {
	const signUp = await Theatre.open(t, 'sign-up');
	signUp.screen.type(`${paste('simchat://chat.example.org:7406/#key\r\n')}\t`);
	signUp.screen.type(`${paste('al\r\nice\r')}\t${paste(`${'p'.repeat(30)}\r`)}`);
	await signUp.screen.shows(
		/join link +simchat:\/\/chat.example.org:7406\/#key\nname +al ice\npassword +•{30}\nagain *\n/,
	);
	t.deepEqual(await signUp.asked(), []);

	const {screen} = await Theatre.open(t, 'chat');
	await screen.shows(/and new/);
	screen.type(`\u0007${paste('ca\u001Brol\r')}`);
	await screen.shows(/Go to[^]*\/ ca rol/);
	screen.type(`\u0015${paste('carol\n')}`);
	await screen.shows(/Go to[^]*\/ carol\n.*● carol/);
	t.regex(screen.text, /│Go to/);
	screen.type('\r');
	await screen.shows(/│carol/);
});
