// LINK_REQUEST: what a device that joins an account has brought to the devices of that account.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';

/** A label of the device, padded and sealed: see `protocol/devices/link-keys.ts`. */
export const SEALED_LABEL_SIZE = 128;

/** The device key that joins, its consent, the MAC under the secret of the link, and its label, sealed under that secret. */
export type LinkRequest = {
	readonly subject: Buffer;
	readonly consent: Buffer;
	readonly mac: Buffer;
	readonly label: Buffer;
};

export function encodeLinkRequest({subject, consent, mac, label}: LinkRequest): Buffer {
	return new Writer().bytes(subject, 32).bytes(consent, 64).bytes(mac, 32).bytes(label, SEALED_LABEL_SIZE).finish();
}

export function decodeLinkRequest(bytes: Buffer): LinkRequest | undefined {
	const reader = new Reader(bytes);
	const request = {
		subject: reader.bytes(32),
		consent: reader.bytes(64),
		mac: reader.bytes(32),
		label: reader.bytes(SEALED_LABEL_SIZE),
	};
	return reader.complete ? request : undefined;
}
