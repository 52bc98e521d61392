import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {createServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {ClientError, type ClientErrorCode} from '../../source/os/errors.ts';
import {type History, MEMORY_LIMIT, type StoredState} from '../../source/messaging/history/history.ts';
import {HISTORY_MIGRATIONS} from '../../source/messaging/history/history-schema.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {sha256} from '../../source/crypto/hash.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {runChild, source} from '../client/children.ts';
import {connected, olderFile} from './history/older.ts';
import {type ConversationId, talkWith} from '../../source/messaging/conversation.ts';
import {messageKey} from '../../source/messaging/message.ts';
import {anyText} from '../texts.ts';

const key = Buffer.alloc(32, 7);

function message(direction: 'in' | 'out', other: string, number: number, text = `text ${number}`): Message {
	const id = number.toString(16).padStart(32, '0');
	return {
		id,
		conversation: talkWith(other),
		direction,
		time: number,
		text,
		state: direction === 'in' ? 'delivered' : 'queued',
		reason: undefined,
	};
}

async function historyFile(t: ExecutionContext): Promise<string> {
	return path.join(temporaryFolder(t), 'history.db');
}

test('opening it has nobody asked for the names of our addresses', async t => {
	openHistory(await historyFile(t), key).close();
	const server = createServer().listen(0, '127.0.0.1');
	t.teardown(() => server.close());
	await once(server, 'listening');
	// As the database's package asks for it: with the network in it, the system would be asked for the name of 127.0.0.1.
	const {libuv} = process.report.getReport() as {libuv: Array<{type: string; localEndpoint?: {host: string} | null}>};
	t.deepEqual(
		libuv.filter(({type}) => type === 'tcp').map(({localEndpoint}) => localEndpoint?.host),
		['127.0.0.1'],
	);
});

/** A history of a few pages, closed. */
function written(file: string, count = 60): void {
	const history = openHistory(file, key);
	history.append(Array.from({length: count}, (_, number) => message('in', 'bob', number, `${number} `.repeat(60))));
	history.close();
}

/** What is in every file of a folder, by name. */
function contentsOf(folder: string): Record<string, string> {
	return Object.fromEntries(
		readdirSync(folder).map(name => [name, sha256(readFileSync(path.join(folder, name))).toString('hex')]),
	);
}

function refused(t: ExecutionContext, file: string, code: ClientErrorCode, dataKey = key, hint: string = code): void {
	const folder = path.dirname(file);
	const before = contentsOf(folder);
	const error = t.throws(() => openHistory(file, dataKey), {instanceOf: ClientError}, hint);
	t.is(error?.code, code, hint);
	t.true(error?.message.includes(file), error?.message);
	t.deepEqual(contentsOf(folder), before, hint);
}

/** What a history is, in the plainest words. */
class Model {
	readonly messages: Message[] = [];
	readonly #seen = new Set<string>();
	/** By conversation: how many of all messages were there when it was read. */
	readonly #marks = new Map<ConversationId, number>();

	append(messages: readonly Message[]): readonly Message[] {
		return messages.filter(each => {
			const name = `${each.conversation} ${messageKey(each)}`;
			if (this.#seen.has(name)) return false;
			this.#seen.add(name);
			this.messages.push(each);
			return true;
		});
	}

	setState(conversation: ConversationId, ids: readonly string[], state: StoredState, reason: Message['reason']): void {
		for (const [index, each] of this.messages.entries()) {
			if (each.conversation === conversation && each.direction === 'out' && ids.includes(each.id)) {
				this.messages[index] = {...each, state, reason};
			}
		}
	}

	markRead(conversation: ConversationId): void {
		this.#marks.set(conversation, this.messages.length);
	}

	with(conversation: ConversationId): Message[] {
		return this.messages.filter(each => each.conversation === conversation);
	}

	conversations(): Array<{conversation: ConversationId; unread: number}> {
		return [...new Set(this.messages.map(each => each.conversation))].toSorted().map(conversation => {
			const later = this.messages.slice(this.#marks.get(conversation) ?? 0);
			const incoming = later.filter(each => each.conversation === conversation && each.direction === 'in');
			return {conversation, unread: incoming.length};
		});
	}
}

const accounts = ['ann', 'bob'] as const;
const account = fc.constantFrom(...accounts);
const number = fc.integer({min: 0, max: 9});
const state = fc.constantFrom<StoredState>('queued', 'delivered', 'failed');
const someMessage = fc
	.tuple(fc.constantFrom<'in' | 'out'>('in', 'out'), account, number, anyText())
	.map(each => message(...each));
const step = fc.oneof(
	{weight: 5, arbitrary: fc.record({kind: fc.constant('append'), messages: fc.array(someMessage, {maxLength: 6})})},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('setState'),
			account,
			numbers: fc.array(number, {maxLength: 4}),
			state,
			reason: fc.constantFrom('identity-changed', 'blocked', 'cancelled', undefined),
		}),
	},
	fc.record({kind: fc.constant('markRead'), account}),
	fc.record({kind: fc.constant('reopen')}),
);

