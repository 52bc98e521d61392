// Where a session sends to. It follows its peer to another address once that has proven itself, and goes back when the former one
// still answers: somebody who copies datagrams and is faster than the peer must not have the talk go by them (RFC 9000 §9.3.3).
import {type Buffer} from 'node:buffer';
import {equal} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
import {PATH_TOKEN_SIZE} from '../../wire/messages/msg.ts';

/** An unproven address is asked at most this often, ms. */
const CHALLENGE_EVERY = 1000;
/** An address that was left because the former one still answers is not asked again for so long, ms. */
const PASSED_OVER_MS = 5000;

/** A PATH_CHALLENGE, and where to. */
export type Asked = {readonly to: Address; readonly token: Buffer};

export class Addresses {
	readonly #random: Random;
	#current: Address;
	/** What was asked last: another address, and the one that is sent to; until one of them answers. */
	#asked: {readonly other: Asked; readonly own: Asked; readonly at: number} | undefined;
	/** The address before the last move: back to it as soon as it answers. */
	#former: Asked | undefined;
	#passedOver: {readonly address: Address; readonly until: number} | undefined;

	constructor(address: Address, random: Random) {
		this.#current = address;
		this.#random = random;
	}

	get current(): Address {
		return this.#current;
	}

	/** An authentic datagram came from here: what is to be asked, and whom. `now` in ms of a clock that only runs forward. */
	heardFrom(address: Address, now: number): readonly Asked[] {
		if (sameAddress(address, this.#current)) return [];
		if (this.#asked !== undefined && now - this.#asked.at < CHALLENGE_EVERY) return [];
		const passed = this.#passedOver;
		if (passed !== undefined && now < passed.until && sameAddress(address, passed.address)) return [];
		const own = {to: this.#current, token: this.#random(PATH_TOKEN_SIZE)};
		const other = {to: address, token: this.#random(PATH_TOKEN_SIZE)};
		this.#asked = {other, own, at: now};
		return [own, other];
	}

	/** A PATH_RESPONSE with this token, from wherever. */
	answered(token: Buffer, now: number): void {
		const asked = this.#asked;
		if (asked !== undefined && equal(token, asked.own.token)) {
			this.#asked = undefined;
			this.#passedOver = {address: asked.other.to, until: now + PASSED_OVER_MS};
		} else if (asked !== undefined && equal(token, asked.other.token)) {
			this.#asked = undefined;
			this.#former = asked.own;
			this.#current = asked.other.to;
		} else if (this.#former !== undefined && equal(token, this.#former.token)) {
			this.#passedOver = {address: this.#current, until: now + PASSED_OVER_MS};
			this.#current = this.#former.to;
			this.#former = undefined;
		}
	}
}
