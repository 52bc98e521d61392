// Makes an account at the server of a join link. A sign-up that was cut short is taken up where it ended.
import {Buffer} from 'node:buffer';
import {existsSync, rmSync} from 'node:fs';
import {intoSecret} from '../crypto/bytes.ts';
import {generateIdentity} from '../crypto/identity.ts';
import {type ScryptParameters} from '../crypto/password.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {addressText} from '../wire/address.ts';
import {type AlertReason} from '../wire/alert.ts';
import {type JoinLink, parseJoinLink} from '../wire/join-link.ts';
import {typedName} from './typed-name.ts';
import {ClientError} from '../os/errors.ts';
import {StretchedPassword} from '../channel/directory/stretched-password.ts';
import {type LoggedIn, attemptLogin} from '../channel/directory/login-attempt.ts';
import {checkPassword, errorOf} from './login-errors.ts';
import {type AccountSettings} from './profile-settings.ts';
import {type Vault, createVault, openVault} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type NewProfileOptions = {
	readonly vaultFile: string;
	/** The account that the profile has already. */
	readonly account: AccountSettings | undefined;
	readonly entropy: Entropy;
	readonly scrypt: ScryptParameters;
	/** Local ms. */
	readonly now: () => number;
};

/** Everything in it is the caller's to close. */
export type SignedUp = {
	readonly account: AccountSettings;
	readonly vault: Vault;
	readonly stretched: StretchedPassword;
	readonly login: LoggedIn;
};

/**
 * Throws ClientError: has-account, bad-link, bad-name, bad-password, name-taken, invite-invalid, registration-closed, server-key,
 * unreachable, refused.
 */
export async function createAccount(
	text: string,
	typed: string,
	password: string,
	options: NewProfileOptions,
): Promise<SignedUp> {
	const {vaultFile, entropy, scrypt, now} = options;
	refuseAccount(options.account);
	const server = typedLink(text);
	const name = typedName(typed);
	checkPassword(password);
	const resumed = existsSync(vaultFile);
	const vault = resumed ? await resumeVault(password, options) : await newVault(password, options);
	const {identity} = vault;
	// It was begun as a further device of an account of that name, with another founding key.
	if (vault.pin(name) !== undefined) {
		vault.close();
		throw new ClientError('has-account', catalogue.account.begun(vaultFile));
	}

	let stretched = new StretchedPassword(name, password);
	const common = {server, name, identity, scrypt, entropy, now};
	const invite = Buffer.from(server.invite ?? '');
	let outcome = await attemptLogin({...common, stretch: stretched.stretch, mode: 'sign-up', invite});
	// The account may exist although no answer said so: then this device can sign in to it.
	const lost = outcome.kind === 'closed' && outcome.registerSent;
	const taken = resumed && outcome.kind === 'refused' && outcome.alert.reason === 'nameTaken';
	if (lost || taken) {
		const first = outcome;
		// An account of an earlier try has the salt of that try.
		stretched.forget();
		stretched = new StretchedPassword(name, password);
		const {stretch} = stretched;
		outcome = await attemptLogin({...common, stretch, mode: 'sign-in', invite: Buffer.alloc(0)});
		// There is none, or it is somebody else's: what the first try came to stands. A server that has no time has not said so.
		if (outcome.kind === 'refused' && isNotOurs.has(outcome.alert.reason)) outcome = first;
	}

	if (outcome.kind !== 'established') {
		stretched.forget();
		vault.close();
		// A vault that may belong to an account stays: the next sign-up goes on with it.
		if (!resumed && !lost) rmSync(vaultFile, {force: true});
		throw errorOf(outcome, server);
	}

	const {host, port, serverKey} = server;
	return {account: {name, host, port, serverKey: serverKey.toString('hex')}, vault, stretched, login: outcome};
}

const isNotOurs: ReadonlySet<AlertReason> = new Set(['credentials', 'locked'] as const);

/** Throws ClientError 'has-account' for an account. */
export function refuseAccount(account: AccountSettings | undefined): void {
	if (account === undefined) return;
	throw new ClientError('has-account', catalogue.account.isAnothers(account.name, addressText(account)));
}

/** Throws ClientError 'bad-link'. */
export function typedLink(text: string): JoinLink {
	const link = parseJoinLink(text);
	if (link !== undefined) return link;
	throw new ClientError('bad-link', catalogue.account.noLink);
}

export async function newVault(password: string, {vaultFile, entropy, scrypt}: NewProfileOptions): Promise<Vault> {
	const {random} = entropy;
	const {seed} = generateIdentity(random);
	const dataKey = intoSecret(random(32));
	return createVault(vaultFile, password, {seed, dataKey, entropy, scrypt});
}

/** Opens the vault that a sign-up or a joining left when it was cut short. */
export async function resumeVault(password: string, {vaultFile, entropy}: NewProfileOptions): Promise<Vault> {
	return openVault(vaultFile, password, entropy).catch((error: unknown) => {
		if (!(error instanceof ClientError) || error.code !== 'wrong-password') throw error;
		throw new ClientError('has-account', catalogue.account.begun(vaultFile), {cause: error});
	});
}