test('whatever is done to it, it says what a plain list would say, also after it was opened again', async t => {
	const file = await historyFile(t);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 12}), fc.integer({min: 1, max: 4}), (steps, limit) => {
			rmSync(file, {force: true});
			const model = new Model();
			let history = openHistory(file, key);
			for (const each of steps) {
				if ('messages' in each) t.deepEqual(history.append(each.messages), model.append(each.messages));
				else if ('numbers' in each) {
					const ids = each.numbers.map(one => message('out', each.account, one).id);
					history.setState(talkWith(each.account), ids, each.state, each.reason);
					model.setState(talkWith(each.account), ids, each.state, each.reason);
				} else if ('account' in each) {
					history.markRead(talkWith(each.account));
					model.markRead(talkWith(each.account));
				} else {
					history.close();
					history = openHistory(file, key);
				}
			}

			for (const each of accounts.map(one => talkWith(one))) {
				const all = model.with(each);
				t.deepEqual(paged(history, each, limit), all);
				t.deepEqual(
					history.outbox(each),
					all.filter(({direction, state: is}) => direction === 'out' && is === 'queued'),
				);
			}

			t.deepEqual(history.conversations(), model.conversations());
			history.close();
		}),
		{numRuns: 60},
	);
});

/** All of a conversation, a page at a time from the newest; more pages than there are messages is an error. */
function paged(history: History, conversation: ConversationId, limit: number): Message[] {
	const all: Message[] = [];
	for (let pages = 0; pages < 50; pages++) {
		const page = history.page(conversation, limit, all[0]);
		if (page.length === 0) return all;
		all.unshift(...page);
	}

	throw new Error('the pages do not end');
}

test('an incoming id counts once in each conversation, and takes nothing from messages of ours with the same id', async t => {
	const history = openHistory(await historyFile(t), key);
	const ours = message('out', 'bob', 1, 'ours');
	const echoed = message('in', 'bob', 1, 'hostile');
	const other = message('in', 'ann', 1, 'from somebody else');
	t.deepEqual(history.append([ours]), [ours]);
	t.deepEqual(history.append([echoed, {...echoed, text: 'again'}, other]), [echoed, other]);
	t.deepEqual(history.append([{...echoed, text: 'and again'}]), []);
	t.deepEqual(history.page(talkWith('bob'), 9), [ours, echoed]);
	history.setState(talkWith('bob'), [ours.id], 'delivered');
	t.deepEqual(history.page(talkWith('bob'), 9), [{...ours, state: 'delivered'}, echoed]);
	t.deepEqual(history.page(talkWith('ann'), 9), [other]);
	t.deepEqual(history.outbox(talkWith('bob')), []);
	history.close();
});

test('pages go on where the last one ended, when the other uses the ids of our messages for theirs', async t => {
	const history = openHistory(await historyFile(t), key);
	const ours = [1, 2, 3].map(each => message('out', 'bob', each));
	const theirs = [2, 1, 3].map(each => message('in', 'bob', each));
	const all = [...ours, ...theirs];
	history.append(all);
	for (const [index, before] of all.entries()) {
		t.deepEqual(history.page(talkWith('bob'), 9, before), all.slice(0, index), String(index));
		t.deepEqual(history.page(talkWith('bob'), 1, before), all.slice(Math.max(index - 1, 0), index), String(index));
	}

	t.deepEqual(history.page(talkWith('bob'), 9, message('out', 'bob', 99)), [], 'before a message that is not there');
	t.deepEqual(history.page(talkWith('ann'), 9, ours[2]), [], 'before one of somebody else');
	history.close();
});

test('what was appended is there after SIGKILL', async t => {
	const file = await historyFile(t);
	for (let round = 1; round <= 3; round++) {
		const {signal} = await runChild(appendThenDie(file, round));
		t.is(signal, 'SIGKILL');
		const history = openHistory(file, key);
		t.is(history.page(talkWith('bob'), 99).length, round);
		history.close();
	}
});

