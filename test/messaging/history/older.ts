// A history file as an older build left it: by the steps of the schema that this build had.
import {Buffer} from 'node:buffer';
import Database from 'better-sqlite3-multiple-ciphers';
import {type HistoryDatabase} from '../../../source/messaging/history/database.ts';
import {HISTORY_MIGRATIONS} from '../../../source/messaging/history/history-schema.ts';
import {key} from './entries.ts';

/** With the function `terms`, and the right to change definitions, as the client has while it takes the steps. */
export function connected(file: string): HistoryDatabase {
	const database = new Database(file);
	database.pragma("cipher = 'sqlcipher'");
	database.pragma(`key = "x'${key.toString('hex')}'"`);
	database.function('terms', {deterministic: true}, text => String(text).toUpperCase());
	database.unsafeMode(true);
	return database;
}

/** Makes the file of the build that had so many steps, with what `fill` puts in. */
export function olderFile(file: string, version: number, fill: (database: HistoryDatabase) => void): void {
	const database = connected(file);
	for (const step of HISTORY_MIGRATIONS.slice(0, version)) database.exec(step);
	database.pragma(`user_version = ${version}`);
	fill(database);
	database.close();
}

/** So many texts with bob, in one step. */
export function fillWithTexts(database: HistoryDatabase, count: number): void {
	const insert = database.prepare(
		"INSERT INTO messages (peer, id, direction, time, text, state) VALUES ('bob', ?, 0, ?, ?, 1)",
	);
	database.transaction(() => {
		for (let number = 0; number < count; number++) {
			const id = Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
			insert.run(id, number, `text ${number} ${'of some length '.repeat(8)}`);
		}
	})();
}
