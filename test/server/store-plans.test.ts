// How SQLite finds what the store asks for: by an index, however many accounts there are. Every statement of the store is looked at.
import path from 'node:path';
import {DatabaseSync, type StatementSync} from 'node:sqlite';
import test from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

/** Steps that read a table or an index from one end, with why that is no harm. */
const BOUNDED: Readonly<Record<string, RegExp>> = {
	'the first row alone': /^SELECT \* FROM accounts ORDER BY name LIMIT 1$/,
	'the first invite alone': /^SELECT name FROM invites LIMIT 1$/,
	'one row': /FROM account_total/,
	'attempts, of which there are 100,000 at most: the clock was set back': /^UPDATE attempts SET last = last - \?1/,
	'the newest attempts, in an index': /ORDER BY last DESC LIMIT -1 OFFSET \?\)$/,
};

/** The texts of all statements that a store prepares. */
async function statementsOf(file: string): Promise<string[]> {
	const texts: string[] = [];
	const known = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')!;
	const prepare = known.value as (text: string) => StatementSync;
	Object.defineProperty(DatabaseSync.prototype, 'prepare', {
		...known,
		value(this: DatabaseSync, text: string): StatementSync {
			texts.push(text);
			return prepare.call(this, text);
		},
	});
	try {
		await openStore(file, systemRandom).close();
	} finally {
		Object.defineProperty(DatabaseSync.prototype, 'prepare', known);
	}

	return texts;
}

test('no statement reads a whole table', async t => {
	const file = path.join(temporaryFolder(t), 'data', 'directory.db');
	const all = await statementsOf(file);
	const texts = all.filter(text => !text.startsWith('PRAGMA'));
	t.true(texts.length > 25, `${texts.length} statements`);
	const database = new DatabaseSync(file);
	const unused = new Set(Object.keys(BOUNDED));
	for (const text of texts) {
		const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
		const steps = plan.map(({detail}) => String(detail));
		// Automatic indices are made anew each time, from the whole table.
		const scans = steps.filter(step => /^SCAN (?!CONSTANT)|AUTOMATIC/.test(step));
		const reason = Object.keys(BOUNDED).find(each => BOUNDED[each]!.test(text));
		if (reason !== undefined) unused.delete(reason);
		t.true(scans.length === 0 || reason !== undefined, `${text}\n${steps.join('\n')}`);
	}

	t.deepEqual([...unused], []);
	database.close();
});

test('a page begins where it begins, and is not looked for from the first name on', async t => {
	const file = path.join(temporaryFolder(t), 'data', 'directory.db');
	const texts = await statementsOf(file);
	const names = texts.find(text => text.startsWith('SELECT name FROM accounts')) ?? '';
	const database = new DatabaseSync(file);
	const steps = database.prepare(`EXPLAIN QUERY PLAN ${names}`).all();
	t.deepEqual(
		steps.map(({detail}) => detail),
		['SEARCH accounts USING PRIMARY KEY (name>? AND name<?)'],
	);
	database.close();
});
