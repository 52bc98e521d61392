// One direction of one epoch: a chain that yields a key a datagram and forgets it. What is used cannot be derived again.
import {Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Msg} from '../../wire/messages/transport.ts';
import {type DropReason} from './drops.ts';
import {openOnce} from './keys.ts';
import {SKIP_LIMIT, SKIPPED_MS} from './timers.ts';

const ONE = Buffer.of(1);
const TWO = Buffer.of(2);

/** `counter` is the next to send, `key` its CK of 32 bytes. */
export type SendChain = {readonly epoch: number; counter: number; key: Buffer};

export function createSendChain(epoch: number, key: Buffer): SendChain {
	return {epoch, counter: 0, key};
}

/** The key of the next counter, 64 bytes, which the caller wipes; the chain is past it. */
export function nextSendKey(chain: SendChain): Buffer {
	const {epoch, counter, key} = chain;
	const sealing = messageKey(hmac(key, ONE), epoch, counter);
	chain.key = hmac(key, TWO);
	chain.counter++;
	wipe(key);
	return sealing;
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

	const key = hmac(keyAhead(keys, leap), ONE);
	const plaintext = openOnce(messageKey(key, chain.epoch, msg.counter), msg.sealed, msg.header);
	if (plaintext === undefined) return 'tag';

	keyAhead(keys, leap + 1);
	const passed = keys.splice(0, leap + 1);
	for (const [index, chainKey] of passed.slice(0, leap).entries()) {
		skipped.set(next + index, {key: hmac(chainKey, ONE), until: now + SKIPPED_MS});
	}

	wipe(...passed);
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

/** CK of the counter `leap` behind the next one. */
function keyAhead(keys: Buffer[], leap: number): Buffer {
	let key = keys[Math.min(leap, keys.length - 1)]!;
	while (keys.length <= leap) {
		key = hmac(key, TWO);
		keys.push(key);
	}

	return key;
}

function openSkipped({epoch, skipped}: ReceiveChain, msg: Msg, now: number): Buffer | DropReason {
	const kept = skipped.get(msg.counter);
	if (kept === undefined || now >= kept.until) return 'used';
	const plaintext = openOnce(messageKey(Buffer.from(kept.key), epoch, msg.counter), msg.sealed, msg.header);
	if (plaintext === undefined) return 'tag';
	forget(skipped, msg.counter);
	return plaintext;
}

function forget(skipped: Map<number, SkippedKey>, counter: number): void {
	wipe(skipped.get(counter)?.key);
	skipped.delete(counter);
}

/** EL(mk, "msg", u16 epoch ‖ u32 counter, 64). Wipes mk. */
function messageKey(mk: Buffer, epoch: number, counter: number): Buffer {
	const context = Buffer.allocUnsafe(6);
	context.writeUInt16BE(epoch, 0);
	context.writeUInt32BE(counter, 2);
	const key = expandLabel(mk, 'msg', context, 64);
	wipe(mk);
	return key;
}
