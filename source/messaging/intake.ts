// What has come from other devices and waits to be written down. They take turns, so that one that sends much does not hold up the
// others. Each has a budget a minute, a stranger's a tenth of it; what is over it waits until there is budget again. A device with too
// much waiting is held up by the windows of delivery.
import {type KeptContent} from '../content/content.ts';
import {type Exchange} from './exchange.ts';
import {type Stored} from './stored.ts';

type Amount = {readonly entries: number; readonly bytes: number};

/** Of a device of somebody in the list, in a minute; as much may come at once after a minute without anything. */
export const BUDGET: Amount = {entries: 30_000, bytes: 32 * 1_048_576};
export const STRANGERS_SHARE = 0.1;
/** Who has used it up waits until so much time's worth of it is there again, ms: one step on the disk for all that came meanwhile. */
const REST_MS = 1000;
const MINUTE = 60_000;
/** One step on the disk, of everybody together: it ends before a person would notice. */
export const STEP: Amount = {entries: 256, bytes: 512 * 1024};
/** Of that, all strangers together; and the pause until their next step, ms: a step makes everybody wait for the disk. */
export const STRANGERS_STEP: Amount = {entries: 32, bytes: 64 * 1024};
export const STRANGERS_PAUSE_MS = 100;
/** With more waiting a device is held up, until it is half of that. What its sessions have in their windows comes on top. */
export const WAITING: Amount = {entries: 2048, bytes: 2 * 1_048_576};
/** With more bytes of all strangers together, each of them is held up that has more than one waiting. */
export const STRANGERS_WAITING = 32 * 1_048_576;

export type Arrived = {readonly exchange: Exchange; readonly content: KeptContent};

/** Of one device: what waits, by id and in order, and what is left of the budget at `at`. */
type Line = {
	readonly exchange: Exchange;
	readonly waiting: Map<string, Stored>;
	bytes: number;
	left: {entries: number; bytes: number};
	at: number;
	isSpent: boolean;
	isFull: boolean;
};

export class Intake {
	readonly #isStranger: (account: string) => boolean;
	readonly #elapsed: () => number;
	/** By exchange with a device that has ever sent something: no more than those. */
	readonly #lines = new Map<Exchange, Line>();
	/** Those where something waits, in the order of their turns. */
	readonly #waitingLines = new Set<Line>();
	/** When strangers may have their next step, on the elapsed clock. */
	#strangersAt = Number.NEGATIVE_INFINITY;

	/** `elapsed` is the clock that only runs forward, ms. */
	constructor(isStranger: (account: string) => boolean, elapsed: () => number) {
		this.#isStranger = isStranger;
		this.#elapsed = elapsed;
	}

	/** What waits already is passed over. */
	put(exchange: Exchange, stored: readonly Stored[]): void {
		const line = this.#lineOf(exchange);
		for (const each of stored) {
			const id = each.content.id.toString('hex');
			if (line.waiting.has(id)) continue;
			line.waiting.set(id, each);
			line.bytes += each.size;
			this.#waitingLines.add(line);
		}
	}

	/** Whether nothing more is to be put from this device for now. */
	isFull(exchange: Exchange): boolean {
		const line = this.#lineOf(exchange);
		const share = line.isFull ? 0.5 : 1;
		const {entries, bytes} = WAITING;
		line.isFull =
			line.waiting.size > entries * share ||
			line.bytes > bytes * share ||
			(line.waiting.size > 1 &&
				this.#isStranger(exchange.device.account) &&
				this.#strangersBytes() > STRANGERS_WAITING);
		return line.isFull;
	}

	/** What is to be written down now, in one step: of each device in its order. */
	take(): readonly Arrived[] {
		const now = this.#elapsed();
		const taken: Arrived[] = [];
		const aside: Line[] = [];
		const ofStrangers = {entries: 0, bytes: 0};
		let bytes = 0;
		while (taken.length < STEP.entries && bytes < STEP.bytes) {
			const [line] = this.#waitingLines;
			if (line === undefined) break;
			this.#waitingLines.delete(line);
			const isStranger = this.#isStranger(line.exchange.device.account);
			const isOver = ofStrangers.entries >= STRANGERS_STEP.entries || ofStrangers.bytes >= STRANGERS_STEP.bytes;
			if ((isStranger && isOver) || this.#restOf(line, now) > 0) {
				aside.push(line);
				continue;
			}

			const [next] = line.waiting;
			if (next === undefined) continue;
			const [id, {content, size}] = next;
			line.waiting.delete(id);
			line.bytes -= size;
			line.left.entries -= 1;
			line.left.bytes -= size;
			bytes += size;
			if (isStranger) {
				ofStrangers.entries++;
				ofStrangers.bytes += size;
			}

			taken.push({exchange: line.exchange, content});
			if (line.waiting.size > 0) this.#waitingLines.add(line);
		}

		for (const line of aside) this.#waitingLines.add(line);
		if (ofStrangers.entries > 0) this.#strangersAt = now + STRANGERS_PAUSE_MS;
		return taken;
	}

	/** When `take` has something next, on the elapsed clock. */
	get dueAt(): number {
		const now = this.#elapsed();
		return Math.min(...[...this.#waitingLines].map(line => now + this.#restOf(line, now)));
	}

	/** What waits of this device will come again, or is not to be taken. */
	drop(exchange: Exchange): void {
		const line = this.#lines.get(exchange);
		if (line === undefined) return;
		line.waiting.clear();
		line.bytes = 0;
		this.#waitingLines.delete(line);
	}

	#lineOf(exchange: Exchange): Line {
		const known = this.#lines.get(exchange);
		if (known !== undefined) return known;
		const left = this.#budgetOf(exchange);
		const line = {
			exchange,
			waiting: new Map(),
			bytes: 0,
			left: {...left},
			at: this.#elapsed(),
			isSpent: false,
			isFull: false,
		};
		this.#lines.set(exchange, line);
		return line;
	}

	#budgetOf({device}: Exchange): Amount {
		const share = this.#isStranger(device.account) ? STRANGERS_SHARE : 1;
		return {entries: BUDGET.entries * share, bytes: BUDGET.bytes * share};
	}

	/** Ms until this device's next turn; 0 when it may have one now. */
	#restOf(line: Line, now: number): number {
		const pause = this.#isStranger(line.exchange.device.account) ? this.#strangersAt - now : 0;
		return Math.max(0, pause, this.#unpaidOf(line, now));
	}

	/** Ms until this device has budget. */
	#unpaidOf(line: Line, now: number): number {
		const budget = this.#budgetOf(line.exchange);
		const passed = (now - line.at) / MINUTE;
		const entries = Math.min(line.left.entries + passed * budget.entries, budget.entries);
		const bytes = Math.min(line.left.bytes + passed * budget.bytes, budget.bytes);
		line.left = {entries, bytes};
		line.at = now;
		if (entries < 1 || bytes <= 0) line.isSpent = true;
		if (!line.isSpent) return 0;
		const share = REST_MS / MINUTE;
		const missing = Math.max(share - entries / budget.entries, share - bytes / budget.bytes);
		// Timers are no finer.
		const rest = Math.round(missing * MINUTE);
		if (rest <= 0) line.isSpent = false;
		return rest;
	}

	#strangersBytes(): number {
		const strangers = [...this.#waitingLines].filter(({exchange}) => this.#isStranger(exchange.device.account));
		return strangers.reduce((sum, {bytes}) => sum + bytes, 0);
	}
}
