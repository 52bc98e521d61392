// The device that has made a link: who answers it with the right MAC is admitted, once (docs/protocol.md, "Joining"). Pure.
import {Buffer} from 'node:buffer';
import {equal, secretCopy, wipe} from '../../crypto/bytes.ts';
import {type IdentityKey} from '../../crypto/identity.ts';
import {type Random} from '../../crypto/random.ts';
import {type DeviceRole, type DeviceEntry, encodeDeviceEntry} from '../../wire/messages/device-entry.ts';
import {type LinkRequest} from '../../wire/messages/link-request.ts';
import {type DeviceLog, type LogRefusal, extendLog, followEntry} from './device-log.ts';
import {type LinkAccount, linkMac, openLabel} from './link-keys.ts';

/** How long a link is good for, and how many requests with another MAC end it. */
export const LINK_LIFE_MS = 600_000;
export const LINK_TRIES = 3;

const WIPED = Buffer.alloc(32);

/** `expires` in ms. `admitting`: whom the secret is used up for; the log may not have it yet. */
export type LinkOffer = LinkAccount & {
	/** 32 bytes, for the link. Zeros once the offer is over. */
	readonly secret: Buffer;
	readonly role: Exclude<DeviceRole, 'recovery'>;
	readonly expires: number;
	readonly wrong: number;
	readonly admitting: {readonly subject: Buffer; readonly consent: Buffer; readonly label: string} | undefined;
};

export type LinkStep =
	/** For EXTEND_LOG. `label` is what the new device calls itself, any characters. */
	| {readonly kind: 'extend'; readonly offer: LinkOffer; readonly entry: DeviceEntry; readonly label: string}
	/** The log has it: the link is over. */
	| {readonly kind: 'joined'; readonly key: Buffer; readonly label: string}
	/** Not by this link; `left` more end it. */
	| {readonly kind: 'wrong'; readonly offer: LinkOffer; readonly left: number}
	/**
	 * The link is over and its secret is wiped. `guessed`: too many wrong MACs; `late`: its time is up; `used`: it was over before; else
	 * why the log cannot have it.
	 */
	| {readonly kind: 'over'; readonly reason: 'guessed' | 'late' | 'used' | LogRefusal}
	/** It is used up for another key, or there is nothing to do. */
	| {readonly kind: 'none'; readonly offer: LinkOffer};

/** A new link for the account; its secret goes into the link and nowhere else. `now` in ms. */
export function createLinkOffer(
	{name, foundingKey}: LinkAccount,
	role: LinkOffer['role'],
	now: number,
	random: Random,
): LinkOffer {
	const drawn = random(32);
	const secret = secretCopy(drawn);
	wipe(drawn);
	const expires = now + LINK_LIFE_MS;
	return {name, foundingKey: Buffer.from(foundingKey), secret, role, expires, wrong: 0, admitting: undefined};
}

/** A LINK_REQUEST that the directory has pushed. `log` is the account's as it is known here, `signer` this device. */
export function consumeLinkRequest(
	offer: LinkOffer,
	{subject, consent, mac, label}: LinkRequest,
	log: DeviceLog,
	signer: IdentityKey,
	now: number,
): LinkStep {
	// Anybody knows the key that a wiped secret is.
	if (equal(offer.secret, WIPED)) return over(offer, 'used');
	if (now >= offer.expires) return over(offer, 'late');
	if (!equal(linkMac(offer.secret, offer, subject), mac)) {
		const wrong = offer.wrong + 1;
		return wrong < LINK_TRIES
			? {kind: 'wrong', offer: {...offer, wrong}, left: LINK_TRIES - wrong}
			: over(offer, 'guessed');
	}

	const {admitting} = offer;
	if (admitting !== undefined && !equal(admitting.subject, subject)) return {kind: 'none', offer};
	const admitted = admitting ?? {
		subject: Buffer.from(subject),
		consent: Buffer.from(consent),
		label: openLabel(offer.secret, subject, label) ?? '',
	};
	return admit({...offer, admitting: admitted}, log, signer, now);
}

/** The log has moved on: with the new device it is done, without it the entry is signed anew for its new place. */
export function continueLink(offer: LinkOffer, log: DeviceLog, signer: IdentityKey, now: number): LinkStep {
	if (offer.admitting !== undefined) return admit(offer, log, signer, now);
	return now >= offer.expires ? over(offer, 'late') : {kind: 'none', offer};
}

/** Wipes the secret: nobody joins by this link any more. */
export function endLinkOffer({secret}: LinkOffer): void {
	wipe(secret);
}

function admit(offer: LinkOffer, log: DeviceLog, signer: IdentityKey, now: number): LinkStep {
	const {admitting, role} = offer;
	if (admitting === undefined) return {kind: 'none', offer};
	const {subject, consent, label} = admitting;
	if (log.living.has(subject.toString('hex'))) {
		endLinkOffer(offer);
		return {kind: 'joined', key: subject, label};
	}

	const entry = extendLog(log, signer, {kind: 'add', subject, role, consent}, now);
	// The directory makes the same checks: what it would refuse is not sent.
	const next = followEntry(log, encodeDeviceEntry(entry));
	return 'refused' in next ? over(offer, next.refused) : {kind: 'extend', offer, entry, label};
}

function over(offer: LinkOffer, reason: (LinkStep & {kind: 'over'})['reason']): LinkStep {
	endLinkOffer(offer);
	return {kind: 'over', reason};
}
