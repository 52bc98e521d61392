// Makes a profile a further device of an account, however it is let in. The vault comes first; a try that was cut short is taken up where it ended,
// and one that comes to nothing leaves nothing.
import {Buffer} from 'node:buffer';
import {existsSync, rmSync} from 'node:fs';
import {type LoggedIn, type LoginOutcome, type ServerPlace, attemptLogin} from '../channel/directory/login-attempt.ts';
import {StretchedPassword} from '../channel/directory/stretched-password.ts';
import {type IdentityKey} from '../crypto/identity.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {type ClientError} from '../os/errors.ts';
import {type AccountSettings} from './profile-settings.ts';
import {type NewProfileOptions, newVault, resumeVault} from './sign-up.ts';
import {type Vault} from './vault.ts';

/** Everything in it is the caller's to close. Without a login the account is to be signed in to. */
export type DeviceProfile = {
	readonly account: AccountSettings;
	readonly vault: Vault;
	readonly stretched: StretchedPassword;
	readonly login: LoggedIn | undefined;
};

/** What the device asks the server with. */
export type DeviceAttempt = {
	readonly server: ServerPlace;
	readonly name: string;
	readonly identity: IdentityKey;
	readonly stretch: StretchedPassword['stretch'];
	readonly entropy: Entropy;
	readonly now: () => number;
	readonly signal?: AbortSignal;
};

export type WayIn<Entered> = {
	/** Whether an earlier try with this vault may have come as far as the device log: then it signs in first. */
	readonly mayBeKnown: (vault: Vault) => boolean;
	/** Why that came to nothing, but for a key that the account does not have. */
	readonly refusal: (outcome: Exclude<LoginOutcome, LoggedIn>) => ClientError;
	/**
	 * Has the account let the device in; throws when it does not. `mayBeIn` says whether its key may be in the log by then: a vault of which that is
	 * so stays, and the next try goes on with it.
	 */
	readonly enter: (attempt: DeviceAttempt, vault: Vault, mayBeIn: (mayBe: boolean) => void) => Promise<Entered>;
	/** Ends what waits. */
	readonly signal?: AbortSignal | undefined;
};

/** `entered` is what `enter` has come to; undefined where an earlier try had come as far. Throws ClientError. */
export async function furtherDevice<Entered>(
	{name, server, password}: {readonly name: string; readonly server: ServerPlace; readonly password: string},
	options: NewProfileOptions,
	{mayBeKnown, refusal, enter, signal}: WayIn<Entered>,
): Promise<DeviceProfile & {readonly entered: Entered | undefined}> {
	const {vaultFile, entropy, now} = options;
	const {host, port, serverKey} = server;
	const account = {name, host, port, serverKey: serverKey.toString('hex')};
	const resumed = existsSync(vaultFile);
	const vault = resumed ? await resumeVault(password, options) : await newVault(password, options);
	const stretched = new StretchedPassword(name, password);
	let isOurs = false;
	let stays = resumed;
	try {
		const {identity} = vault;
		const attempt = {server, name, identity, stretch: stretched.stretch, entropy, now, ...(signal && {signal})};
		if (resumed && mayBeKnown(vault)) {
			const outcome = await attemptLogin({...attempt, mode: 'sign-in', invite: Buffer.alloc(0)});
			isOurs = outcome.kind === 'established';
			if (outcome.kind === 'established') return {account, vault, stretched, login: outcome, entered: undefined};
			const why = outcome.kind === 'refused' ? outcome.alert.reason : undefined;
			// That key never comes back: the next try has another one.
			stays = why !== 'deviceRemoved';
			if (why !== 'identityUnknown') throw refusal(outcome);
		}

		const entered = await enter(attempt, vault, mayBeIn => {
			stays = mayBeIn;
		});
		isOurs = true;
		return {account, vault, stretched, login: undefined, entered};
	} finally {
		if (!isOurs) {
			stretched.forget();
			vault.close();
			if (!stays) rmSync(vaultFile, {force: true});
		}
	}
}
