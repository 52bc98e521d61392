// The history in an SQLite file that is encrypted as a whole, journal included, under the vault's data key.
import {Buffer} from 'node:buffer';
import {type FailureReason, type Message} from '../snapshot.ts';
import {guarded, openDatabase} from './database.ts';
import {type History, MEMORY_LIMIT, type StoredState} from './history.ts';

const STATES: readonly StoredState[] = ['queued', 'delivered', 'failed'];
const IN = 0;
const OUT = 1;

type Row = {
	peer: string;
	id: Buffer;
	direction: number;
	time: number;
	text: string;
	state: number;
	reason: string | null;
};

/** Opens or creates the history; `dataKey` has 32 bytes. Throws ClientError: damaged, newer, disk. */
export function openHistory(file: string, dataKey: Buffer): History {
	const database = openDatabase(file, dataKey);
	const columns = 'peer, id, direction, time, text, state, reason';
	const see = database.prepare('INSERT OR IGNORE INTO seen (peer, id) VALUES (?, ?)');
	const insert = database.prepare(`INSERT OR IGNORE INTO messages (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
	const move = database.prepare(
		'UPDATE messages SET state = ?, reason = ? WHERE peer = ? AND direction = 1 AND id = ?',
	);
	const newest = database.prepare(`SELECT ${columns} FROM messages WHERE peer = ? ORDER BY place DESC LIMIT ?`);
	const older = database.prepare(`
		SELECT ${columns} FROM messages WHERE peer = :peer
			AND place < (SELECT place FROM messages WHERE peer = :peer AND direction = :direction AND id = :id)
		ORDER BY place DESC LIMIT :limit`);
	const waiting = database.prepare(
		`SELECT ${columns} FROM messages WHERE peer = ? AND direction = 1 AND state = 0 ORDER BY place`,
	);
	const overview = database.prepare(`
		SELECT peer, (
			SELECT count(*) FROM messages AS unread WHERE unread.peer = everybody.peer AND unread.direction = 0
				AND unread.place > coalesce((SELECT place FROM marks WHERE marks.peer = everybody.peer), 0)
		) AS unread FROM (SELECT DISTINCT peer FROM messages) AS everybody ORDER BY peer`);
	const mark = database.prepare(
		'INSERT OR REPLACE INTO marks (peer, place) SELECT ?, coalesce(max(place), 0) FROM messages WHERE peer = ?',
	);

	database.function('holds', {deterministic: true}, (text, folded) =>
		Number(fold(text as string).includes(folded as string)),
	);
	// The plus keeps to the order of arrival: newest first without sorting, and no farther than the limit takes. To look through
	// 100,000 messages in vain takes 0.13 s.
	const holding = database.prepare(`
		SELECT ${columns} FROM messages WHERE +peer IN (SELECT value FROM json_each(:peers)) AND holds(text, :folded)
		ORDER BY place DESC LIMIT :limit`);
	const depth = database
		.prepare(
			`SELECT count(*) FROM messages WHERE peer = :peer
				AND place >= (SELECT min(place) FROM messages WHERE peer = :peer AND id = :id)`,
		)
		.pluck();
	const recall = database.prepare('SELECT value FROM memory WHERE key = ?').pluck();
	const remember = database.prepare(`
		INSERT OR REPLACE INTO memory (key, value) SELECT :key, :value
		WHERE EXISTS (SELECT 1 FROM memory WHERE key = :key) OR (SELECT count(*) FROM memory) < ${MEMORY_LIMIT}`);
	const forget = database.prepare('DELETE FROM memory WHERE key = ?');

	const append = database.transaction((messages: readonly Message[]) =>
		messages.filter(({id, peer, direction, time, text, state, reason}) => {
			const bytes = Buffer.from(id, 'hex');
			if (direction === 'in' && see.run(peer, bytes).changes === 0) return false;
			const stored = Math.max(STATES.indexOf(state as StoredState), 0);
			return insert.run(peer, bytes, codeOf(direction), time, text, stored, reason ?? null).changes > 0;
		}),
	);
	const setState = database.transaction(
		(peer: string, ids: readonly string[], state: StoredState, reason: FailureReason | undefined) => {
			for (const id of ids) move.run(STATES.indexOf(state), reason ?? null, peer, Buffer.from(id, 'hex'));
		},
	);

	return {
		append: messages => guarded(file, () => append.immediate(messages)),
		setState: (peer, ids, state, reason) => guarded(file, () => setState.immediate(peer, ids, state, reason)),
		page: (peer, limit, before) =>
			guarded(file, () => {
				const rows =
					before === undefined
						? newest.all(peer, limit)
						: older.all({peer, limit, direction: codeOf(before.direction), id: Buffer.from(before.id, 'hex')});
				return (rows as Row[]).map(row => messageOf(row)).toReversed();
			}),
		outbox: peer => guarded(file, () => (waiting.all(peer) as Row[]).map(row => messageOf(row))),
		conversations: () => guarded(file, () => overview.all() as Array<{peer: string; unread: number}>),
		markRead: peer => {
			guarded(file, () => mark.run(peer, peer));
		},
		find: (words, limit, peers) =>
			guarded(file, () => {
				if (words === '') return [];
				const rows = holding.all({peers: JSON.stringify(peers), folded: fold(words), limit}) as Row[];
				return rows.map(row => messageOf(row));
			}),
		depth: (peer, id) => guarded(file, () => depth.get({peer, id: Buffer.from(id, 'hex')}) as number),
		recall: key => guarded(file, () => recall.get(key) as string | undefined),
		remember: (key, value) =>
			guarded(file, () => {
				if (value !== undefined) return remember.run({key, value}).changes > 0;
				forget.run(key);
				return true;
			}),
		close: () => {
			database.close();
		},
	};
}

/**
 * What text is compared by: compatibility forms aside, and letter case. Upper case alone would tell ẞ from ß, lower case σ from ς;
 * and it takes some letters apart.
 */
function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFC');
}

function codeOf(direction: Message['direction']): number {
	return direction === 'in' ? IN : OUT;
}

function messageOf({peer, id, direction, time, text, state, reason}: Row): Message {
	return {
		id: id.toString('hex'),
		peer,
		direction: direction === IN ? 'in' : 'out',
		time,
		text,
		state: STATES[state] ?? 'failed',
		reason: (reason ?? undefined) as FailureReason | undefined,
	};
}