function appendThenDie(file: string, from: number, count = 1): string {
	const messages = Array.from({length: count}, (_, index) => message('in', 'bob', from + index, 'x'.repeat(100)));
	return `
		import {openHistory} from '${source('messaging/history/sqlite-history.ts')}';
		const history = openHistory(${JSON.stringify(file)}, Buffer.alloc(32, 7));
		for (const message of ${JSON.stringify(messages)}) history.append([message]);
		process.kill(process.pid, 'SIGKILL');
	`;
}

test('neither the file nor its journal holds a name or a word, and only their owner may read them', async t => {
	const file = await historyFile(t);
	const history = openHistory(file, key);
	history.append([
		message('in', 'rumpelstiltskin', 1, 'strawberry fields'),
		message('out', 'rumpelstiltskin', 2, 'gold'),
	]);
	history.remember('draft', 'a draft of straw', talkWith('rumpelstiltskin'));
	history.remember('draft', undefined, talkWith('rumpelstiltskin'));
	history.remember('draft', 'my daughter spins', talkWith('miller'));
	const folder = path.dirname(file);
	t.deepEqual(readdirSync(folder), ['history.db', 'history.db-wal']);
	t.true(statSync(`${file}-wal`).size > 0);
	for (const name of readdirSync(folder)) {
		const bytes = readFileSync(path.join(folder, name));
		t.is(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
		for (const word of ['rumpelstiltskin', 'straw', 'gold', 'miller', 'daughter', 'SQLite', 'messages', 'CREATE']) {
			for (const encoding of ['utf8', 'utf16le'] as const) {
				t.false(bytes.includes(Buffer.from(word, encoding)), `${word} in ${name}`);
			}
		}
	}

	history.close();
	t.deepEqual(readdirSync(folder), ['history.db']);
	t.is(statSync(file).mode & 0o777, 0o600);
	for (const word of ['straw', 'daughter']) t.false(readFileSync(file).includes(word));
});

test('another key opens nothing and changes nothing', async t => {
	const file = await historyFile(t);
	written(file);
	refused(t, file, 'damaged', randomBytes(32));
	openHistory(file, key).close();
});

test('a file that was cut off anywhere is refused and left as it is', async t => {
	const file = await historyFile(t);
	written(file);
	const whole = readFileSync(file);
	const cuts = [0, 1, 15, 16, 99, 100];
	for (let size = 512; size < whole.length; size += 512) cuts.push(size - 1, size);
	for (const size of [...cuts, whole.length - 1]) {
		writeFileSync(file, whole);
		truncateSync(file, size);
		refused(t, file, 'damaged', key, `${size} bytes`);
	}

	writeFileSync(file, whole);
	const history = openHistory(file, key);
	t.is(history.page(talkWith('bob'), 99).length, 60);
	history.close();
});

test('a bit that is flipped anywhere is noticed, and the file left as it is', async t => {
	const file = await historyFile(t);
	written(file);
	const whole = readFileSync(file);
	for (let place = 0; place < 100 * 8; place++) {
		const bad = Buffer.from(whole);
		bad[place >> 3]! ^= 1 << (place & 7);
		writeFileSync(file, bad);
		refused(t, file, 'damaged', key, `bit ${place & 7} of byte ${place >> 3}`);
	}

	const damages = fc.tuple(fc.integer({min: 100, max: whole.length - 1}), fc.integer({min: 0, max: 7}));
	fc.assert(
		fc.property(damages, ([offset, bit]) => {
			const bad = Buffer.from(whole);
			bad[offset]! ^= 1 << bit;
			writeFileSync(file, bad);
			noticed(t, file, `bit ${bit} of byte ${offset}`);
		}),
		{numRuns: 100},
	);
});

/** Refused when it is opened, or told of by a check and by whatever reads the page; nothing that is read is wrong, nothing is written. */
function noticed(t: ExecutionContext, file: string, hint: string): void {
	const before = contentsOf(path.dirname(file));
	const damaged = (work: () => unknown): boolean => {
		try {
			work();
			return false;
		} catch (error) {
			t.true(error instanceof ClientError && error.code === 'damaged', `${hint}: ${String(error)}`);
			return true;
		}
	};

	damaged(() => {
		const history = openHistory(file, key);
		damaged(() => t.is(history.page(talkWith('bob'), 99).length, 60, hint));
		damaged(() => t.is([...history.said()].length, 60, hint));
		damaged(() => t.is(history.find('7', 99, [talkWith('bob')])[0]?.id, message('in', 'bob', 7).id, hint));
		damaged(() => t.deepEqual(history.conversations(), [{conversation: talkWith('bob'), unread: 60}], hint));
		t.true(history.check().length > 0, hint);
		history.close();
	});
	t.deepEqual(contentsOf(path.dirname(file)), before, hint);
}

test('a page that is damaged stops what reads it, and nothing else', async t => {
	const file = await historyFile(t);
	written(file, 3000);
	const whole = readFileSync(file);
	const stops = {page: 0, said: 0};
	for (let page = 2; page <= whole.length / 4096; page += 7) {
		const bad = Buffer.from(whole);
		bad[page * 4096 - 2000]! ^= 1;
		writeFileSync(file, bad);
		const history = openHistory(file, key);
		for (const [name, read] of [
			['page', () => history.page(talkWith('bob'), 9)],
			['said', () => [...history.said(talkWith('bob'))]],
		] as const) {
			try {
				read();
			} catch (error) {
				t.is((error as ClientError).code, 'damaged');
				stops[name]++;
			}
		}

		t.regex(history.check().join(), new RegExp(`page ${page} is damaged`));
		history.close();
	}

	t.true(stops.said > 3 * stops.page, `${stops.said} and ${stops.page}`);
});

test('a damaged file that a killed process left with its journal is left as it is, both of them', async t => {
	const file = await historyFile(t);
	written(file, 300);
	await runChild(appendThenDie(file, 1000, 5));
	t.true(statSync(`${file}-wal`).size > 0);
	const whole = readFileSync(file);
	const bad = Buffer.from(whole);
	bad[Math.floor(bad.length / 3)]! ^= 1;
	writeFileSync(file, bad);
	refused(t, file, 'damaged');
	writeFileSync(file, whole);
	const history = openHistory(file, key);
	t.is(history.page(talkWith('bob'), 999).length, 305);
	history.close();
});

test('a history that was moved away takes nothing into the one that begins after it', async t => {
	const file = await historyFile(t);
	written(file);
	await runChild(appendThenDie(file, 100, 5));
	rmSync(file);
	const history = openHistory(file, key);
	t.deepEqual(history.conversations(), []);
	history.append([message('in', 'bob', 1)]);
	history.close();
	const again = openHistory(file, key);
	t.is(again.page(talkWith('bob'), 99).length, 1);
	again.close();
});

test('a file of a newer version is left as it is', async t => {
	const file = await historyFile(t);
	written(file);
	const database = connected(file);
	database.pragma('user_version = 99');
	database.close();
	refused(t, file, 'newer');
});

test('a file of each older version opens with all that was in it, and can do what this version can', async t => {
	for (let version = 1; version < HISTORY_MIGRATIONS.length; version++) {
		const file = await historyFile(t);
		olderFile(file, version, database => {
			database
				.prepare('INSERT INTO messages (peer, id, direction, time, text, state) VALUES (?, ?, 0, 5, ?, 1)')
				.run('bob', Buffer.alloc(16, 1), 'from before');
			database.prepare('INSERT INTO marks (peer, place) VALUES (?, 1)').run('bob');
			if (version >= 4) database.exec("INSERT INTO search (rowid, words, peer) VALUES (1, 'FROM BEFORE', hex('bob'))");
		});
		for (let round = 0; round < 2; round++) {
			const history = openHistory(file, key);
			t.is(history.recall('draft', talkWith('bob')), round === 0 ? undefined : 'hel');
			t.true(history.remember('draft', 'hel', talkWith('bob')));
			t.deepEqual(history.conversations(), [{conversation: talkWith('bob'), unread: 0}]);
			t.is(history.find('before', 9, [talkWith('bob')])[0]?.text, 'from before');
			history.close();
		}
	}
});

test('what is remembered is there when the file is opened again, and forgotten on demand; there is an end to it', async t => {
	const file = await historyFile(t);
	let history = openHistory(file, key);
	t.is(history.recall('open'), undefined);
	for (const value of ['bob', '', 'a\0b', '👩‍👩‍👧 ß\n'.repeat(5000)]) {
		t.true(history.remember('open', value));
		t.is(history.recall('open'), value);
		history.close();
		history = openHistory(file, key);
		t.is(history.recall('open'), value);
	}

	t.true(history.remember('open', undefined));
	t.true(history.remember('open', undefined));
	t.is(history.recall('open'), undefined);
	history.close();

	const database = connected(file);
	const insert = database.prepare("INSERT INTO memory (key, peer, value) VALUES (?, '', ?)");
	database.transaction(() => {
		for (let count = 0; count < MEMORY_LIMIT; count++) insert.run(`key ${count}`, String(count));
	})();
	database.close();
	history = openHistory(file, key);
	t.false(history.remember('one more', 'x'));
	t.is(history.recall('one more'), undefined);
	t.true(history.remember('key 7', 'another'));
	t.is(history.recall('key 7'), 'another');
	t.true(history.remember('key 8', undefined));
	t.true(history.remember('one more', 'x'));
	t.is(history.recall('one more'), 'x');
	history.close();
});

test('the newest of what is found come first, no more than asked for, and with the people asked for alone', async t => {
	const history = openHistory(await historyFile(t), key);
	const all = Array.from({length: 30}, (_, index) =>
		message(index % 2 === 0 ? 'in' : 'out', ['ann', 'bob', 'zoe'][index % 3]!, 100 - index, `word ${index}`),
	);
	history.append(all);
	const newest = all.toReversed();
	t.deepEqual(history.find('word', 99, [talkWith('ann'), talkWith('bob'), talkWith('zoe')]), newest);
	t.deepEqual(history.find('WORD', 7, [talkWith('ann'), talkWith('bob'), talkWith('zoe')]), newest.slice(0, 7));
	t.deepEqual(
		history.find('word', 5, [talkWith('bob'), talkWith('nobody')]),
		newest.filter(each => each.conversation === 'bob').slice(0, 5),
	);
	t.deepEqual(history.find('word 12', 5, [talkWith('ann')]), [all[12]]);
	t.deepEqual(history.find('word', 5, []), []);
	t.deepEqual(history.find('word', 0, [talkWith('bob')]), []);
	t.deepEqual(history.find('sword', 5, [talkWith('bob')]), []);
	t.deepEqual(history.find('', 5, [talkWith('bob')]), []);
	history.close();
});

test('how far back a message lies; of two with one id, the older', async t => {
	const history = openHistory(await historyFile(t), key);
	history.append([message('out', 'bob', 1), message('in', 'ann', 2), message('in', 'bob', 3), message('in', 'bob', 1)]);
	const depths = (from: string) => [1, 2, 3].map(each => history.depth(talkWith(from), message('in', from, each).id));
	t.deepEqual(depths('bob'), [3, 0, 2]);
	t.deepEqual(depths('ann'), [0, 1, 0]);
	for (const id of ['', 'no hex', 'ab']) t.is(history.depth(talkWith('bob'), id), 0, id);
	history.close();
});

test('a full disk is told of as such, and nothing that was written before is lost', async t => {
	const file = await historyFile(t);
	const {output} = await runChild(
		`
		import {openHistory} from '${source('messaging/history/sqlite-history.ts')}';
		const history = openHistory(${JSON.stringify(file)}, Buffer.alloc(32, 7));
		const base = {conversation: 'bob', direction: 'in', time: 1, text: 'x'.repeat(5000), state: 'delivered'};
		for (let count = 0; count < 1000; count++) {
			try {
				history.append([{...base, id: count.toString(16).padStart(32, '0')}]);
			} catch (error) {
				console.log(JSON.stringify({code: error.code, message: error.message, count, there: history.page('bob', 1000).length}));
				break;
			}
		}
		`,
		{fileLimit: 1024},
	);
	const {
		code,
		message: words,
		count,
		there,
	} = JSON.parse(output) as Record<'count' | 'there', number> & Record<'code' | 'message', string>;
	t.is(code, 'disk');
	t.true(words.includes(file), words);
	t.true(count > 10);
	t.is(there, count);
	const history = openHistory(file, key);
	t.is(history.page(talkWith('bob'), 1000).length, count);
	t.is(history.append([message('in', 'bob', 5000)]).length, 1, 'there is room again');
	history.close();
});

test('a place where no file can be is told of', async t => {
	const folder = temporaryFolder(t);
	writeFileSync(path.join(folder, 'file'), '');
	for (const place of [path.join(folder, 'file', 'history.db'), path.join(folder, 'none', 'history.db')]) {
		const error = t.throws(() => openHistory(place, key), {instanceOf: ClientError}, place);
		t.is(error?.code, 'disk', place);
		t.true(error?.message.includes(place), error?.message);
	}
});
