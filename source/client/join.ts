// Makes a profile a further device of an account by the device link that another device of it has made.
import {type JoinOutcome, joinAccount} from '../channel/directory/join-account.ts';
import {systemTimers} from '../channel/network/timer-port.ts';
import {wipe} from '../crypto/bytes.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {type DeviceLink, parseDeviceLink} from '../wire/device-link.ts';
import {ClientError} from '../os/errors.ts';
import {type DeviceProfile, furtherDevice} from './further-device.ts';
import {checkPassword, errorOf} from './login-errors.ts';
import {type NewProfileOptions, refuseAccount} from './sign-up.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type JoinWaiting = {
	/** 'asked': the devices that are online were asked. 'absent': none is, and it asks again by itself. */
	readonly onWait?: ((what: 'asked' | 'absent') => void) | undefined;
	/** Ends it; the vault stays, so that the same link goes on. */
	readonly signal?: AbortSignal | undefined;
};

/** The server ends who waits when a link is over: about then, ms. */
const ABOUT_OVER_MS = LINK_LIFE_MS - 10_000;

/** Throws ClientError, as AccountAccess.join says. */
export async function joinAsDevice(
	text: string,
	password: string,
	label: string,
	options: NewProfileOptions & JoinWaiting,
): Promise<DeviceProfile> {
	const {now, onWait, signal} = options;
	refuseAccount(options.account);
	const link = typedDeviceLink(text);
	const {foundingKey, secret} = link;
	if (label.trim() === '') throw new ClientError('bad-device', catalogue.devices.noLabel);
	checkPassword(password);
	try {
		return await furtherDevice({...link, server: link, password}, options, {
			mayBeKnown: () => true,
			refusal: outcome => whyNot({kind: 'no-login', outcome}, link, {signal, waited: 0}),
			async enter(attempt, vault, mayBeIn) {
				// The link is the one way by which the founding key has come: it is as good as compared.
				vault.setPin(link.name, {identityKey: foundingKey, verified: true, suite: 0});
				const begun = now();
				onWait?.('asked');
				const onAbsent = () => onWait?.('absent');
				const outcome = await joinAccount({...attempt, link, label: label.trim(), timers: systemTimers, onAbsent});
				if (outcome.kind === 'joined') return;
				if (outcome.kind === 'ended' || signal?.aborted === true) mayBeIn(true);
				throw whyNot(outcome, link, {signal, waited: now() - begun});
			},
			signal,
		});
	} finally {
		wipe(secret);
	}
}

/** Throws ClientError 'bad-link'. */
export function typedDeviceLink(text: string): DeviceLink {
	const link = parseDeviceLink(text);
	if (link !== undefined) return link;
	throw new ClientError('bad-link', catalogue.devices.noLink);
}

function whyNot(
	outcome: Exclude<JoinOutcome, {readonly kind: 'joined'}>,
	link: DeviceLink,
	{signal, waited}: {readonly signal: AbortSignal | undefined; readonly waited: number},
): ClientError {
	const words = catalogue.devices;
	if (signal?.aborted === true) return new ClientError('refused', words.joinStopped);
	if (outcome.kind === 'refused') return new ClientError('identity-changed', words.otherAccount(link.name));
	if (outcome.kind === 'no-login') return errorOf(outcome.outcome, link);
	if (outcome.problem === 'timeout' && waited >= ABOUT_OVER_MS)
		return new ClientError('invite-invalid', words.unanswered);
	return new ClientError('unreachable', words.joinCut);
}
