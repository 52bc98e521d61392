// Makes a profile a further device of an account, by the device link that another device of it has made. What was cut short is taken up where
// it ended.
import {existsSync, rmSync} from 'node:fs';
import {Buffer} from 'node:buffer';
import {type JoinOutcome, joinAccount} from '../channel/directory/join-account.ts';
import {type LoggedIn, attemptLogin} from '../channel/directory/login-attempt.ts';
import {StretchedPassword} from '../channel/directory/stretched-password.ts';
import {systemTimers} from '../channel/network/timer-port.ts';
import {wipe} from '../crypto/bytes.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {type DeviceLink, parseDeviceLink} from '../wire/device-link.ts';
import {ClientError} from '../os/errors.ts';
import {checkPassword, errorOf} from './login-errors.ts';
import {type AccountSettings} from './profile-settings.ts';
import {type NewProfileOptions, newVault, refuseAccount, resumeVault} from './sign-up.ts';
import {type Vault} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type JoinWaiting = {
	/** 'asked': the devices that are online were asked. 'absent': none is, and it asks again by itself. */
	readonly onWait?: ((what: 'asked' | 'absent') => void) | undefined;
	/** Ends it; the vault stays, so that the same link goes on. */
	readonly signal?: AbortSignal | undefined;
};

/** Everything in it is the caller's to close. Without a login the account is to be signed in to. */
export type JoinedProfile = {
	readonly account: AccountSettings;
	readonly vault: Vault;
	readonly stretched: StretchedPassword;
	readonly login: LoggedIn | undefined;
};

/** The server ends who waits when a link is over: about then, ms. */
const ABOUT_OVER_MS = LINK_LIFE_MS - 10_000;

/** Throws ClientError, as AccountAccess.join says. */
export async function joinAsDevice(
	text: string,
	password: string,
	label: string,
	options: NewProfileOptions & JoinWaiting,
): Promise<JoinedProfile> {
	const {vaultFile, entropy, now, onWait, signal} = options;
	refuseAccount(options.account);
	const link = typedDeviceLink(text);
	const {name, host, port, serverKey, foundingKey, secret} = link;
	if (label.trim() === '') throw new ClientError('bad-device', catalogue.devices.noLabel);
	checkPassword(password);
	const resumed = existsSync(vaultFile);
	const vault = resumed ? await resumeVault(password, options) : await newVault(password, options);
	const stretched = new StretchedPassword(name, password);
	const account = {name, host, port, serverKey: serverKey.toString('hex')};
	let isOurs = false;
	// A vault that may belong to a device of the account stays: the next try goes on with it.
	let mayBeIn = resumed;
	try {
		// The link is the one way by which the founding key has come: it is as good as compared.
		vault.setPin(name, {identityKey: foundingKey, verified: true, suite: 0});
		const attempt = {identity: vault.identity, stretch: stretched.stretch, entropy, now, ...(signal && {signal})};
		if (resumed) {
			const server = {host, port, serverKey};
			const outcome = await attemptLogin({...attempt, server, mode: 'sign-in', name, invite: Buffer.alloc(0)});
			isOurs = outcome.kind === 'established';
			if (outcome.kind === 'established') return {account, vault, stretched, login: outcome};
			const why = outcome.kind === 'refused' ? outcome.alert.reason : undefined;
			// That key never comes back: the next try has another one.
			mayBeIn = why !== 'deviceRemoved';
			if (why !== 'identityUnknown') throw whyNot({kind: 'no-login', outcome}, link, {signal, waited: 0});
		}

		const begun = now();
		onWait?.('asked');
		const outcome = await joinAccount({
			...attempt,
			link,
			label: label.trim(),
			timers: systemTimers,
			onAbsent: () => onWait?.('absent'),
		});
		mayBeIn ||= outcome.kind === 'ended' || signal?.aborted === true;
		if (outcome.kind !== 'joined') throw whyNot(outcome, link, {signal, waited: now() - begun});
		isOurs = true;
		return {account, vault, stretched, login: undefined};
	} finally {
		wipe(secret);
		if (!isOurs) {
			stretched.forget();
			vault.close();
			if (!mayBeIn) rmSync(vaultFile, {force: true});
		}
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
