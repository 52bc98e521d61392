// The history in an SQLite file that is encrypted as a whole, journal included, under the vault's data key.
import {type Buffer} from 'node:buffer';
import {overwriteStack} from '../../crypto/bytes.ts';
import {ACTS, actKind} from '../../content/kinds.ts';
import {type ConversationId} from '../conversation.ts';
import {type Message} from '../message.ts';
import {Acts} from './acts.ts';
import {ContactRows} from './contact-rows.ts';
import {DeviceLogRows} from './device-log-rows.ts';
import {EntryStates} from './entry-states.ts';
import {guarded, openHistoryDatabase, withoutSync} from './database.ts';
import {FileRows} from './file-rows.ts';
import {Forgetting} from './forgetting.ts';
import {type ContactEntry, type HistoryEntry, isAct} from './history.ts';
import {faultsOf} from './integrity.ts';
import {Later} from './later.ts';
import {HistoryLettingGo} from './letting-go.ts';
import {Memory} from './memory.ts';
import {OwnTimeRow} from './own-time-row.ts';
import {LAST_PLACE, ReadMarks} from './read-marks.ts';
import {RegisterRows} from './register-rows.ts';
import {type ReplicatedHistory, replicaOf} from './replica.ts';
import {ReplicaLog} from './replica-log.ts';
import {HistoryRoom} from './room.ts';
import {EntryWriter} from './entry-writer.ts';
import {COLUMNS, KIND, type MessageRow, codeOf, idOf, messageNameOf, rowOf, actTargetOf} from './message-row.ts';
import {WITH_MESSAGES, WordIndex} from './word-index.ts';
import {viewer} from './views.ts';

/** Messages that are read in one go, when all are wanted. */
const SAID_AT_ONCE = 500;

/** Kinds of acts whose order on a message counts. */
const ON_MESSAGES = ACTS.filter(({effect}) => effect !== 'setting')
	.map(({row}) => row)
	.join(', ');

/** What is asked for with each act, receipt or reading: each reads from an index no more than it answers with, or one message's acts. */
export const QUERIES = {
	lastPlace: LAST_PLACE,
	latestAct: `SELECT coalesce(max(time), 0) FROM messages WHERE peer = ? AND target = ? AND target_direction = ? AND kind IN (${ON_MESSAGES})`,
	readUpTo: `
		SELECT id, direction FROM messages WHERE place = (SELECT read_place FROM agreed WHERE peer = ?) AND kind = ${KIND.text}`,
	readClocks: `
		SELECT place FROM messages WHERE peer = :peer AND direction = 0 AND state = 1 AND lifetime IS NOT NULL AND expires IS NULL
			AND place <= (SELECT place FROM marks WHERE peer = :peer)`,
	deliveredClocks: `
		SELECT place FROM messages WHERE peer = :peer AND direction = 1 AND state = 1 AND lifetime IS NOT NULL AND expires IS NULL`,
} as const;

type SettingRow = Pick<MessageRow, 'time' | 'target' | 'target_direction'> & {readonly value: string};

/** That we have read something: the next reading says it too. */
function isOwnReading(entry: HistoryEntry): boolean {
	return isAct(entry) && entry.kind === 'read' && entry.direction === 'out';
}

