// Timers of kept messages: some disappear after a time, some came ahead of their time, and old ones are removed each day.
import {type LocalClock} from '../os/local-clock.ts';
import {type Conversations} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type History} from './history/history.ts';
import {type OwnTime} from './own-time.ts';
import {type Trace} from '../os/trace.ts';

/** Ms. */
const DAY = 86_400_000;
/** No timer runs longer, ms: the clock of timers stands still while a machine sleeps. */
const LONGEST_TIMER = 60_000;

export type MessageTimersOptions = {
	readonly conversations: Conversations;
	readonly history: History;
	/** Messages are kept so many days; 0: for ever. */
	readonly settings: {readonly preferences: {readonly keepDays: number}};
	readonly disk: DiskWatch;
	readonly trace: Trace;
	readonly clock: LocalClock;
	readonly ownTime: OwnTime;
	/** Server time, ms. */
	readonly serverTime: () => number;
};

export class MessageTimers {
	readonly #options: MessageTimersOptions;
	#expiryTimer: NodeJS.Timeout | undefined;
	#dueTimer: NodeJS.Timeout | undefined;
	#discardTimer: NodeJS.Timeout | undefined;

	constructor(options: MessageTimersOptions) {
		this.#options = options;
	}

	/** Ends every timer. */
	stop(): void {
		clearTimeout(this.#expiryTimer);
		clearTimeout(this.#dueTimer);
		clearTimeout(this.#discardTimer);
	}

	/** Removes messages whose time is over, now and when the next one's is, and writes down how much time has passed. */
	expire(): void {
		const {disk, conversations, ownTime} = this.#options;
		clearTimeout(this.#expiryTimer);
		const next = disk.may(() => conversations.expire());
		if (next === undefined) return;
		this.keepOwnTime();
		this.#expiryTimer = setTimeout(() => this.expire(), pauseUntil(next, ownTime.now()));
	}

	/** Takes in what came ahead of its time and is due, now and when the next is. */
	takeDue(): void {
		const {disk, conversations, serverTime} = this.#options;
		clearTimeout(this.#dueTimer);
		const next = disk.may(() => conversations.takeDue(serverTime()));
		if (next === undefined) return;
		this.#dueTimer = setTimeout(() => this.takeDue(), pauseUntil(next, serverTime()));
	}

	/** Removes what is older than the person wants, now and each day. */
	discardOld(): void {
		const {clock, conversations, ownTime, serverTime, trace} = this.#options;
		clearTimeout(this.#discardTimer);
		this.#discardTimer = setTimeout(() => this.discardOld(), DAY);
		const keepDays = this.#options.settings.preferences.keepDays;
		if (keepDays === 0) return;
		try {
			// Of three clocks the one that keeps more counts: a message's own time is only its sender's word.
			const before = Math.min(clock.now(), serverTime()) - keepDays * DAY;
			conversations.discard(before, ownTime.now() - keepDays * DAY);
		} catch (error) {
			// A disk that refuses this now is asked again in a day.
			trace.caught('disk', 'discard', error);
		}
	}

	/** Writes down how much own time has passed. */
	keepOwnTime(): void {
		const {disk, history, ownTime} = this.#options;
		disk.may(() => history.keepOwnTime(ownTime.mark));
	}
}

function pauseUntil(time: number, now: number): number {
	return Math.min(Math.max(time - now, 1), LONGEST_TIMER);
}
