// ALERT: why the server ends a connection or refuses a request. It always has four bytes, so that its size tells nothing.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from './cursor.ts';

export const ALERT_CODE = {
	malformed: 1,
	unsupported: 2,
	busy: 3,
	credentials: 4,
	locked: 5,
	nameTaken: 6,
	inviteInvalid: 7,
	registrationClosed: 8,
	identityUnknown: 9,
	displaced: 10,
	shutdown: 11,
	timeout: 12,
	challengeFailed: 13,
	internal: 14,
	removed: 15,
	deviceRemoved: 16,
} as const;

export type AlertReason = keyof typeof ALERT_CODE;

/** `triesLeft` before the lock; `retryAfter` in s. Both are 0 where they do not apply. */
export type Alert = {readonly reason: AlertReason; readonly triesLeft: number; readonly retryAfter: number};

const reasons = new Map(Object.entries(ALERT_CODE).map(([reason, code]) => [code as number, reason as AlertReason]));

/** u8 code ‖ u8 tries left ‖ u16 retry after, s. */
export function encodeAlert({reason, triesLeft, retryAfter}: Alert): Buffer {
	return new Writer().u8(ALERT_CODE[reason]).u8(triesLeft).u16(Math.min(retryAfter, 65_535)).finish();
}

export function decodeAlert(bytes: Buffer): Alert | undefined {
	const reader = new Reader(bytes);
	const reason = reasons.get(reader.u8());
	const alert = {triesLeft: reader.u8(), retryAfter: reader.u16()};
	return reader.complete && reason !== undefined ? {reason, ...alert} : undefined;
}
