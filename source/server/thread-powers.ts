// The powers of logins on threads of their own. The two that do not depend on the client are made ahead while nobody signs in.
import {type DhKeyPair, drawDhKeyPair} from '../crypto/dh.ts';
import {type KeyPair, type Power} from '../crypto/group.ts';
import {PowerThreads} from '../crypto/power-threads.ts';
import {type Random} from '../crypto/random.ts';
import {srpKeyPair} from '../crypto/srp.ts';
import {type SrpPowers} from '../protocol/login/server.ts';

/** Key pairs of each kind that are kept for logins to come. */
const PREPARED_LIMIT = 256;
/** How long nobody has asked for a power before key pairs are made ahead, ms; and how many of each kind are made at a time. */
const IDLE_MS = 1000;
const AT_A_TIME = 16;

export class ThreadPowers implements SrpPowers {
	readonly #threads: PowerThreads;
	/** Key pairs of each kind, at most PREPARED_LIMIT. Each is taken once; OpenSSL wipes it when the login that took it is over. */
	readonly #prepared: Readonly<Record<'dh' | 'srp', KeyPair[]>> = {dh: [], srp: []};
	readonly #make: Readonly<Record<'dh' | 'srp', () => Promise<KeyPair>>>;
	/** Since when nobody has asked; undefined from a question until the next sweep, and before the first one. Monotonic ms. */
	#idleSince: number | undefined;
	#isUsed = false;
	/** What is being made ahead; resolves when that is done. */
	#preparing: Promise<void> | undefined;

	constructor(threads: number, random: Random) {
		this.#threads = new PowerThreads(threads);
		const {keyPair} = this.#threads;
		this.#make = {dh: async () => drawDhKeyPair(random, keyPair), srp: async () => srpKeyPair(random, keyPair)};
	}

	readonly power: Power = async (within, base, exponent) => {
		this.#ask();
		return this.#threads.power(within, base, exponent);
	};

	readonly dhKeyPair = async (): Promise<DhKeyPair> => this.#take('dh');

	readonly srpKeyPair = async (): Promise<KeyPair> => this.#take('srp');

	/** Called every second with the monotonic time, ms. Once somebody has signed in, it makes key pairs ahead while nobody does. */
	sweep(elapsed: number): void {
		this.#idleSince ??= elapsed;
		if (!this.#isUsed || this.#preparing !== undefined || elapsed - this.#idleSince < IDLE_MS) return;
		this.#idleSince = elapsed;
		this.#preparing = this.#prepare().finally(() => {
			this.#preparing = undefined;
		});
	}

	/** Resolves when what is being made ahead is made. */
	async prepared(): Promise<void> {
		await this.#preparing;
	}

	async close(): Promise<void> {
		for (const pairs of Object.values(this.#prepared)) pairs.length = 0;
		await this.#threads.close();
	}

	#ask(): void {
		this.#isUsed = true;
		this.#idleSince = undefined;
	}

	async #take(kind: 'dh' | 'srp'): Promise<KeyPair> {
		this.#ask();
		return this.#prepared[kind].pop() ?? this.#make[kind]();
	}

	/** One after the other, so that a login waits for one of them at most. A failure is met again by the login that needs a key pair. */
	async #prepare(): Promise<void> {
		for (let made = 0; made < AT_A_TIME; made++) {
			for (const kind of ['dh', 'srp'] as const) {
				if (this.#idleSince === undefined || this.#prepared[kind].length >= PREPARED_LIMIT) continue;
				const pair = await this.#make[kind]().catch(() => undefined);
				if (pair === undefined) return;
				this.#prepared[kind].push(pair);
			}
		}
	}
}
