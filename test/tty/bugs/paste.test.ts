// Bug class: paste. Thousands of lines, line ends and slashes in it, keys in it, and news while it goes on.
import test from 'ava';
import {message} from '../../twins/client.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

const BEGIN = '\u001B[200~';
const END = '\u001B[201~';
const paste = (text: string) => BEGIN + text + END;
/** How often a test looks whether something was sent, ms. */
const LOOK_MS = 20;
const hasSent = (asked: readonly string[]) => asked.some(words => words.startsWith('send'));

test.serial('five thousand lines: as much as fits is a draft, the limit is told, nothing is sent', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type(paste(Array.from({length: 5000}, (_, index) => `a line of a log, number ${index}`).join('\r')));
	await screen.shows(/A message holds no more than this/);
	await screen.shows(/number 2\d{3}\n/);
	t.false(hasSent(await staged.asked()));
	screen.type('\u0003');
	await screen.shows(/│ > *$/);
	t.false(hasSent(await staged.asked()));
});

test.serial('line ends and a slash are text until Enter', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type(paste('one\r\ntwo\n\r\u0003three\u0004'));
	await screen.shows(/> one\n.*│ {3}two\n.*│ *\n.*│ {3}␃three␄$/);
	t.false(hasSent(await staged.asked()));
	screen.type('\u0003');
	await screen.shows(/│ > *$/);

	screen.type(paste('/quit\r\n'));
	await screen.shows(/> \/quit$/);
	screen.type(`\u0003${paste('/block alice\n/trust alice\r')}${paste('/remove\r')}`);
	await screen.shows(/> \/block alice\n.*│ {3}\/trust alice\/remove$/);
	t.deepEqual(
		(await staged.asked()).filter(words => !words.startsWith('markRead')),
		[],
	);
	screen.type(`\u0003${paste('/quit')}\r`);
	t.is(await screen.ended(), 0);
});

test.serial('a message of 500 lines is folded; Enter opens it where it is selected, and folds it again', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	const text = Array.from({length: 500}, (_, index) => `row ${index + 1}.`).join('\n');
	await staged.cue({kind: 'say', messages: [message('alice', 98, {text}), message('alice', 99, {text: 'below it'})]});
	await screen.shows(/row 1\.[^]*row 11\. *\n.*│ +▸ 489 more lines +13:38 *\n[^]*below it/);
	screen.type('\u001Bm\u001B[A');
	await screen.shows(/SELECT[^]*Enter opens/);
	await screen.shows(/▸ 489 more lines: Enter opens/);
	screen.type('\r');
	await screen.shows(/row 1\.[^]*row 20\./);
	t.notRegex(screen.text, /▸/);
	t.regex(screen.text, /SELECT/);
	screen.type('\u001B[6~');
	await screen.shows(/row 25\./);
	screen.type('\r');
	await screen.shows(/▸ 489 more lines: Enter opens/);
	screen.type('j\r');
	await screen.until(() => !screen.text.includes('SELECT'), 'the input again');
	t.false(hasSent(await staged.asked()));
});

test.serial('keys in a paste are text, and news in the middle of it move it nowhere', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type(`mine: ${BEGIN}first \u001B2\u0007\u001BOP`);
	await staged.cue({kind: 'contact', name: 'bob', part: {unread: 4, typing: true}});
	await staged.cue({kind: 'say', messages: [message('bob', 9), message('alice', 99, {text: 'hello from alice'})]});
	await screen.shows(/hello from alice/);
	t.regex(screen.text, /> mine:/);
	screen.type(`\u001B[B\t second${END} end`);
	await screen.shows(/│ alice[^]*> mine: first ␛2␇␛OP␛\[B {4,5}second end$/);
	t.false(hasSent(await staged.asked()));

	// The keys behind it hold where it went.
	screen.type(`\u0003${paste('for alice')}\u001B2${paste('for bob')}`);
	await screen.shows(/│ bob[^]*> for bob$/);
	screen.type('\u001B1');
	await screen.shows(/│ alice[^]*> for alice$/);
});

test.serial('a paste that does not end is there after a while, and the keys behind it are keys', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type(`${BEGIN}lost\r`);
	await screen.shows(/> lost *$/);
	screen.type('\u001BOP');
	await screen.shows(/Help/);
	screen.type('\u0003\u0003\u0003');
	t.is(await screen.ended(), 0);
});

