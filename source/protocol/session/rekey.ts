// Rekey: a fresh DH inside the session, signed with the identity keys, so that a stolen root key helps for one epoch at most.
// The session's initiator starts every one; both messages travel on the control channel of the epoch that ends.
//   → request  epoch, g^s', signature over sid and request
//   ← answer   epoch, g^d', signature over sid, request and answer
// The initiator sends on the new epoch at once, the responder as soon as a datagram of it has opened there.
import {Buffer} from 'node:buffer';
import {deriveDh, isShare} from '../../crypto/dh.ts';
import {sign, verify} from '../../crypto/identity.ts';
import {decodeRekey, encodeRekey, type Rekey, rekeyBody} from '../../wire/messages/msg.ts';
import {type Entropy} from '../entropy.ts';
import {type Drop, drop, type DropReason} from './drops.ts';
import {nextRoot, rekeySigned, rekeyTranscript} from './session-keys.ts';
import {LAST_EPOCH} from './timers.ts';
import {beginEpoch, type Session} from './session.ts';

const noKem = Buffer.alloc(0);

/** Whether this side is to begin a rekey now; false while one is under way and until the newest epoch has been heard. */
export function needsRekey(session: Session, now: number): boolean {
	return now >= session.rekeyDueAt && mayBegin(session);
}

/** Makes the request, a control message. Throws when the session may not begin one: ask needsRekey first. */
export async function beginRekey(session: Session, entropy: Entropy): Promise<Buffer> {
	if (!mayBegin(session)) throw new Error('this session may not begin a rekey: ask needsRekey first');
	session.rekey = 'running';
	const pair = await entropy.dhKeyPair();
	const request = {kind: 'request' as const, epoch: session.receiving.epoch + 1, share: pair.share, kem: noKem};
	const body = rekeyBody(request);
	if (!session.wiped) session.rekey = {body, pair};
	const signature = sign(session.local.identity, rekeySigned(session.sid, body));
	return encodeRekey({...request, signature});
}

/** Takes the other half. The responder gets the answer to send; the initiator's session is in the new epoch. */
export async function consumeRekey(
	session: Session,
	message: Buffer,
	now: number,
	entropy: Entropy,
): Promise<{answer?: Buffer} | Drop> {
	if (session.wiped) return drop('closed');
	const rekey = decodeRekey(message);
	if (rekey === undefined || rekey.kem.length > 0) return drop('malformed');
	if ((rekey.kind === 'answer') !== (session.role === 'initiator')) return drop('role');
	return rekey.kind === 'request' ? answerRekey(session, rekey, now, entropy) : completeRekey(session, rekey, now);
}

async function answerRekey(
	session: Session,
	request: Rekey,
	now: number,
	entropy: Entropy,
): Promise<{answer: Buffer} | Drop> {
	if (!session.heard || session.rekey !== undefined) return drop('epoch');
	const requestBody = rekeyBody(request);
	const refusal = refuse(session, request, [requestBody]);
	if (refusal !== undefined) return drop(refusal);

	session.rekey = 'running';
	const pair = await entropy.dhKeyPair();
	const secret = await deriveDh(pair.privateKey, request.share);
	if (session.wiped) return drop('closed');
	const answer = {kind: 'answer' as const, epoch: request.epoch, share: pair.share, kem: noKem};
	const answerBody = rekeyBody(answer);
	const signature = sign(session.local.identity, rekeySigned(session.sid, requestBody, answerBody));
	beginEpoch(session, nextRoot(session.root, secret!, rekeyTranscript(session.sid, requestBody, answerBody)), now);
	return {answer: encodeRekey({...answer, signature})};
}

async function completeRekey(session: Session, answer: Rekey, now: number): Promise<Record<string, never> | Drop> {
	const pending = session.rekey;
	if (pending === undefined || pending === 'running') return drop('epoch');
	const bodies = [pending.body, rekeyBody(answer)] as const;
	const refusal = refuse(session, answer, bodies);
	if (refusal !== undefined) return drop(refusal);

	session.rekey = 'running';
	const secret = await deriveDh(pending.pair.privateKey, answer.share);
	if (session.wiped) return drop('closed');
	beginEpoch(session, nextRoot(session.root, secret!, rekeyTranscript(session.sid, ...bodies)), now);
	return {};
}

function mayBegin({role, heard, rekey, wiped, receiving}: Session): boolean {
	return role === 'initiator' && heard && rekey === undefined && !wiped && receiving.epoch < LAST_EPOCH;
}

function refuse(session: Session, {epoch, share, signature}: Rekey, bodies: readonly Buffer[]): DropReason | undefined {
	if (epoch !== session.receiving.epoch + 1) return 'epoch';
	if (!isShare(share)) return 'share';
	const signed = rekeySigned(session.sid, ...bodies);
	return verify(session.peer.identityKey, signed, signature) ? undefined : 'signature';
}
