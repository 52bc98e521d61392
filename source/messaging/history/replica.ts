// A history as the other devices of its account see it: what they ask of it, and what it takes from them.
import {type Buffer} from 'node:buffer';
import {type ReceivedItem, decodeItem} from '../../wire/messages/replication-items.ts';
import {type ConversationId} from '../conversation.ts';
import {type RegisterName} from '../replication/registers.ts';
import {type HistoryDatabase, guarded, withoutSync} from './database.ts';
import {type WaitingEntry} from './entry-states.ts';
import {type History} from './history.ts';
import {type HistoryLettingGo, type LetGo, type LettingGo} from './letting-go.ts';
import {type Batch, ReplicaBatches} from './replica-batches.ts';
import {type IntakeParts, ReplicaIntake, type TakenItems} from './replica-intake.ts';
import {CHANGE} from './replica-log.ts';
import {type HistoryRoom} from './room.ts';

/** This device, the first 8 bytes of H(device key), of `account`. Server time and own time in ms. */
export type ReplicaSelf = {
	readonly device: Buffer;
	readonly account: string;
	readonly serverTime: () => number;
	readonly ownTime: () => number;
	/** Something is new in the log, or will be once the transaction ends. */
	readonly onNoted: () => void;
};

/** Everything that another device has said at once. */
export type TakenBatch = {
	/** Whose it is, 8 bytes, and which log of it, 16. */
	readonly device: Buffer;
	readonly log: Buffer;
	/** What is reached in that log; undefined for what goes ahead of it. */
	readonly to: number | undefined;
	readonly items: readonly ReceivedItem[];
};

export type Replica = {
	/**
	 * From here on changes are noted for other devices, and places are given by server time. To be called in each process of an account that has
	 * several devices, before anything is written or followed.
	 */
	begin(self: ReplicaSelf): void;
	/** What the log is called (16 bytes), and its last place. */
	head(): {readonly log: Buffer; readonly place: number};
	/** Whether nothing that was said is here yet. */
	isEmpty(): boolean;
	/** Calls the log something else: this is a copy that was put back, and whoever has followed it begins anew. */
	renew(): void;
	/** The log of another device: how far it is here. One that the device had before is forgotten. */
	meet(device: Buffer, log: Buffer): number;
	/** A device is none of the account's any more. */
	leave(device: Buffer): void;
	/** What the log has behind a place, but for what came from the log `except`; as much as one batch holds. */
	since(place: number, except: Buffer | undefined): Batch;
	/** The newest `count` messages of each conversation and all registers, ahead of the log: in batches, encoded. */
	recent(count: number): Iterator<readonly Buffer[]>;
	/** Takes in a batch, in one transaction with how far it reaches. On the disk when it returns, or with the next one that is `durable`. */
	take(batch: TakenBatch, durable: boolean): TakenItems;
	/** Whether the history is as large as it may be: nothing is to be taken then. */
	isFull(): boolean;
	/** Another device has our log on its disk up to a place. */
	keptBy(device: Buffer, place: number): void;
	/** The place of our log up to which all of these devices have it. */
	keptByAll(devices: readonly Buffer[]): number;
	/**
	 * How far these devices are with each other's logs and ours: the same as long as nobody has more. Undefined while one of them was never
	 * met, or there is none.
	 */
	reachedBy(devices: readonly Buffer[]): string | undefined;
	/**
	 * A keeper takes out of the file what all of `holders` have and what does not wait, a step from `after` on; nowhere does it count as
	 * forgotten, and it does not come back. On the disk when it returns.
	 */
	letGo(what: LettingGo, after?: number): LetGo;
	/** After the last step: nothing of it is left in the file, or its journal. */
	finishLettingGo(): void;
	register(name: RegisterName, of: string): Buffer | undefined;
	/** Sets a register on all devices. */
	setRegister(name: RegisterName, of: string, value: Buffer): void;
	/** What other devices have written in a conversation and nobody has delivered yet, oldest first. */
	waitingOfOthers(conversation: ConversationId): readonly WaitingEntry[];
};

/** A history that other devices follow. */
export type ReplicatedHistory = History & {readonly replica: Replica};

type Followed = {number: number; log: Buffer; taken: number; kept: number};

