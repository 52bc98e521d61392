// Two people who talk: a running `pipe` at each, what was said and what arrived, with times.
import {setTimeout as sleep} from 'node:timers/promises';
import {type Program} from './program.ts';
import {type Person} from './person.ts';

export type Side = 'a' | 'b';
export const SIDES = ['a', 'b'] as const satisfies readonly Side[];
export const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

/** Times are of performance.now(), ms. */
type Said = {readonly id: string; readonly at: number; readonly size: number};

/** How long the first message may take, ms. */
const FIRST_MS = 40_000;
/** How often arrivals are looked for, ms. */
const LOOK_MS = 20;

export class Talk {
	readonly #programs: Readonly<Record<Side, Program>>;
	readonly #said: Record<Side, Said[]> = {a: [], b: []};
	/** What of each side was printed at the other. */
	readonly #heard: Record<Side, Said[]> = {a: [], b: []};

	private constructor(programs: Readonly<Record<Side, Program>>) {
		this.#programs = programs;
	}

	/** A talk in which each has heard the other; `a` speaks first. Throws, with what both said, when that does not come about. */
	static async open(a: Person, b: Person): Promise<Talk> {
		const bound = Promise.all([a.bound(), b.bound()]);
		const talk = new Talk({a: a.run('pipe', b.name, '--wait', '5'), b: b.run('pipe', a.name, '--wait', '5')});
		await bound;
		for (const side of SIDES) {
			const id = talk.say(side);
			if (await talk.until(() => talk.arrivals(side).has(id), FIRST_MS)) continue;
			const words = await talk.close();
			throw new Error(`${a.name} and ${b.name} do not come to talk${words}`);
		}

		return talk;
	}

	/** Says one message, `size` characters long or a little longer; returns what names it. */
	say(side: Side, size = 0): string {
		const id = `${side}${this.#said[side].length}`;
		this.#said[side].push({id, at: performance.now(), size: Math.max(size, id.length)});
		this.#programs[side].say(id.padEnd(size, '.'));
		return id;
	}

	said(side: Side): readonly Said[] {
		return this.#said[side];
	}

	/** When each message of `side` was first printed at the other. */
	arrivals(side: Side): Map<string, number> {
		const times = new Map<string, number>();
		for (const {id, at} of this.#printed(side)) if (!times.has(id)) times.set(id, at);
		return times;
	}

	/** Whether it came true in time. */
	async until(holds: () => boolean, withinMs: number): Promise<boolean> {
		const deadline = performance.now() + withinMs;
		while (!holds()) {
			if (performance.now() > deadline) return false;
			await sleep(LOOK_MS);
		}

		return true;
	}

	/** Waits for all that was said; then what is wrong with what arrived, in words, '' when all came once and in order. */
	async faults(withinMs = 30_000): Promise<string> {
		await this.until(() => SIDES.every(side => this.arrivals(side).size === this.said(side).length), withinMs);
		return SIDES.flatMap(side => this.#faultsOf(side)).join(', ');
	}

	/** Stops a side as a closed lid does, and goes on; or ends it for good. */
	signal(side: Side, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
		this.#programs[side].child.kill(signal);
	}

	/** Ends both programs; returns what they said on standard error. */
	async close(): Promise<string> {
		for (const side of SIDES) this.signal(side, 'SIGCONT');
		const ends = await Promise.all(SIDES.map(async side => this.#programs[side].stop('SIGKILL')));
		return ends.map(({words}) => words && ` (${words})`).join('');
	}

	/** Looks at each line once: it is asked many times a second, and a bulk has megabytes. */
	#printed(side: Side): readonly Said[] {
		const heard = this.#heard[side];
		for (const {text, at} of this.#programs[other(side)].lines.slice(heard.length)) {
			heard.push({id: text.replace(/\.*$/, ''), at, size: text.length});
		}

		return heard;
	}

	#faultsOf(side: Side): string[] {
		const said = this.said(side).map(({id}) => id);
		const printed = this.#printed(side).map(({id}) => id);
		const once = [...new Set(printed)];
		const come = new Set(once);
		const missing = said.filter(id => !come.has(id)).length;
		const faults: string[] = [];
		if (missing > 0) faults.push(`${missing} of ${said.length} from ${side} missing`);
		if (printed.length > once.length) faults.push(`${printed.length - once.length} from ${side} twice`);
		const inOrder = said.filter(id => come.has(id));
		if (once.some((id, index) => id !== inOrder[index])) faults.push(`from ${side} out of order`);
		return faults;
	}
}
