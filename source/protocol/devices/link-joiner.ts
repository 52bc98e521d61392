// The device that joins by a link: it asks once it is a guest, and believes the log that leads from F to its own key (docs/protocol.md,
// "Joining"). Pure.
import {type Buffer} from 'node:buffer';
import {type IdentityKey} from '../../crypto/identity.ts';
import {type Random} from '../../crypto/random.ts';
import {type LogPage} from '../../wire/messages/devices.ts';
import {type LinkRequest} from '../../wire/messages/link-request.ts';
import {type DeviceLog, type LogRefusal, type LogStart, followPage, isLivingDevice, joinConsent} from './device-log.ts';
import {type LinkAccount, linkMac, sealLabel} from './link-keys.ts';

/** Waits for the log. `entries` are those that were followed so far, LOG_LIMIT at most. */
export type Joining = {
	readonly key: Buffer;
	readonly log: DeviceLog | LogStart;
	readonly entries: readonly Buffer[];
};

export type JoinStep =
	| {readonly kind: 'waiting'; readonly state: Joining}
	/** The log from F on has this device: it may sign in. `entries` are for who keeps the log. */
	| {readonly kind: 'joined'; readonly log: DeviceLog; readonly entries: readonly Buffer[]}
	/** What the directory shows is not a log of this account: it is not joined. */
	| {readonly kind: 'refused'; readonly reason: LogRefusal | 'shorter'};

/** What is asked with LINK_REQUEST. `secret` is the link's, `joining` the new device's own key, `label` what its person calls it. */
export function startJoining(
	link: LinkAccount & {readonly secret: Buffer},
	joining: IdentityKey,
	label: string,
	random: Random,
): {readonly state: Joining; readonly request: LinkRequest} {
	const {name, foundingKey, secret} = link;
	const {publicKey: subject} = joining;
	const request = {
		subject,
		consent: joinConsent(joining, name, foundingKey),
		mac: linkMac(secret, link, subject),
		label: sealLabel(secret, subject, label, random(16)),
	};
	return {state: {key: subject, log: {name, foundingKey}, entries: []}, request};
}

/** A LOG that the directory has sent to the guest. */
export function continueJoining(state: Joining, page: LogPage): JoinStep {
	const step = followPage(state.log, page);
	if ('refused' in step) return {kind: 'refused', reason: step.refused};
	const {log, fresh} = step;
	const entries = [...state.entries, ...fresh];
	if (!('count' in log) || !isLivingDevice(log, state.key)) return {kind: 'waiting', state: {...state, log, entries}};
	// A key that is let in and removed at once is not in: the rest of the log may say so.
	return log.count < page.count ? {kind: 'waiting', state: {...state, log, entries}} : {kind: 'joined', log, entries};
}
