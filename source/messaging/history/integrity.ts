// Whether the whole file is sound: each page as the cipher wrote it, each table and index as SQLite and its index of words want it.
import {type Buffer} from 'node:buffer';
import {type HistoryDatabase, guarded} from './database.ts';
import {ClientError} from '../../os/errors.ts';
import {forgedPages} from './pages.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Faults told of, of each kind. */
const LIMIT = 20;

/** In words; none when it is sound. Empties the journal into the file first. */
export function faultsOf(file: string, dataKey: Buffer, database: HistoryDatabase): readonly string[] {
	try {
		return guarded(file, () => {
			database.pragma('wal_checkpoint(TRUNCATE)');
			const forged = forgedPages(file, dataKey, LIMIT).map(number => catalogue.history.damagedPage(number));
			if (forged.length > 0) return forged;
			const lines = database.pragma(`integrity_check(${LIMIT})`) as Array<{integrity_check: string}>;
			return lines.map(({integrity_check: line}) => line).filter(line => line !== 'ok');
		});
	} catch (error) {
		if (error instanceof ClientError && error.code === 'damaged') return [error.message];
		throw error;
	}
}
