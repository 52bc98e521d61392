// Replication with one other device of the account, in one session: what is asked, what is answered, and what is taken in. It has bytes put
// in and puts bytes out; each turn does one step of bounded size, so that what people say to each other meanwhile is not held up.
import {type Buffer} from 'node:buffer';
import {
	type FrameFault,
	type FrameToSend,
	FrameJoiner,
	type HeadFrame,
	NEWEST_LIMIT,
	type RecentFrame,
	type RowsFrame,
	type SignalFrame,
	type SinceFrame,
	cutFrame,
	decodeReplicationFrame,
	encodeReplicationFrame,
} from '../../wire/messages/replication.ts';
import {type ItemFault, type TakenItems} from '../history/replica-intake.ts';
import {type Replica} from '../history/replica.ts';

/** Newest messages of a conversation that a device without any asks for ahead of the rest: what a screen shows. */
export const RECENT = 50;
/** Bytes that wait to be taken in; with more of them the other device is to be held up. */
export const WAITING_BYTES = 1_048_576;
/** What was taken in is on the disk after so long at the latest, ms: the other device is told then. */
export const DURABLE_MS = 1000;
/** Places that are passed over in silence, where all that they hold came from the asker. */
const SILENT_PLACES = 4096;

/** log: of another log than the one that is followed. place: not the next one. unasked: nobody wanted it. */
export type Fault = FrameFault | ItemFault | 'log' | 'unasked';

export type SiblingReplicationPorts = {
	readonly replica: Replica;
	/** The other device, 8 bytes. */
	readonly device: Buffer;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** Gives the session one content message, of 64 KiB at most; false while it has no room. */
	readonly send: (message: Buffer) => boolean;
	/** Something was taken in. */
	readonly onTaken: (taken: TakenItems) => void;
	/** What holds there for a while. */
	readonly onSignal: (signal: SignalFrame) => void;
	readonly onFault: (fault: Fault) => void;
};

/** The log of the other device, as far as it is here. */
type Following = {readonly log: Buffer; head: number; taken: number};
/** Our log, as far as the other device was given it: `sent` is what it knows of, `place` what was looked at, `kept` what is on its disk. */
type Serving = {sent: number; place: number; kept: number; recent: Iterator<readonly Buffer[]> | undefined};
type Waiting = {readonly frame: RowsFrame | RecentFrame; readonly size: number};

export class SiblingReplication {
	readonly #ports: SiblingReplicationPorts;
	readonly #joiner = new FrameJoiner();
	/** What the session has no room for yet: one frame, in pieces. */
	#pieces: Buffer[] = [];
	/** Small frames that go before the next batch: one of each kind, and of each contact. */
	readonly #answers = new Map<string, FrameToSend>();
	/** What came and is to be taken in, WAITING_BYTES and what the session has under way at most. */
	#waiting: Waiting[] = [];
	#waitingBytes = 0;
	#following: Following | undefined;
	#serving: Serving | undefined;
	/** Whose rows are not sent back. */
	#except: Buffer | undefined;
	/** Newest messages were asked for, and the log has not begun to come. */
	#isRecentDue = false;
	#durableAt = Number.NEGATIVE_INFINITY;

	constructor(ports: SiblingReplicationPorts) {
		this.#ports = ports;
		this.#sayHead();
	}

	/** How far the log of the other device is here, and what it had at last; undefined until it has said. */
	get progress(): {readonly place: number; readonly head: number} | undefined {
		return this.#following && {place: this.#following.taken, head: this.#following.head};
	}

	/** Places of our log that the other device has not on its disk; undefined until it has asked for it. */
	get lacks(): number | undefined {
		if (this.#serving === undefined) return undefined;
		const {place, sent, kept} = this.#serving;
		// What lies between `sent` and `place` came from there.
		return Math.max(0, this.#ports.replica.head().place - place) + Math.max(0, sent - kept);
	}

	/** Whether the session should release nothing more for now. */
	get isFull(): boolean {
		return this.#waitingBytes > WAITING_BYTES;
	}

	/** A content message has come, in the order of its session. */
	receive(message: Buffer): void {
		const bytes = this.#joiner.add(message);
		if (bytes === undefined) return;
		const frame = bytes === 'malformed' ? bytes : decodeReplicationFrame(bytes);
		if (typeof frame === 'string') this.#ports.onFault(frame);
		else if (frame.kind === 'head') this.#onHead(frame);
		else if (frame.kind === 'since') this.#onSince(frame);
		else if (frame.kind === 'kept') this.#onKept(frame.log, frame.place);
		else if (frame.kind === 'used' || frame.kind === 'contact') this.#ports.onSignal(frame);
		else this.#wait({frame, size: bytes.length});
	}

	/** Tells what holds here for a while, in place of what was not sent yet. To be followed by a turn. */
	signal(signal: SignalFrame): void {
		const key = signal.kind === 'used' ? signal.kind : `contact ${signal.account}`;
		this.#answers.delete(key);
		this.#answers.set(key, signal);
	}

	/**
	 * Sends what is to be sent and takes in what has come, one batch of each at most; whether there is more to do at once. To be called when
	 * something came, when the session has room again, and when something was written here. Throws ClientError 'disk': then the session is to be
	 * left, and the next one goes on from what is on the disk.
	 */
	turn(): boolean {
		// While there is no room, what came waits, and the other device is given what it asks for all the same: that makes room.
		const takes = !this.#ports.replica.isFull();
		if (takes) this.#takeOne();
		const hasRoom = this.#flush() && this.#serveOne();
		return (takes && this.#waiting.length > 0) || hasRoom;
	}

	#onHead({log, head}: HeadFrame): void {
		const {replica, device} = this.#ports;
		const taken = replica.meet(device, log);
		this.#following = {log, head, taken};
		// It ran backwards: the other device is a copy that was put back, and lacks some of what it has told.
		this.#except = head < taken ? undefined : log;
		this.#serving = undefined;
		this.#drop();
		this.#ask();
	}

	#onSince({log, place, recent}: SinceFrame): void {
		const {replica, onFault} = this.#ports;
		const own = replica.head();
		if (!log.equals(own.log)) return onFault('log');
		if (place > own.place) {
			// Somebody has more of this log than it holds: this is the copy that was put back.
			replica.renew();
			this.#sayHead();
			this.#ask();
			return undefined;
		}

		this.#serving = {sent: place, place, kept: place, recent: recent > 0 ? replica.recent(recent) : undefined};
		return undefined;
	}

	#onKept(log: Buffer, place: number): void {
		const {replica, device, onFault} = this.#ports;
		const own = replica.head();
		if (!log.equals(own.log)) return onFault('log');
		replica.keptBy(device, place);
		// No more than there is: what it claims to have beyond that is not to be waited for.
		if (this.#serving !== undefined) this.#serving.kept = Math.max(this.#serving.kept, Math.min(place, own.place));
		return undefined;
	}

	#wait(waiting: Waiting): void {
		this.#waiting.push(waiting);
		this.#waitingBytes += waiting.size;
	}

