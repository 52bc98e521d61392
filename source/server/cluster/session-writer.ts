// The sessions that this server has claimed: what has changed of them goes to the database in batches, and then to the others.
import {type Buffer} from 'node:buffer';
import {type Member} from '../member.ts';
import {type NodeRun} from './bus-seal.ts';
import {type Claims, type Gone} from './claims.ts';

/** How long a change waits for others, and after a failure, ms. */
const GATHER_MS = 20;
const AGAIN_MS = 500;
/** Sessions that are looked up at a time. */
const AT_A_TIME = 1000;

export class SessionWriter {
	readonly #claims: Claims;
	/** Told of these names once the database has it. */
	readonly #onWritten: (names: readonly string[]) => void;
	readonly #onError: (error: unknown) => void;
	/** Members of this server, with the numbers of their claims. */
	readonly #members = new Map<Member, number>();
	/** Those that look different to others. */
	#changed = new Set<Member>();
	/** Claims that are over: at most one for each session since the lease was taken, and only while the database is out of reach. */
	#gone: Gone[] = [];
	/** How often all was forgotten. */
	#clearings = 0;
	#timer: NodeJS.Timeout | undefined;
	#isWriting = false;

	constructor(claims: Claims, onWritten: (names: readonly string[]) => void, onError: (error: unknown) => void) {
		this.#claims = claims;
		this.#onWritten = onWritten;
		this.#onError = onError;
	}

	/** The names that are signed in here. */
	names(): Set<string> {
		return new Set([...this.#members.keys()].map(({name}) => name));
	}

	add(member: Member, epoch: number): void {
		this.#members.set(member, epoch);
		this.changed(member);
	}

	changed(member: Member): void {
		if (!this.#members.has(member)) return;
		this.#changed.add(member);
		this.#schedule(GATHER_MS);
	}

	remove(member: Member): void {
		const epoch = this.#members.get(member);
		if (epoch === undefined) return;
		this.#members.delete(member);
		this.#changed.delete(member);
		this.forget({name: member.name, epoch});
	}

	/** A claim is over that no member has. */
	forget(gone: Gone): void {
		this.#gone.push(gone);
		this.#schedule(GATHER_MS);
	}

	/** Another server has claimed the device with this key: an older session of it among these members ends. */
	displace(members: readonly Member[], key: Buffer, below: number): void {
		for (const member of members) {
			const epoch = this.#members.get(member);
			if (epoch !== undefined && epoch < below && member.identityKey.equals(key)) member.connection.end('displaced');
		}
	}

	/** Ends the sessions whose claims are not there any more: others have taken them, and the message was lost. */
	async endLost(): Promise<void> {
		const members = [...this.#members];
		for (let at = 0; at < members.length; at += AT_A_TIME) {
			const part = members.slice(at, at + AT_A_TIME);
			const lost = new Set(await this.#claims.lost(part.map(([{name}, epoch]) => ({name, epoch}))));
			for (const [member, epoch] of part) if (lost.has(epoch)) member.connection.end('displaced');
		}
	}

	/** Removes claims of this run that no member has, and that are too old to get one. */
	async forgetUnknown(run: NodeRun): Promise<void> {
		const epochs = [...Float64Array.from(this.#members.values()).toSorted()];
		let above = 0;
		for (let at = 0; at === 0 || at < epochs.length; at += AT_A_TIME) {
			const part = epochs.slice(at, at + AT_A_TIME);
			const upTo = at + AT_A_TIME < epochs.length ? part.at(-1)! : Number.MAX_SAFE_INTEGER;
			const names = await this.#claims.forgetUnknown(run, above, upTo, part);
			if (names.length > 0) this.#onWritten(names);
			above = upTo;
		}
	}

	/** Forgets all of them, without a word to the database; who they were. */
	clear(): Member[] {
		this.#clearings++;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const members = [...this.#members.keys()];
		this.#members.clear();
		this.#changed.clear();
		this.#gone = [];
		return members;
	}

	#schedule(ms: number): void {
		if (this.#isWriting) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			void this.#write();
		}, ms);
	}

	/** One batch after the other, so that the database ends with what was so last. */
	async #write(): Promise<void> {
		const [members, gone] = [this.#changed, this.#gone];
		this.#changed = new Set();
		this.#gone = [];
		this.#isWriting = true;
		const clearings = this.#clearings;
		let pause = GATHER_MS;
		const changed = [...members].map(member => [member, this.#members.get(member) ?? 0] as const);
		try {
			await this.#claims.write(changed, gone);
			this.#onWritten([...changed.map(([{name}]) => name), ...gone.map(({name}) => name)]);
		} catch (error) {
			this.#onError(error);
			pause = AGAIN_MS;
			for (const member of members) if (this.#members.has(member)) this.#changed.add(member);
			if (this.#clearings === clearings) this.#gone.push(...gone);
		} finally {
			this.#isWriting = false;
			if (this.#changed.size + this.#gone.length > 0) this.#schedule(pause);
		}
	}
}
