// Who is in the list: kept in the encrypted file, for names are nobody else's business.
import {type HistoryDatabase} from './database.ts';
import {type ContactEntry} from './history.ts';

type Row = {name: string; blocked: number; added_at: number; request: number; nickname: string | null};

export class ContactRows {
	readonly #all;
	readonly #addedAt;
	readonly #put;
	readonly #remove;

	constructor(database: HistoryDatabase) {
		this.#all = database.prepare<[], Row>('SELECT * FROM contacts ORDER BY name');
		this.#addedAt = database.prepare<[string], number>('SELECT added_at FROM contacts WHERE name = ?').pluck();
		this.#put = database.prepare(`
			INSERT OR REPLACE INTO contacts (name, blocked, added_at, request, nickname)
			VALUES (:name, :blocked, :addedAt, :request, :nickname)`);
		this.#remove = database.prepare('DELETE FROM contacts WHERE name = ?');
	}

	all(): readonly ContactEntry[] {
		return this.#all.all().map(({name, blocked, added_at: addedAt, request, nickname}) => {
			return {name, blocked: blocked === 1, addedAt, request: request === 1, nickname: nickname ?? undefined};
		});
	}

	/** Local ms; undefined for who is not in the list. */
	addedAt(name: string): number | undefined {
		return this.#addedAt.get(name);
	}

	put({name, blocked, addedAt, request, nickname}: ContactEntry): void {
		this.#put.run({
			name,
			blocked: Number(blocked),
			addedAt: Math.trunc(addedAt),
			request: Number(request),
			nickname: nickname ?? null,
		});
	}

	remove(name: string): void {
		this.#remove.run(name);
	}
}
