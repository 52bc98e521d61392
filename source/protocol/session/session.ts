// An established session: seals what goes to the peer and opens what comes. No clock and no socket inside. It changes only
// after a seal or a signature has verified.
import {type Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {type DhKeyPair} from '../../crypto/dh.ts';
import {type Random} from '../../crypto/random.ts';
import {sealBehind} from '../../crypto/seal.ts';
import {decodeMsg, msgHeader} from '../../wire/messages/msg.ts';
import {VERSION} from '../../wire/suite.ts';
import {type Drop, drop} from './drops.ts';
import {type Established} from './established.ts';
import {chainKey, type Role} from './session-keys.ts';
import {
	createReceiveChain,
	createSendChain,
	expireSkipped,
	nextSendKey,
	openNext,
	type ReceiveChain,
	type SendChain,
	wipeReceiveChain,
} from './ratchet.ts';
import {
	IDLE_MS,
	LAST_EPOCH,
	OLD_EPOCH_MS,
	REKEY_HOLD,
	REKEY_MESSAGES,
	REKEY_MS,
	OVERDUE_MESSAGES,
	OVERDUE_MS,
	SESSION_FILE_MESSAGES,
	SESSION_MESSAGES,
} from './timers.ts';

/** A rekey that is under way here: our request, until its answer comes; or the DH that completes one. */
export type PendingRekey = {readonly body: Buffer; readonly pair: DhKeyPair} | 'running';

export type Session = Omit<Established, 'root'> & {
	/** RK of the newest epoch, 32 bytes. */
	root: Buffer;
	sending: SendChain;
	/** The responder's sending chain of the newest epoch, until a datagram of it has come: then the peer has it for certain. */
	nextSending: SendChain | undefined;
	/** The newest epoch's. */
	receiving: ReceiveChain;
	/** The epoch before, for datagrams still on their way. */
	previous: {readonly chain: ReceiveChain; readonly until: number} | undefined;
	/** A datagram of the newest epoch has opened: until then no further epoch begins. */
	heard: boolean;
	rekey: PendingRekey | undefined;
	rekeyedAt: number;
	/** When the next rekey is due; Infinity without content and files since the last one. */
	rekeyDueAt: number;
	heardAt: number;
	/** Content messages, both directions: in all, and since the last rekey. */
	messages: number;
	messagesSinceRekey: number;
	/** Messages of files, both directions, in all. */
	fileMessages: number;
	wiped: boolean;
};

/** The session of a handshake that is complete, in its epoch 0. Takes over `established.root`. */
export function createSession({root, ...established}: Established, now: number): Session {
	const {role, sid} = established;
	return {
		...established,
		root,
		sending: createSendChain(0, chainKey(root, role, sid, 0)),
		nextSending: undefined,
		receiving: createReceiveChain(0, chainKey(root, otherRole(role), sid, 0)),
		previous: undefined,
		heard: false,
		rekey: undefined,
		rekeyedAt: now,
		rekeyDueAt: Number.POSITIVE_INFINITY,
		heardAt: now,
		messages: 0,
		messagesSinceRekey: 0,
		fileMessages: 0,
		wiped: false,
	};
}

/** Seals a padded plaintext of at most PLAINTEXT_LIMIT bytes under a key of its own. Throws once the session is wiped. */
export function sealMsg(
	session: Session,
	plaintext: Buffer,
	random: Random,
): {datagram: Buffer; epoch: number; counter: number} {
	if (session.wiped) throw new Error('the session is wiped: it seals nothing more');
	const {sending, remoteIndex} = session;
	const {epoch, counter} = sending;
	const header = msgHeader({version: VERSION, receiver: remoteIndex, epoch, counter});
	const key = nextSendKey(sending);
	const datagram = sealBehind(header, key, plaintext, random(16));
	wipe(key);
	return {datagram, epoch, counter};
}

/** Opens a MSG. `now` in ms, of any clock that only runs forward. */
export function openMsg(
	session: Session,
	datagram: Buffer,
	now: number,
): {plaintext: Buffer; epoch: number; counter: number} | Drop {
	if (session.wiped) return drop('closed');
	const msg = decodeMsg(datagram);
	if (msg === undefined) return drop('malformed');
	if (msg.version !== VERSION) return drop('version');
	if (msg.receiver !== session.localIndex) return drop('index');
	const chain = chainOf(session, msg.epoch, now);
	if (chain === undefined) return drop('epoch');
	const plaintext = openNext(chain, msg, now);
	if (typeof plaintext === 'string') return drop(plaintext);

	if (chain === session.receiving && !session.heard) confirmEpoch(session, now);
	session.heardAt = now;
	expireKeys(session, now);
	return {plaintext, epoch: msg.epoch, counter: msg.counter};
}

/** Tells that the first pieces of so many content messages were sent or have come: what rekey and end of the session count. */
export function countContent(session: Session, now: number, count = 1): void {
	if (count === 0) return;
	session.messages += count;
	session.messagesSinceRekey += count;
	const due = session.messagesSinceRekey >= REKEY_MESSAGES ? now : Math.max(now, session.rekeyedAt + REKEY_MS);
	session.rekeyDueAt = Math.min(session.rekeyDueAt, due);
}

/**
 * The same of messages of files. For however many of them a rekey is due as for a single content message, by time: an epoch has as many
 * datagrams as go out until then.
 */
export function countFiles(session: Session, now: number, count = 1): void {
	if (count === 0) return;
	session.fileMessages += count;
	session.rekeyDueAt = Math.min(session.rekeyDueAt, Math.max(now, session.rekeyedAt + REKEY_MS));
}

/** Whether further content waits until a rekey is done. */
export function holdsContent({messagesSinceRekey}: Session): boolean {
	return messagesSinceRekey >= REKEY_HOLD;
}

/** When the session ends unless a rekey is done before; Infinity while none is due. */
export function overdueAt({messagesSinceRekey, rekeyDueAt}: Session): number {
	return messagesSinceRekey >= OVERDUE_MESSAGES ? Number.NEGATIVE_INFINITY : rekeyDueAt + OVERDUE_MS;
}

/** Whether it is time to start over with a new introduction. */
export function isSpent(session: Session, now: number): boolean {
	const {messages, fileMessages, heardAt, receiving} = session;
	if (messages >= SESSION_MESSAGES || fileMessages >= SESSION_FILE_MESSAGES) return true;
	return now - heardAt >= IDLE_MS || receiving.epoch === LAST_EPOCH;
}

/** Wipes skipped keys and the epoch before once their time is over. Due with every datagram that opens, and now and then without. */
export function expireKeys(session: Session, now: number): void {
	expireSkipped(session.receiving, now);
	if (session.previous !== undefined && now >= session.previous.until) dropPrevious(session);
	else if (session.previous !== undefined) expireSkipped(session.previous.chain, now);
}

/** Begins the next epoch from its root, as one step once both halves of a rekey have verified. Takes over `root`. */
export function beginEpoch(session: Session, root: Buffer, now: number): void {
	const {role, sid} = session;
	const epoch = session.receiving.epoch + 1;
	const sending = createSendChain(epoch, chainKey(root, role, sid, epoch));
	dropPrevious(session);
	if (role === 'initiator') {
		// The peer, having answered, has the new keys.
		wipe(session.sending.key);
		session.sending = sending;
		session.previous = {chain: session.receiving, until: now + OLD_EPOCH_MS};
	} else {
		// The answer is still to be sent, on the old epoch.
		session.nextSending = sending;
		session.previous = {chain: session.receiving, until: Number.POSITIVE_INFINITY};
	}

	session.receiving = createReceiveChain(epoch, chainKey(root, otherRole(role), sid, epoch));
	wipe(session.root);
	session.root = root;
	session.heard = false;
	session.rekey = undefined;
	session.rekeyedAt = now;
	session.rekeyDueAt = Number.POSITIVE_INFINITY;
	session.messagesSinceRekey = 0;
}

/** Wipes every key. The session drops and refuses everything from here on. */
export function wipeSession(session: Session): void {
	session.wiped = true;
	session.rekey = undefined;
	wipe(session.root, session.sending.key, session.nextSending?.key);
	wipeReceiveChain(session.receiving);
	dropPrevious(session);
}

function otherRole(role: Role): Role {
	return role === 'initiator' ? 'responder' : 'initiator';
}

function chainOf({receiving, previous}: Session, epoch: number, now: number): ReceiveChain | undefined {
	if (epoch === receiving.epoch) return receiving;
	return previous !== undefined && epoch === previous.chain.epoch && now < previous.until ? previous.chain : undefined;
}

/** The first datagram of the newest epoch: the peer has it, so the responder's own sending moves there too. */
function confirmEpoch(session: Session, now: number): void {
	session.heard = true;
	if (session.nextSending === undefined) return;
	wipe(session.sending.key);
	session.sending = session.nextSending;
	session.nextSending = undefined;
	if (session.previous !== undefined) session.previous = {chain: session.previous.chain, until: now + OLD_EPOCH_MS};
}

function dropPrevious(session: Session): void {
	if (session.previous !== undefined) wipeReceiveChain(session.previous.chain);
	session.previous = undefined;
}
