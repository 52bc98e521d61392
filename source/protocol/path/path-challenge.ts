// Where a session sends to. It follows its peer to another address once that address has answered a challenge, and goes back when the
// former address answers too: somebody who copies datagrams and is faster than the peer must not carry the session (RFC 9000 §9.3.3).
import {type Buffer} from 'node:buffer';
import {equal} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
import {PATH_TOKEN_SIZE} from '../../wire/messages/msg.ts';

/** An unproven address is challenged at most this often, ms. */
export const CHALLENGE_EVERY_MS = 1000;
/** An address that was left because the former one still answers is not challenged again for so long, ms. */
export const PASSED_OVER_MS = 5000;

/** A PATH_CHALLENGE, and where to. */
export type PathChallenge = {readonly to: Address; readonly token: Buffer};

export type PeerPath = {
	/** Where the session sends to. */
	current: Address;
	/** The last pair of challenges, until one of them is answered: to another address, and to the current one. */
	challenged: {readonly other: PathChallenge; readonly own: PathChallenge; readonly at: number} | undefined;
	/** The address before the last move: back to it as soon as it answers. */
	former: PathChallenge | undefined;
	passedOver: {readonly address: Address; readonly until: number} | undefined;
};

export function createPath(address: Address): PeerPath {
	return {current: address, challenged: undefined, former: undefined, passedOver: undefined};
}

/** An authentic datagram came from here: the challenges to send. `now` in ms of a clock that only runs forward. */
export function heardFrom(path: PeerPath, address: Address, now: number, random: Random): readonly PathChallenge[] {
	const {current, challenged, passedOver} = path;
	if (sameAddress(address, current)) return [];
	if (challenged !== undefined && now - challenged.at < CHALLENGE_EVERY_MS) return [];
	if (passedOver !== undefined && now < passedOver.until && sameAddress(address, passedOver.address)) return [];
	const own = {to: current, token: random(PATH_TOKEN_SIZE)};
	const other = {to: address, token: random(PATH_TOKEN_SIZE)};
	path.challenged = {other, own, at: now};
	return [own, other];
}

/** A PATH_RESPONSE with this token, from wherever. */
export function takeResponse(path: PeerPath, token: Buffer, now: number): void {
	const {challenged, former} = path;
	if (challenged !== undefined && equal(token, challenged.own.token)) {
		path.challenged = undefined;
		path.passedOver = {address: challenged.other.to, until: now + PASSED_OVER_MS};
	} else if (challenged !== undefined && equal(token, challenged.other.token)) {
		path.challenged = undefined;
		path.former = challenged.own;
		path.current = challenged.other.to;
	} else if (former !== undefined && equal(token, former.token)) {
		path.passedOver = {address: path.current, until: now + PASSED_OVER_MS};
		path.current = former.to;
		path.former = undefined;
	}
}
