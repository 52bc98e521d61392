// An update of the file: quick however much is in it, and whole or not at all.
import {statSync} from 'node:fs';
import test from 'ava';
import {HISTORY_MIGRATIONS} from '../../../source/messaging/history/history-schema.ts';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {runChild} from '../../client/children.ts';
import {historyFile, key} from './entries.ts';
import {connected, fillWithTexts, olderFile} from './older.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const TEXTS = 5000;
/** Bytes that an update may write, of a file that is many times as large. */
const FEW = 128 * 1024;

test('a row of a kind that comes later needs no other table, and rows that were there are not written again', async t => {
	const file = await historyFile(t);
	olderFile(file, 4, database => fillWithTexts(database, TEXTS));
	t.true(statSync(file).size > 8 * FEW);
	const history = openHistory(file, key);
	t.true(statSync(`${file}-wal`).size < FEW, `${statSync(`${file}-wal`).size} bytes`);
	t.is(history.page(talkWith('bob'), TEXTS + 1).length, TEXTS);
	t.deepEqual(history.check(), []);
	history.close();
	const database = connected(file);
	const insert = database.prepare(
		"INSERT INTO messages (peer, id, direction, time, text, state, kind) VALUES ('bob', randomblob(16), 0, 1, '', 1, ?)",
	);
	for (const kind of [6, 7, 1000, 2 ** 40]) t.is(insert.run(kind).changes, 1);
	t.is(database.pragma('integrity_check', {simple: true}), 'ok');
	t.throws(() => database.exec('UPDATE messages SET direction = 7'), {message: /CHECK/}, 'the others stand');
	database.close();
});

test('an update that is killed in the middle leaves the file as it was, and the next one goes through', async t => {
	const statements = HISTORY_MIGRATIONS.at(4)!.split(/;\s*\n(?!\t|END)/);
	t.true(statements.length > 10);
	for (const done of [1, 2, 3, 5, statements.length]) {
		const file = await historyFile(t);
		olderFile(file, 4, database => {
			fillWithTexts(database, 200);
			database.exec("INSERT INTO memory VALUES ('mute bob', 'yes')");
		});
		const {signal} = await runChild(`
			import Database from 'better-sqlite3-multiple-ciphers';
			const database = new Database(${JSON.stringify(file)});
			database.pragma("cipher = 'sqlcipher'");
			database.pragma("key = \\"x'${key.toString('hex')}'\\"");
			database.pragma('locking_mode = EXCLUSIVE');
			database.pragma('journal_mode = WAL');
			// What is not done yet is in the file all the same.
			database.pragma('cache_size = 1');
			database.unsafeMode(true);
			database.exec('BEGIN');
			for (const statement of ${JSON.stringify(statements.slice(0, done))}) database.exec(statement);
			process.kill(process.pid, 'SIGKILL');
		`);
		t.is(signal, 'SIGKILL');
		const history = openHistory(file, key);
		t.is(history.page(talkWith('bob'), 999).length, 200);
		t.is(history.recall('mute', talkWith('bob')), 'yes');
		t.deepEqual(history.check(), []);
		history.close();
	}
});