test.serial('Ctrl-C quits whatever has lost its end', async t => {
	for (const beginning of [BEGIN, `${BEGIN}lost`, '\u001B[1;', '\u001B]11;rgb', '\u001BP1$r', '\u001B[M!', '\u001B']) {
		const {screen} = await StagedScreen.open(t, 'chat');
		await screen.shows(/and new/);
		screen.type(beginning);
		screen.type('\u0003');
		await screen.shows(beginning === `${BEGIN}lost` ? /> *$/ : /Ctrl-C again quits/);
		screen.type('\u0003\u0003');
		t.is(await screen.ended(), 0, JSON.stringify(beginning));
	}
});

test.serial(
	'lines that come at once from a terminal that does not mark pastes are a draft, and are not sent',
	async t => {
		const staged = await StagedScreen.open(t, 'chat');
		const {screen} = staged;
		await screen.shows(/and new/);
		screen.type('plain1\rplain2\rplain3');
		await screen.shows(/3 lines were pasted: Enter sends them[^]*> plain1\n.*│ {3}plain2\n.*│ {3}plain3$/);
		screen.type('\u0003');
		await screen.shows(/> *$/);
		screen.type('/block alice\r/trust alice\r');
		await screen.shows(/> \/block alice\n.*│ {3}\/trust alice\n.*│ *$/);
		screen.type('\u0003');
		await screen.shows(/> *$/);
		screen.type(Array.from({length: 2000}, (_, index) => `a line of a log, number ${index}\r`).join(''));
		await screen.shows(/number 1998\n.*│ {3}a line of a log, number 1999\n.*│ *$/);
		screen.type('\u0003');
		await screen.shows(/> *$/);
		t.false(hasSent(await staged.asked()));

		// A line and its Enter are what a script types, and what a slow line brings together.
		screen.type('one line\r');
		while (!hasSent(await staged.asked())) await screen.pass(LOOK_MS);
		t.deepEqual(
			(await staged.asked()).filter(words => !words.startsWith('markRead')),
			['send alice one line'],
		);
	},
);

test.serial('lines that come at once do nothing to a selected message, and answer no question', async t => {
	const staged = await StagedScreen.open(t, 'grammar');
	const {screen} = staged;
	await screen.shows(/this waits/);
	screen.type('\u001Bm');
	await screen.shows(/SELECT/);
	screen.type('dd\rdd\r');
	await screen.shows(/> dd\n.*│ {3}dd\n.*│ *$/);
	screen.type('\u0003');
	await screen.shows(/> *$/);
	screen.type('/delete\r');
	await screen.shows(/Sure/);
	screen.type('y\ry\r');
	await screen.shows(/> y\n.*│ {3}y\n.*│ *$/);
	t.deepEqual(
		(await staged.asked()).filter(words => !words.startsWith('markRead')),
		[],
	);
});

test.serial('into fields goes one line, and it is not entered', async t => {
	const signUp = await StagedScreen.open(t, 'sign-up');
	signUp.screen.type(`${paste(`simchat://h:1/#${'A'.repeat(43)}\r\n`)}\t`);
	signUp.screen.type(`${paste('alice\r\n')}\t${paste(`${'p p'.repeat(10)}\r`)}`);
	await signUp.screen.shows(
		/join link +simchat:\/\/h:1\/#A{43} *│\n.* name +alice *│\n.* password +•{30} *│\n.* again *│\n/,
	);
	signUp.screen.type(`\u001B[Z\u0015${paste('al\r\nice\r')}`);
	await signUp.screen.shows(/name +al ice *│\n/);
	t.deepEqual(await signUp.asked(), []);

	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	screen.type(`\u0007${paste('ca\u001Brol\r')}`);
	await screen.shows(/Go to[^]*\/ ca rol/);
	screen.type(`\u0015${paste('carol\n')}`);
	await screen.shows(/Go to[^]*\/ carol *│\n.*◉ carol/);
	t.regex(screen.text, /│ ╭─ Go to/);
	screen.type('\r');
	await screen.shows(/│ carol/);
});
