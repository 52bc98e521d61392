// The index of all words: kept with the messages in one transaction, and asked for the newest that match.
import {type ConversationId} from '../conversation.ts';
import {type HistoryDatabase} from './database.ts';
import {COLUMNS, KIND, type MessageRow} from './message-row.ts';
import {matchOf, conversationsMatchOf} from './search-words.ts';

/** Removals at once, from which on the index is written anew. */
const MANY = 2000;

/** Conversations with messages, by id: from one to the next in the index, however many messages lie between. For WITH RECURSIVE. */
export const WITH_MESSAGES = `with_messages (peer) AS (
	SELECT min(peer) FROM messages WHERE kind = ${KIND.text}
	UNION ALL
	SELECT (SELECT min(peer) FROM messages WHERE kind = ${KIND.text} AND peer > with_messages.peer)
		FROM with_messages WHERE peer IS NOT NULL
)`;

/**
 * Notes which texts change; `settle` brings the index up to them. Triggers that wrote to the index themselves would have it write a
 * segment for each message, a hundred times as slow.
 */
const NOTING = `
CREATE TEMP TABLE touched (place INTEGER PRIMARY KEY, peer TEXT, before TEXT);
CREATE TEMP TRIGGER text_added AFTER INSERT ON messages WHEN new.kind = ${KIND.text} BEGIN
	INSERT INTO touched (place) VALUES (new.place) ON CONFLICT DO NOTHING;
END;
CREATE TEMP TRIGGER text_changed AFTER UPDATE OF text ON messages WHEN new.kind = ${KIND.text} AND new.text != old.text BEGIN
	INSERT INTO touched VALUES (old.place, old.peer, old.text) ON CONFLICT DO NOTHING;
END;
CREATE TEMP TRIGGER text_removed AFTER DELETE ON messages WHEN old.kind = ${KIND.text} BEGIN
	INSERT INTO touched VALUES (old.place, old.peer, old.text) ON CONFLICT DO NOTHING;
END;
`;

export class WordIndex {
	readonly #withMessages;
	readonly #matching;
	readonly #steps;
	readonly #removals;
	readonly #configure;
	readonly #optimize;
	readonly #moved;

	constructor(database: HistoryDatabase) {
		database.exec(NOTING);
		this.#steps = [
			`INSERT INTO search (search, rowid, words, peer)
				SELECT 'delete', place, terms(before), hex(peer) FROM touched WHERE before IS NOT NULL ORDER BY place`,
			`INSERT INTO search (rowid, words, peer)
				SELECT place, terms(text), hex(messages.peer) FROM touched JOIN messages USING (place) ORDER BY place`,
			'DELETE FROM touched',
		].map(step => database.prepare(step));
		this.#removals = database.prepare<[], number>('SELECT count(*) FROM touched').pluck();
		this.#configure = database.prepare<[string, number]>(
			'INSERT INTO search (search, rank) VALUES (?, CAST(? AS INTEGER))',
		);
		this.#optimize = database.prepare("INSERT INTO search (search) VALUES ('optimize')");
		this.#moved = [
			'INSERT INTO touched VALUES (:from, :peer, :text) ON CONFLICT DO NOTHING',
			'INSERT INTO touched (place) VALUES (:to) ON CONFLICT DO NOTHING',
		].map(step => database.prepare(step));
		this.#withMessages = database
			.prepare<[], ConversationId>(
				`WITH RECURSIVE ${WITH_MESSAGES} SELECT peer FROM with_messages WHERE peer IS NOT NULL`,
			)
			.pluck();
		this.#matching = database.prepare<[string, number], MessageRow>(`
			SELECT place, ${COLUMNS.replaceAll(/\w+/g, 'messages.$&')} FROM search CROSS JOIN messages ON place = search.rowid
			WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?`);
	}

	/** A text stands at another place. */
	moved(from: number, to: number, peer: string, text: string): void {
		this.#moved[0]!.run({from, peer, text});
		this.#moved[1]!.run({to});
	}

	/** At the end of each transaction that adds, changes or removes texts. */
	settle(): void {
		for (const step of this.#steps) step.run();
	}

	/** The same after removals: of many, the index is written anew, which is quicker than to take each word out by itself. */
	settleRemovals(): void {
		const isMany = this.#removals.get()! > MANY;
		if (isMany) this.#configure.run('secure-delete', 0);
		this.settle();
		if (!isMany) return;
		this.#optimize.run();
		this.#configure.run('secure-delete', 1);
	}

	/** The newest `limit` messages of these conversations that have all words of `query`. */
	find(query: string, limit: number, conversations: readonly ConversationId[]): readonly MessageRow[] {
		const said = matchOf(query);
		const wanted = new Set(conversations);
		const {here = [], others = []} = Object.groupBy(this.#withMessages.all(), each =>
			wanted.has(each) ? 'here' : 'others',
		);
		if (said === undefined || here.length === 0) return [];
		// The shorter list, each id of which costs something with each message.
		const [word, ids] = here.length <= others.length ? (['AND', here] as const) : (['NOT', others] as const);
		const match = ids.length === 0 ? said : `(${said}) ${word} (${conversationsMatchOf(ids)})`;
		return this.#matching.all(match, limit);
	}
}
