// Why a datagram of a session was dropped: for counters and tests, never for an answer. Hostile bytes throw no exception.
import {type TicketDrop} from '../ticket-drop.ts';

/** Every reason, in the order in which the checks stand. */
export type DropReason =
	/** Not the length or the layout of its type, inside or outside a seal. */
	| 'malformed'
	| 'version'
	/** For another session than this one. */
	| 'index'
	/** A cookie that is not ours, or more cookies than one handshake needs. */
	| 'cookie'
	| `ticket-${TicketDrop}`
	/** The ticket was used with another INIT. */
	| 'replay'
	/** Both ends are the same device, or devices of one account whose log is not known. */
	| 'self'
	/** The ticket is for another name. */
	| 'name'
	| 'suite'
	/** A weaker suite than both sides speak, or than was used with this peer before. */
	| 'downgrade'
	/** The person here has blocked the sender. */
	| 'blocked'
	/** The identity key is not the pinned one, or not the one the server claims. */
	| 'identity'
	/** The device log that is known of the peer does not admit its key, or does no longer. */
	| 'device'
	/** Too many handshakes from one sender, or lists of its addresses in one session. */
	| 'rate'
	/** Further than 30 s from server time. */
	| 'time'
	/** A DH share outside [2, p − 2]. */
	| 'share'
	| 'signature'
	/** An epoch whose keys are not here: too old, or not agreed on. */
	| 'epoch'
	/** A counter whose key is used, expired, or was never kept. */
	| 'used'
	/** A counter too far ahead of the last one. */
	| 'ahead'
	/** A seal that does not open. */
	| 'tag'
	/** A rekey message that only the other side may send. */
	| 'role'
	/** Among the local addresses that the peer tells is one outside private networks. */
	| 'foreign'
	/** The session has been wiped. */
	| 'closed';

export type Drop = {readonly drop: DropReason};

export function drop(reason: DropReason): Drop {
	return {drop: reason};
}
