// Files on the screen, key by key: offered by command and by dropping them, got, declined and stopped.
import {mkdirSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Message} from '../../../source/client/snapshot.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {talkFrame} from '../../../source/ui/screens/talk-frame.ts';
import {within} from '../../../tools/within.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {screenOf} from './typed-screen.ts';

/** Ms, for something that takes a few. */
const LIMIT_MS = 30_000;
const DOWN = '\u001B[B';
const SELECT = '\u001Bm';
/** The Escape key as kitty writes it. */
const ESC = '\u001B[27u';
const pasted = (text: string) => `\u001B[200~${text}\u001B[201~`;

function offered(index: number, name: string, change: Partial<Message> = {}): Message {
	const file = {name, size: 5, root: '00', device: '00', answers: {}};
	return message('bob', index, {text: name, file, ...change});
}

/** Settles once it holds; looked at again whenever something has been done. */
async function until(holds: () => boolean, what: string): Promise<void> {
	const look = async (): Promise<void> => {
		while (!holds()) await new Promise(setImmediate);
	};

	await within(look(), LIMIT_MS, () => `no ${what}`);
}

function shown({talk}: ReturnType<typeof screenOf>): string {
	return talkFrame(talk.view)
		.rows.map(row =>
			row
				.map(({text}) => text)
				.join('')
				.trimEnd(),
		)
		.join('\n');
}

function folder(t: ExecutionContext, ...names: readonly string[]): string {
	const at = temporaryFolder(t);
	for (const name of names) {
		mkdirSync(path.dirname(path.join(at, name)), {recursive: true});
		if (!name.endsWith('/')) writeFileSync(path.join(at, name), 'bytes');
		else mkdirSync(path.join(at, name));
	}

	return at;
}

test('/send offers files by their paths, with spaces in them too; what is no file is said, and the line comes back', async t => {
	const at = folder(t, 'my holiday.jpg', 'b.txt');
	const client = new ClientTwin([contact('bob')]);
	const screen = screenOf(client);
	screen.type(`/send ${at}/my holiday.jpg\r`);
	await until(() => client.asked.length === 1, 'it is offered');
	screen.type(`/send '${at}/my holiday.jpg' ${at}/b.txt\r`);
	await until(() => client.asked.length === 3, 'both are offered');
	const both = ['my holiday.jpg', 'b.txt'].map(name => `offerFile ${talkWith('bob')} ${path.join(at, name)}`);
	t.deepEqual(client.asked, [both[0], ...both]);
	t.is(screen.talk.writing.draft.text, '');
	screen.type('/send\r');
	await until(() => screen.talk.store.value.notice !== '', 'usage');
	t.regex(screen.talk.store.value.notice, /Usage: \/send FILE/);
	client.files.offer = async () => {
		throw new Error('it is a folder');
	};
	screen.type('/send /tmp\r');
	await until(() => screen.talk.writing.draft.text !== '', 'the line comes back');
	t.is(screen.talk.writing.draft.text, '/send /tmp');
	t.is(screen.talk.store.value.notice, 'It is a folder.');
});

test('while a large file is read that is said, and the person writes on', async t => {
	const at = folder(t, 'film.mkv');
	truncateSync(path.join(at, 'film.mkv'), 20_000_000);
	const client = new ClientTwin([contact('bob')]);
	const screen = screenOf(client);
	const read = Promise.withResolvers<string>();
	client.files.offer = async () => read.promise;
	screen.type(`/send ${at}/film.mkv\r`);
	await until(() => screen.talk.store.value.notice !== '', 'it is said');
	t.is(screen.talk.store.value.notice, 'Reading film.mkv, 20 MB …');
	screen.type('and now\r');
	t.deepEqual(client.asked, ['send bob and now']);
	screen.type(`/send ${at}/film.mkv\r`);
	await until(() => screen.talk.store.value.notice !== '', 'it is said again');
	read.resolve('0');
	await until(() => screen.talk.store.value.notice === '', 'it is read');
	t.is(screen.talk.writing.draft.text, '');
});

test('nothing is offered to a stranger, or got from one: it is asked first', async t => {
	const client = new ClientTwin([contact('bob', {request: true})], [offered(1, 'a.txt')]);
	const screen = screenOf(client);
	screen.talk.open(talkWith('bob'));
	screen.type('/send /etc/hosts\r');
	await until(() => screen.talk.overlay !== undefined, 'it is asked');
	t.is(screen.talk.writing.draft.text, '/send /etc/hosts');
	screen.type(`${ESC}\u0015/get\r`);
	await until(() => screen.talk.overlay !== undefined, 'it is asked again');
	t.deepEqual(
		client.asked.filter(asked => /File/.test(asked)),
		[],
	);
});

