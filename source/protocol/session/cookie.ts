// Cookies: a responder under load, or one asked from an unexpected address, has the source prove that it receives there.
// Nothing is stored: the cookie is a MAC over the address and the INIT, under a key that rotates.
import {Buffer} from 'node:buffer';
import {equal, intoSecret, wipe} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {COOKIE_SIZE} from '../../wire/messages/handshake.ts';
import {initBody} from './session-keys.ts';
import {COOKIE_KEY_MS} from './timers.ts';

/** Keys of 32 bytes: the one that makes cookies and the one before, whose cookies are still good. */
export type CookieKeys = {readonly current: Buffer; readonly previous: Buffer; readonly since: number};

export function createCookieKeys(now: number, random: Random): CookieKeys {
	return {current: intoSecret(random(32)), previous: intoSecret(random(32)), since: now};
}

/** The keys to use at `now`: the same object while the current one is young. Wipes what it drops. */
export function rotateCookieKeys(keys: CookieKeys, now: number, random: Random): CookieKeys {
	const age = now - keys.since;
	if (age < COOKIE_KEY_MS) return keys;
	wipe(keys.previous);
	if (age < 2 * COOKIE_KEY_MS) return {current: intoSecret(random(32)), previous: keys.current, since: now};
	wipe(keys.current);
	return createCookieKeys(now, random);
}

export function wipeCookieKeys({current, previous}: CookieKeys): void {
	wipe(current, previous);
}

/** The 16 bytes that `from` must put at the end of this very INIT. */
export function cookieFor({current}: CookieKeys, init: Buffer, from: Address): Buffer {
	return mac(current, init, from);
}

/** Whether the INIT's own cookie was made for it and for `from`. Constant time in the cookie. */
export function isCookieGood({current, previous}: CookieKeys, init: Buffer, from: Address): boolean {
	const cookie = init.subarray(-COOKIE_SIZE);
	return equal(cookie, mac(current, init, from)) || equal(cookie, mac(previous, init, from));
}

function mac(key: Buffer, init: Buffer, from: Address): Buffer {
	return hmac(key, Buffer.concat([initBody(init), Buffer.from(addressText(from))])).subarray(0, COOKIE_SIZE);
}
