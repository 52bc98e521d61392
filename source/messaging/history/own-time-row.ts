// What is kept of the own time over restarts, in the encrypted file.
import {type OwnMark} from '../own-time.ts';
import {type HistoryDatabase} from './database.ts';

type Row = {spent: number; met_spent: number | null; met_wall: number | null; met_server: number | null};

export class OwnTimeRow {
	readonly #read;
	readonly #keep;

	constructor(database: HistoryDatabase) {
		this.#read = database.prepare<[], Row>('SELECT * FROM own_time');
		this.#keep = database.prepare('INSERT OR REPLACE INTO own_time VALUES (1, :spent, :metSpent, :wall, :server)');
	}

	read(): OwnMark | undefined {
		const row = this.#read.get();
		if (row === undefined) return undefined;
		const {spent, met_spent: metSpent, met_wall: wall, met_server: server} = row;
		const isMet = metSpent !== null && wall !== null && server !== null;
		return {spent, met: isMet ? {spent: metSpent, wall, server} : undefined};
	}

	keep({spent, met}: OwnMark): void {
		this.#keep.run({
			spent,
			metSpent: met?.spent ?? null,
			wall: met?.wall ?? null,
			server: met?.server ?? null,
		});
	}
}
