// One direction of one epoch: a chain that yields a key a datagram and forgets it. What is used cannot be derived again.
import {Buffer} from 'node:buffer';
import {secretBytes, wipe} from '../../crypto/bytes.ts';
import {hmacInto} from '../../crypto/hash.ts';
import {expandLabelInto} from '../../crypto/kdf.ts';
import {type Msg} from '../../wire/messages/msg.ts';
import {type DropReason} from './drops.ts';
import {openOnce} from './session-keys.ts';
import {SKIP_LIMIT, SKIPPED_MS} from './timers.ts';

const ONE = Buffer.of(1);
const TWO = Buffer.of(2);
/** For the keys of the datagram that is being sealed or opened, one at a time: wiped before this module is left, or by who seals. */
const mk = secretBytes(32);
const sealing = secretBytes(64);

/** `counter` is the next to send, `key` its CK of 32 bytes, which moves on in its place. */
export type SendChain = {readonly epoch: number; counter: number; readonly key: Buffer};

export function createSendChain(epoch: number, key: Buffer): SendChain {
	return {epoch, counter: 0, key};
}

/** The key of the next counter, 64 bytes, which the caller wipes before the next is asked for; the chain is past it. */
export function nextSendKey(chain: SendChain): Buffer {
	const {epoch, counter, key} = chain;
	hmacInto(mk, key, ONE);
	hmacInto(key, key, TWO);
	chain.counter++;
	return messageKey(epoch, counter);
}

/** mk of a counter that was leapt over, until its datagram comes or its time is over. */
export type SkippedKey = {readonly key: Buffer; readonly until: number};

export type ReceiveChain = {
	readonly epoch: number;
	/** The lowest counter that no datagram has reached yet. */
	next: number;
	/**
	 * CK of `next`, then those behind it as far as any header has made us look, at most SKIP_LIMIT + 1 more: a forged
	 * counter makes us walk there once, not each time. Nothing that the first does not already tell.
	 */
	readonly keys: Buffer[];
	/** Counter → mk, at most SKIP_LIMIT, oldest first. */
	readonly skipped: Map<number, SkippedKey>;
};

export function createReceiveChain(epoch: number, key: Buffer): ReceiveChain {
	return {epoch, next: 0, keys: [key], skipped: new Map()};
}

/** Opens a datagram of this chain's epoch and uses up its key; a drop leaves the chain as it was. */
export function openNext(chain: ReceiveChain, msg: Msg, now: number): Buffer | DropReason {
	const {next, keys, skipped} = chain;
	const leap = msg.counter - next;
	if (leap < 0) return openSkipped(chain, msg, now);
	if (leap > SKIP_LIMIT) return 'ahead';

	hmacInto(mk, keyAhead(keys, leap), ONE);
	const plaintext = openOnce(messageKey(chain.epoch, msg.counter), msg.sealed, msg.header);
	if (plaintext === undefined) return 'tag';

	for (const [index, chainKey] of keys.slice(0, leap).entries()) {
		skipped.set(next + index, {key: hmacInto(secretBytes(32), chainKey, ONE), until: now + SKIPPED_MS});
	}

	pass(keys, leap);
	chain.next = msg.counter + 1;
	for (const counter of skipped.keys()) {
		if (skipped.size <= SKIP_LIMIT) break;
		forget(skipped, counter);
	}

	return plaintext;
}

/** Wipes the skipped keys whose time is over. */
export function expireSkipped({skipped}: ReceiveChain, now: number): void {
	for (const [counter, {until}] of skipped) {
		if (now < until) break;
		forget(skipped, counter);
	}
}

export function wipeReceiveChain({keys, skipped}: ReceiveChain): void {
	wipe(...keys);
	for (const counter of skipped.keys()) forget(skipped, counter);
}

/** Moves to the counter behind the one that is `leap` ahead. Where nothing is known of it, its CK takes the place of the one before. */
function pass(keys: Buffer[], leap: number): void {
	const reached = keys.length === leap + 1 ? keys.pop() : undefined;
	wipe(...keys.splice(0, leap + 1));
	if (reached !== undefined) keys.push(hmacInto(reached, reached, TWO));
}

/** CK of the counter `leap` behind the next one. */
function keyAhead(keys: Buffer[], leap: number): Buffer {
	let key = keys[Math.min(leap, keys.length - 1)]!;
	while (keys.length <= leap) {
		key = hmacInto(secretBytes(32), key, TWO);
		keys.push(key);
	}

	return key;
}

function openSkipped({epoch, skipped}: ReceiveChain, msg: Msg, now: number): Buffer | DropReason {
	const kept = skipped.get(msg.counter);
	if (kept === undefined || now >= kept.until) return 'used';
	mk.set(kept.key);
	const plaintext = openOnce(messageKey(epoch, msg.counter), msg.sealed, msg.header);
	if (plaintext === undefined) return 'tag';
	forget(skipped, msg.counter);
	return plaintext;
}

function forget(skipped: Map<number, SkippedKey>, counter: number): void {
	wipe(skipped.get(counter)?.key);
	skipped.delete(counter);
}

/** EL(mk, "msg", u16 epoch ‖ u32 counter, 64), of the key that lies in `mk`, which is wiped. */
function messageKey(epoch: number, counter: number): Buffer {
	const context = Buffer.allocUnsafe(6);
	context.writeUInt16BE(epoch, 0);
	context.writeUInt32BE(counter, 2);
	expandLabelInto(sealing, mk, 'msg', context);
	wipe(mk);
	return sealing;
}