/** Within the encrypted file; its errors are the client's. */
export function replicaOf(
	file: string,
	database: HistoryDatabase,
	parts: IntakeParts & {readonly lettingGo: HistoryLettingGo; readonly room: HistoryRoom},
): Replica {
	const {log, registers, states, forgetting, lettingGo, room} = parts;
	const batches = new ReplicaBatches(database, log, registers);
	const intake = new ReplicaIntake(database, parts);
	const followed = database.prepare<[Buffer], Followed>(
		'SELECT number, log, taken, kept FROM followed WHERE device = ?',
	);
	const unfollow = database.prepare('DELETE FROM followed WHERE device = ?');
	const follow = database.prepare('INSERT INTO followed (device, log) VALUES (?, ?)');
	const reached = database.prepare('UPDATE followed SET taken = max(taken, ?) WHERE device = ? AND log = ?');
	const kept = database.prepare('UPDATE followed SET kept = max(kept, ?) WHERE device = ?');
	const anyRow = database.prepare('SELECT 1 FROM messages LIMIT 1');
	const laterItems = database.prepare<[], {number: number; bytes: Buffer}>('SELECT number, bytes FROM later_items');
	const dropLater = database.prepare('DELETE FROM later_items WHERE number = ?');

	const begin = database.transaction(({device, account, serverTime, ownTime, onNoted}: ReplicaSelf) => {
		const isFirst = log.begin(serverTime, onNoted);
		batches.begin(device, ownTime);
		intake.begin(device, account, ownTime);
		registers.begin(device, isFirst);
		if (isFirst) {
			for (const [table, what] of [
				['marks', CHANGE.seen],
				['forgotten', CHANGE.forgotten],
			] as const) {
				const peers = database.prepare<[], string>(`SELECT peer FROM ${table}`).pluck().all();
				const noted = database.prepare(`UPDATE ${table} SET log = ? WHERE peer = ?`);
				for (const name of peers) noted.run(log.note(what, {name}, 0), name);
			}
		}

		// A former build kept them; whoever of the others knows them has passed them on.
		for (const {number, bytes} of laterItems.all()) {
			const item = decodeItem(bytes);
			if (item.kind === 'later') continue;
			dropLater.run(number);
			intake.take([item], 0);
		}
	});
	const meet = database.transaction((device: Buffer, id: Buffer) => {
		const known = followed.get(device);
		if (known?.log.equals(id) === true) return known.taken;
		unfollow.run(device);
		follow.run(device, id);
		return 0;
	});
	const take = database.transaction(({device, log: id, to, items}: TakenBatch) => {
		meet(device, id);
		const taken = intake.take(items, followed.get(device)!.number);
		if (to !== undefined) reached.run(to, device, id);
		return taken;
	});

	return {
		begin: self =>
			guarded(file, () => {
				try {
					begin.immediate(self);
				} catch (error) {
					log.forgetState();
					throw error;
				}
			}),
		head: () => guarded(file, () => ({log: log.id, place: log.head})),
		isEmpty: () => guarded(file, () => anyRow.get() === undefined),
		renew: () => guarded(file, () => log.renew()),
		meet: (device, id) => guarded(file, () => meet.immediate(device, id)),
		leave: device => guarded(file, () => unfollow.run(device)),
		since: (place, except) => guarded(file, () => batches.since(place, except)),
		*recent(count) {
			const found = batches.recent(count);
			for (;;) {
				const {done, value} = guarded(file, () => found.next());
				if (done === true) return;
				yield value;
			}
		},
		take: (batch, durable) =>
			guarded(file, () => {
				const taken = durable ? take.immediate(batch) : withoutSync(database, () => take.immediate(batch));
				if (batch.items.some(({kind}) => kind === 'gone' || kind === 'forgotten')) forgetting.emptyJournal();
				return taken;
			}),
		keptBy: (device, place) =>
			guarded(file, () => withoutSync(database, () => kept.run(Math.min(place, log.head), device))),
		keptByAll: devices => guarded(file, () => Math.min(...devices.map(device => followed.get(device)?.kept ?? 0))),
		isFull: () => guarded(file, () => room.isFull()),
		reachedBy: devices => guarded(file, () => lettingGo.reached(devices)),
		letGo: (what, after) => guarded(file, () => lettingGo.step(what, after)),
		finishLettingGo: () => guarded(file, () => lettingGo.finish()),
		register: (name, of) => guarded(file, () => registers.value(name, of)),
		setRegister: (name, of, value) => guarded(file, () => registers.set(name, of, value)),
		waitingOfOthers: conversation => guarded(file, () => states.waitingOfOthers(conversation)),
	};
}
