// The lease of this server: while it holds, the others leave its sessions alone. It is counted from before it was asked for, by a clock that only
// runs forward, so that it ends here no later than there: also when the process was stopped meanwhile, or the clocks of servers differ.
import {type Random} from '../../crypto/random.ts';
import {BOOT_SIZE, type NodeRun} from './bus-seal.ts';
import {type Claims, LEASE_MS} from './claims.ts';

export class NodeLease {
	readonly #claims: Claims;
	readonly #elapsed: () => number;
	readonly #random: Random;
	/** The run that the lease is of; undefined without one. */
	#run: NodeRun | undefined;
	/** Until when it holds, monotonic ms. */
	#until = Number.NEGATIVE_INFINITY;
	/** By how much the clock of the database is ahead of the monotonic one, ms. */
	#ahead = 0;

	constructor(claims: Claims, elapsed: () => number, random: Random) {
		this.#claims = claims;
		this.#elapsed = elapsed;
		this.#random = random;
	}

	/** The run whose lease holds. */
	get run(): NodeRun | undefined {
		return this.#elapsed() < this.#until ? this.#run : undefined;
	}

	/** The time of the database, ms, as far as it is known. */
	now(): number {
		return this.#elapsed() + this.#ahead;
	}

	/** Takes a lease as another server, one that nobody knows anything of. Rejects when the database cannot be reached. */
	async take(): Promise<NodeRun> {
		const start = this.#elapsed();
		const boot = this.#random(BOOT_SIZE).toString('hex');
		const {node, now} = await this.#claims.join(boot);
		this.#run = {node, boot};
		this.#hold(start, now);
		return this.#run;
	}

	/** Whether it was renewed; false when it had run out in the database. Rejects when that cannot be reached. */
	async renew(run: NodeRun): Promise<boolean> {
		const start = this.#elapsed();
		const now = await this.#claims.renew(run);
		// It may have run out here while the answer was on its way.
		if (now === undefined || this.run !== run) return false;
		this.#hold(start, now);
		return true;
	}

	end(): void {
		this.#until = Number.NEGATIVE_INFINITY;
		this.#run = undefined;
	}

	#hold(start: number, now: number): void {
		this.#until = start + LEASE_MS;
		this.#ahead = now - start;
	}
}
