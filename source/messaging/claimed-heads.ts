// What accounts say of device logs: looked at as it comes, but for each account once in a while, since the directory may have to be asked. What
// comes meanwhile waits, and so does what the directory has not answered.
import {type Timers} from '../channel/network/timer-port.ts';
import {type LogHead} from '../content/log-heads.ts';

/** For one account the directory is asked so often, ms. */
export const CLAIMS_EVERY_MS = 5000;
/** Claims of an account that wait. A log that grows by as many in that time is none of a person. */
export const CLAIMS_LIMIT = 8;

/** The log of `name` has this entry. */
export type HeadClaim = {readonly name: string; readonly head: LogHead};

export type ClaimedHeadsPorts = {
	readonly timers: Timers;
	/** Whether the log has it; undefined: the directory does not answer. */
	readonly has: (name: string, head: LogHead) => Promise<boolean | undefined>;
	/** The directory shows another log than that, or less of it. */
	readonly onMissing: (by: string, claim: HeadClaim) => void;
};

/** Of one account: what waits, CLAIMS_LIMIT at most, and how to take back the next look. */
type Claimed = {waiting: HeadClaim[]; cancel?: () => void};

export class ClaimedHeads {
	readonly #ports: ClaimedHeadsPorts;
	/** By who claims: those that were looked at in the last CLAIMS_EVERY_MS, or have something that waits. */
	readonly #claimed = new Map<string, Claimed>();

	constructor(ports: ClaimedHeadsPorts) {
		this.#ports = ports;
	}

	take(by: string, claims: readonly HeadClaim[]): void {
		const known = this.#claimed.get(by);
		const claimed = known ?? {waiting: []};
		const fresh = claims.filter(claim => !claimed.waiting.some(each => isSame(each, claim)));
		claimed.waiting = [...claimed.waiting, ...fresh].slice(0, CLAIMS_LIMIT);
		if (known !== undefined) return;
		this.#claimed.set(by, claimed);
		void this.#look(by, claimed);
	}

	stop(): void {
		for (const {cancel} of this.#claimed.values()) cancel?.();
		this.#claimed.clear();
	}

	async #look(by: string, claimed: Claimed): Promise<void> {
		const looked = claimed.waiting;
		/** Names of whose logs one claim is enough: it is missing, or nobody answers. */
		const over = new Set<string>();
		for (const claim of looked) {
			if (over.has(claim.name)) continue;
			const {has, onMissing} = this.#ports;
			const isThere = await has(claim.name, claim.head);
			if (this.#claimed.get(by) !== claimed) return;
			if (isThere !== true) over.add(claim.name);
			if (isThere !== undefined) claimed.waiting = claimed.waiting.filter(each => each !== claim);
			if (isThere === false) onMissing(by, claim);
		}

		claimed.cancel = this.#ports.timers.after(CLAIMS_EVERY_MS, () => {
			if (claimed.waiting.length > 0) void this.#look(by, claimed);
			else this.#claimed.delete(by);
		});
	}
}

function isSame(one: HeadClaim, other: HeadClaim): boolean {
	return one.name === other.name && one.head.count === other.head.count && one.head.head.equals(other.head.head);
}