test('Tab completes paths: folders go on, hidden names come behind a dot alone, and what needs it is escaped', async t => {
	const at = folder(t, 'one two.txt', 'one three.txt', 'sub/inner.bin', '.hidden', 'bell\u0007');
	const client = new ClientTwin([contact('bob')]);
	const screen = screenOf(client);
	const draft = () => screen.talk.writing.draft.text;
	screen.type(`/send ${at}/s\t`);
	await until(() => draft().endsWith('/sub/'), 'the folder');
	screen.type('\t');
	await until(() => draft() === `/send ${at}/sub/inner.bin `, 'the only file in it');
	screen.type(`\u0015/send ${at}/o\t`);
	await until(() => draft() === String.raw`/send ${at}/one\ t`, 'what both share');
	t.is(screen.talk.store.value.notice, 'one three.txt  one two.txt');
	screen.type('\t');
	t.is(draft(), String.raw`/send ${at}/one\ three.txt`);
	screen.type('\t');
	t.is(draft(), String.raw`/send ${at}/one\ two.txt`);
	t.is(screen.talk.store.value.notice, 'one three.txt  [one two.txt]');
	screen.type(`\u0015/send ${at}/\t`);
	await until(() => screen.talk.store.value.notice !== '', 'all but what is hidden and what cannot be typed');
	t.is(screen.talk.store.value.notice, 'one three.txt  one two.txt  sub/');
	screen.type(`\u0015/send "${at}/one tw\t`);
	await until(() => draft() === String.raw`/send ${at}/one\ two.txt `, 'a quote becomes backslashes');
	screen.type(`\u0015/send ${at}/.h\t`);
	await until(() => draft() === `/send ${at}/.hidden `, 'the hidden one');
	screen.type(`\u0015/send ${at}/nothing/x\t`);
	screen.type(`\u0015/send ${at}/.h\t`);
	await until(() => draft() === `/send ${at}/.hidden `, 'a folder that is not there has done nothing');
});

test('a file that is dropped into the window is offered with Enter, and left as a text with Esc', async t => {
	const at = folder(t, 'my holiday.jpg', 'b.txt');
	const client = new ClientTwin([contact('bob')]);
	const screen = screenOf(client);
	screen.type(pasted(`'${at}/my holiday.jpg' `));
	await until(() => screen.talk.drop.files !== undefined, 'it is asked');
	t.regex(shown(screen), /Send my holiday\.jpg, 5 B\? · Enter sends · Esc leaves it as text/);
	screen.type(ESC);
	t.is(screen.talk.drop.files, undefined);
	t.is(screen.talk.writing.draft.text, `'${at}/my holiday.jpg' `);
	screen.type(`\u0015${pasted(`file://${at}/my%20holiday.jpg\r\nfile://${at}/b.txt\r\n`)}`);
	await until(() => screen.talk.drop.files !== undefined, 'both are asked about');
	t.regex(shown(screen), /Send 2 files, 10 B\?/);
	screen.type('x');
	t.is(screen.talk.drop.files, undefined, 'another text is a text');
	screen.type('\u007F');
	t.not(screen.talk.drop.files, undefined);
	screen.type('\r');
	await until(() => client.asked.length === 2, 'both are offered');
	t.deepEqual(
		client.asked,
		['my holiday.jpg', 'b.txt'].map(name => `offerFile ${talkWith('bob')} ${path.join(at, name)}`),
	);
	t.is(screen.talk.writing.draft.text, '');
	// A folder, a path that leads nowhere, and one behind a text are texts; the fourth is none, and comes last.
	for (const text of [at, `${at}/none`]) {
		screen.type(pasted(text));
		screen.type('\u0015');
	}

	screen.type(`see ${pasted(`${at}/b.txt`)}\u0015${pasted(`${at}/b.txt`)}`);
	await until(() => screen.talk.drop.files !== undefined, 'the last one');
	t.is(screen.talk.drop.files?.paths[0], `${at}/b.txt`);
});

test('keys on a selected offer get it, decline it, and stop it after a question; commands do the same', async t => {
	const own = offered(3, 'mine.txt', {direction: 'out', state: 'delivered'});
	const client = new ClientTwin([contact('bob')], [offered(1, 'a.txt'), offered(2, '../b\u001B.txt'), own]);
	const screen = screenOf(client);
	const [first, second] = [offered(1, '').id, offered(2, '').id];
	const bob = talkWith('bob');
	screen.type(`${SELECT}k`);
	t.regex(shown(screen), /SELECT {2}Esc leaves · Enter gets it · x declines/);
	screen.type('\r');
	await until(() => client.asked.includes(`takeFile ${bob} ${second}`), 'it is taken');
	screen.type('x');
	t.true(client.asked.includes(`declineFile ${bob} ${second}`));
	screen.type('jx');
	t.regex(shown(screen), /Stop “mine\.txt”\? bob gets nothing more of it\./);
	screen.type(`${DOWN}\r`);
	t.true(client.asked.includes(`stopFile ${bob} out ${own.id}`));
	screen.type(`${SELECT}e`);
	t.regex(screen.talk.store.value.notice, /A file cannot be edited/);
	client.asked.length = 0;
	screen.type(`${ESC}/get A.txt\r`);
	await until(() => client.asked.includes(`takeFile ${bob} ${first}`), 'by a part of its name, in any case');
	screen.type('/get\r');
	await until(() => client.asked.includes(`takeFile ${bob} ${second}`), 'the newest');
	screen.type('/decline a.txt\r');
	t.true(client.asked.includes(`declineFile ${bob} ${first}`));
	screen.type('/get nothing\r');
	await until(() => /called nothing/.test(screen.talk.store.value.notice), 'there is no such file');
	screen.type(`${SELECT}kr`);
	t.is(screen.talk.target?.text, '../b\u001B.txt');
	t.regex(shown(screen), /Replying to bob/);
});