	#drop(): void {
		this.#waiting = [];
		this.#waitingBytes = 0;
	}

	#takeOne(): void {
		const next = this.#waiting.shift();
		if (next === undefined) return;
		this.#waitingBytes -= next.size;
		const {frame} = next;
		if (frame.kind === 'recent') this.#takeRecent(frame);
		else this.#takeRows(frame);
	}

	#takeRecent({items}: RecentFrame): void {
		const {replica, device, onTaken, onFault} = this.#ports;
		if (this.#following === undefined || !this.#isRecentDue) return onFault('unasked');
		const taken = replica.take({device, log: this.#following.log, to: undefined, items}, false);
		this.#told(taken, onTaken);
		return undefined;
	}

	#takeRows({log, from, to, items}: RowsFrame): void {
		const {replica, device, elapsed, onTaken, onFault} = this.#ports;
		const following = this.#following;
		if (following === undefined || !log.equals(following.log)) return onFault('log');
		// Who was asked twice, as when both open a session at once, answers twice, and goes on from where the second answer has ended.
		const isNext = from === following.taken || (from < following.taken && to > following.taken);
		if (!isNext) {
			// Backwards it is a repeat. Ahead, something is missing: it is asked for once more, when nothing else is under way.
			if (from > following.taken && this.#waiting.length === 0) this.#ask();
			return onFault('place');
		}

		this.#isRecentDue = false;
		const now = elapsed();
		const isDurable = to >= following.head || now >= this.#durableAt;
		const taken = replica.take({device, log, to, items}, isDurable);
		following.taken = to;
		following.head = Math.max(following.head, to);
		if (isDurable) {
			this.#durableAt = now + DURABLE_MS;
			this.#answers.set('kept', {kind: 'kept', log, place: to});
		}

		this.#told(taken, onTaken);
		return undefined;
	}

	#told(taken: TakenItems, onTaken: (taken: TakenItems) => void): void {
		for (const fault of taken.faults) this.#ports.onFault(fault);
		if (taken.fresh.length > 0 || taken.changed.size > 0 || taken.registers.length > 0) onTaken(taken);
	}

	/** What is asked goes behind it: a head begins everything anew. */
	#sayHead(): void {
		this.#answers.delete('since');
		const {log, place} = this.#ports.replica.head();
		this.#answers.set('head', {kind: 'head', log, head: place});
	}

	#ask(): void {
		if (this.#following === undefined) return;
		const {log, taken} = this.#following;
		// A device that has nothing shows the newest first.
		this.#isRecentDue = taken === 0 && this.#ports.replica.isEmpty();
		this.#answers.set('since', {
			kind: 'since',
			log,
			place: taken,
			recent: this.#isRecentDue ? Math.min(RECENT, NEWEST_LIMIT) : 0,
		});
	}

	/** False while the session has no room. */
	#flush(): boolean {
		for (;;) {
			while (this.#pieces.length > 0) {
				if (!this.#ports.send(this.#pieces[0]!)) return false;
				this.#pieces.shift();
			}

			const [next] = this.#answers;
			if (next === undefined) return true;
			this.#answers.delete(next[0]);
			this.#pieces = cutFrame(encodeReplicationFrame(next[1]));
		}
	}

	/** Sends one batch; whether the session has room for more, and there is more. */
	#serveOne(): boolean {
		const {replica} = this.#ports;
		const serving = this.#serving;
		if (serving === undefined) return false;
		const ahead = serving.recent?.next();
		if (ahead !== undefined && ahead.done !== true) return this.#put({kind: 'recent', items: ahead.value});
		serving.recent = undefined;
		const {log, place: head} = replica.head();
		if (serving.place >= head) return false;
		const {to, items} = replica.since(serving.place, this.#except);
		serving.place = to;
		if (items.length === 0 && to - serving.sent < SILENT_PLACES) return to < head;
		const hasRoom = this.#put({kind: 'rows', log, from: serving.sent, to, items});
		serving.sent = to;
		return hasRoom && to < head;
	}

	#put(frame: FrameToSend): boolean {
		this.#pieces = cutFrame(encodeReplicationFrame(frame));
		return this.#flush();
	}
}