/** Opens or creates the history; `dataKey` has 32 bytes. Throws ClientError: damaged, newer, disk. */
export function openHistory(file: string, dataKey: Buffer): ReplicatedHistory {
	const database = openHistoryDatabase(file, dataKey);
	const acts = new Acts(database);
	const contacts = new ContactRows(database);
	const memory = new Memory(database);
	const room = new HistoryRoom(database);
	const deviceLogs = new DeviceLogRows(database);
	const later = new Later(database);
	const ownTime = new OwnTimeRow(database);
	const files = new FileRows(database);
	const view = viewer(database);
	const search = new WordIndex(database);
	const log = new ReplicaLog(database, file);
	const forgetting = new Forgetting(database, search, log);
	const writer = new EntryWriter(database, {acts, later, log, view});
	const states = new EntryStates(database, log, view);
	const marks = new ReadMarks(database, log, view);
	const registers = new RegisterRows(database, log, contacts, memory);
	const lettingGo = new HistoryLettingGo(database, search, log, forgetting);
	const parts = {log, rows: writer, states, marks, registers, forgetting, search, lettingGo, room};
	const replica = replicaOf(file, database, parts);
	const columns = `place, ${COLUMNS}`;
	const drop = database.prepare(
		`DELETE FROM messages WHERE peer = ? AND direction = 1 AND id = ? AND kind > ${KIND.text}`,
	);
	const newest = database.prepare(
		`SELECT ${columns} FROM messages WHERE peer = ? AND kind = ${KIND.text} ORDER BY place DESC LIMIT ?`,
	);
	const older = database.prepare(`
		SELECT ${columns} FROM messages WHERE peer = :peer AND kind = ${KIND.text}
			AND place < (SELECT place FROM messages WHERE peer = :peer AND direction = :direction + 0 AND id = :id)
		ORDER BY place DESC LIMIT :limit`);
	// What was taken back is done with.
	const undelivered = database.prepare(`
		SELECT ${columns} FROM messages WHERE direction = 1 AND state != 1 AND kind = ${KIND.text} AND deleted = 0
			AND reason IS NOT 'cancelled' AND +peer IN (SELECT name FROM contacts) ORDER BY place LIMIT ?`);
	const overview = database.prepare(`
		WITH RECURSIVE ${WITH_MESSAGES}
		SELECT peer AS conversation, (
			SELECT count(*) FROM messages AS unread WHERE unread.peer = with_messages.peer AND unread.direction = 0
				AND unread.kind = ${KIND.text}
				AND unread.place > coalesce((SELECT place FROM marks WHERE marks.peer = with_messages.peer), 0)
		) AS unread FROM with_messages WHERE peer IS NOT NULL`);
	const edits = database.prepare(`
		SELECT time, original AS text, 0 AS later, id FROM messages
			WHERE peer = :peer AND direction = :direction + 0 AND id = :id AND kind = ${KIND.text} AND original IS NOT NULL
		UNION ALL
		SELECT time, text, 1, id FROM messages WHERE peer = :peer AND target = :id AND target_direction = :direction
			AND direction = :direction + 0 AND kind = ${KIND.edit} AND text != ''
		ORDER BY later, time, id`);
	const latestAct = database.prepare(QUERIES.latestAct).pluck();
	const setting = database.prepare(
		'SELECT value, time, target, target_direction FROM conversation_settings WHERE peer = ? AND kind = ?',
	);
	const readUpTo = database.prepare(QUERIES.readUpTo);
	const clocks = [QUERIES.readClocks, QUERIES.deliveredClocks].map(due =>
		database.prepare(
			`UPDATE messages SET expires = :now + lifetime * 1000 WHERE place IN (${due}) RETURNING peer, id, direction`,
		),
	);
	const runOut = database.prepare('DELETE FROM messages WHERE expires <= ? RETURNING peer, id, direction');
	const forgetActs = database.prepare(
		`DELETE FROM messages WHERE peer = ? AND target = ? AND target_direction = ? AND kind > ${KIND.text}`,
	);
	const nextExpiry = database.prepare('SELECT min(expires) FROM messages WHERE expires IS NOT NULL').pluck();

	const depth = database
		.prepare(
			`SELECT count(*) FROM messages WHERE peer = :peer AND kind = ${KIND.text} AND place >= (
				SELECT min(place) FROM messages WHERE peer = :peer AND direction IN (0, 1) AND id = :id AND kind = ${KIND.text})`,
		)
		.pluck();
	const since = database.prepare(`
		SELECT ${columns} FROM messages INDEXED BY texts_by_time WHERE peer = ? AND kind = ${KIND.text} AND time >= ?
		ORDER BY time, place LIMIT 1`);
	// The index has all that this looks at.
	const earliest = database
		.prepare(`SELECT min(place) FROM messages INDEXED BY texts_by_time WHERE kind = ${KIND.text} AND time >= ?`)
		.pluck();
	const following = database.prepare(
		`SELECT ${columns} FROM messages WHERE place > ? AND kind = ${KIND.text} ORDER BY place LIMIT ${SAID_AT_ONCE}`,
	);
	const followingOf = database.prepare(`
		SELECT ${columns} FROM messages WHERE peer = ? AND place > ? AND kind = ${KIND.text}
		ORDER BY place LIMIT ${SAID_AT_ONCE}`);

	const append = database.transaction(
		(...[entries, arrived, draft, given]: Parameters<ReplicatedHistory['append']>) => {
			const fresh = entries.flatMap((entry): HistoryEntry[] => {
				const row = rowOf(entry, arrived);
				if (entry.direction === 'in' && !writer.see(row)) return [];
				return writer.add(entry, row);
			});
			if (given !== undefined) files.put(given);
			if (draft !== undefined) memory.remember(draft.key, undefined, draft.conversation);
			search.settle();
			return fresh;
		},
	);
	const takeDue = database.transaction((before: number) => {
		let taken = later.take(before);
		// What was none of what it was called leaves nothing to tell of; there may be more behind it.
		while (taken?.length === 0) taken = later.take(before);
		const fresh = (taken ?? []).flatMap(({place, entry}) => writer.replace(entry, rowOf(entry), place));
		search.settle();
		return fresh;
	});
	const putContact = database.transaction((contact: ContactEntry) => {
		contacts.put(contact);
		registers.contactChanged(contact);
	});
	const addToDeviceLog = database.transaction((name: string, entries: readonly Buffer[]) =>
		deviceLogs.add(name, entries),
	);
	const removeContact = database.transaction((name: string) => {
		contacts.remove(name);
		registers.contactRemoved(name);
	});
	const remember = database.transaction((key: string, value: string | undefined, conversation?: ConversationId) => {
		const isKept = memory.remember(key, value, conversation);
		if (isKept) registers.remembered(key, value, conversation);
		return isKept;
	});
	const withdraw = database.transaction((peer: ConversationId, ids: readonly string[]) => {
		for (const id of ids) drop.run(peer, idOf(id));
	});
	const markRead = database.transaction((peer: ConversationId, upTo: string | undefined) => marks.read(peer, upTo));
	const expire = database.transaction((now: number) => {
		const gone = runOut.all(now) as MessageRow[];
		for (const {peer, id, direction} of gone) {
			forgetActs.run(peer, id, direction);
			forgetting.bury(peer, direction, id, 0);
		}

		search.settle();
		return gone.map(row => ({conversation: row.peer, name: messageNameOf(row)}));
	});

	function* said(peer?: ConversationId, behind = 0): Generator<Message> {
		for (let place = behind; ;) {
			const rows = guarded(file, () => {
				const found = peer === undefined ? following.all(place) : followingOf.all(peer, place);
				return (found as MessageRow[]).map(row => ({place: row.place, message: view(row)}));
			});
			for (const {message} of rows) yield message;
			const last = rows.at(-1);
			if (last === undefined) return;
			({place} = last);
		}
	}

	/** What was deleted is in the journal no more. */
	const traceless = (fresh: readonly HistoryEntry[]) => {
		if (fresh.some(entry => isAct(entry) && entry.kind === 'delete')) forgetting.emptyJournal();
		return fresh;
	};

	return {
		append: (entries, arrived, draft, given) =>
			guarded(file, () => {
				if (entries.some(({direction}) => direction === 'in')) room.check();
				const write = () => append.immediate(entries, arrived, draft, given);
				return traceless(entries.every(isOwnReading) ? withoutSync(database, write) : write());
			}),
		takeDue: before => guarded(file, () => traceless(takeDue.immediate(before))),
		nextDue: () => guarded(file, () => later.next()),
		setState: (peer, ids, state, reason) =>
			guarded(file, () => {
				const write = () => states.set(peer, ids, state, reason);
				// What is said twice after a loss of power, the other side knows.
				if (state === 'delivered') withoutSync(database, write);
				else write();
			}),
		outcome: (peer, id) => guarded(file, () => states.outcome(peer, id)),
		withdraw: (peer, ids) => guarded(file, () => withoutSync(database, () => withdraw.immediate(peer, ids))),
		page: (peer, limit, before) =>
			guarded(file, () => {
				const rows =
					before === undefined
						? newest.all(peer, limit)
						: older.all({peer, limit, direction: codeOf(before.direction), id: idOf(before.id)});
				return (rows as MessageRow[]).map(row => view(row)).toReversed();
			}),
		messages: (peer, names) =>
			guarded(file, () =>
				names
					.map(name => writer.named(peer, name))
					.filter(row => row !== undefined)
					.map(row => view(row)),
			),
		outbox: peer => guarded(file, () => states.waiting(peer)),
		undelivered: limit => guarded(file, () => (undelivered.all(limit) as MessageRow[]).map(row => view(row))),
		conversations: () => guarded(file, () => overview.all() as Array<{conversation: ConversationId; unread: number}>),
		unread: (peer, limit) => guarded(file, () => marks.unread(peer, limit)),
		markRead: (peer, upTo) => guarded(file, () => withoutSync(database, () => markRead.immediate(peer, upTo))),
		edits: (peer, {direction, id}) =>
			guarded(file, () => {
				const all = edits.all({peer, direction: codeOf(direction), id: idOf(id)}) as Array<{
					time: number;
					text: string;
				}>;
				return all.slice(0, -1).map(({time, text}) => ({time, text}));
			}),
		latestAct: (peer, {kind, target}) =>
			guarded(file, () =>
				target === undefined || actKind(kind).effect === 'setting'
					? ((setting.get(peer, KIND[kind]) as SettingRow | undefined)?.time ?? 0)
					: (latestAct.get(peer, idOf(target.id), codeOf(target.direction)) as number),
			),
		setting: (peer, kind) =>
			guarded(file, () => {
				const row = setting.get(peer, KIND[kind]) as SettingRow | undefined;
				return row && {value: row.value, target: actTargetOf(row)};
			}),
		readUpTo: peer =>
			guarded(file, () => {
				const row = readUpTo.get(peer) as MessageRow | undefined;
				return row && messageNameOf(row);
			}),
		startClocks: (peer, now) =>
			guarded(file, () => clocks.flatMap(due => (due.all({peer, now}) as MessageRow[]).map(row => messageNameOf(row)))),
		expire: now =>
			guarded(file, () => {
				const gone = expire.immediate(now);
				if (gone.length > 0) forgetting.emptyJournal();
				return gone;
			}),
		nextExpiry: () => guarded(file, () => (nextExpiry.get() as number | null) ?? undefined),
		find: (words, limit, conversations) =>
			guarded(file, () => search.find(words, limit, conversations).map(row => view(row))),
		depth: (peer, id) => guarded(file, () => depth.get({peer, id: idOf(id)}) as number),
		firstSince: (peer, time) =>
			guarded(file, () => {
				const row = since.get(peer, time) as MessageRow | undefined;
				return row && view(row);
			}),
		said,
		placeBefore: from =>
			guarded(file, () => {
				if ('after' in from) return writer.named(from.after.conversation, from.after)?.place ?? 0;
				return ((earliest.get(from.time) as number | null) ?? Number.MAX_SAFE_INTEGER) - 1;
			}),
		forget: peer => guarded(file, () => forgetting.forget(peer)),
		discard: (before, arrivedBefore) => guarded(file, () => forgetting.discard(before, arrivedBefore)),
		limit: bytes => room.limit(bytes),
		isFull: () => guarded(file, () => room.isFull()),
		size: () => guarded(file, () => room.size()),
		counts: () => guarded(file, () => room.counts()),
		ownTime: () => guarded(file, () => ownTime.read()),
		keepOwnTime: own => guarded(file, () => ownTime.keep(own)),
		check: () => faultsOf(file, dataKey, database),
		contacts: () => guarded(file, () => contacts.all()),
		putContact: contact => guarded(file, () => putContact.immediate(contact)),
		removeContact: name => guarded(file, () => removeContact.immediate(name)),
		deviceLogs: () => guarded(file, () => deviceLogs.all()),
		addToDeviceLog: (name, entries) => guarded(file, () => addToDeviceLog.immediate(name, entries)),
		removeDeviceLog: name => guarded(file, () => deviceLogs.remove(name)),
		recall: (key, conversation) => guarded(file, () => memory.recall(key, conversation)),
		remember: (key, value, conversation) =>
			guarded(file, () => withoutSync(database, () => remember.immediate(key, value, conversation))),
		file: (peer, name) => guarded(file, () => files.get(peer, name)),
		putFile: row => guarded(file, () => files.put(row)),
		removeFile: (peer, name) => guarded(file, () => files.remove(peer, name)),
		filesInState: state => guarded(file, () => files.inState(state)),
		recallConversation: key => guarded(file, () => memory.recallConversation(key)),
		rememberConversation: (key, conversation) => guarded(file, () => memory.rememberConversation(key, conversation)),
		replica,
		close: () => {
			database.close();
			// The cipher copies the key for each page.
			overwriteStack();
		},
	};
}
