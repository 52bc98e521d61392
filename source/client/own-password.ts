// The password of the own account on this device: changing it, and taking over one that was changed on another device, whose vault is under
// the former one until both are known, in whatever order they come.
import {wipe} from '../crypto/bytes.ts';
import {type ScryptParameters, passwordExponent} from '../crypto/password.ts';
import {type Random} from '../crypto/random.ts';
import {srpVerifier} from '../crypto/srp.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LoggedIn, type LoginOutcome} from '../channel/directory/login-attempt.ts';
import {StretchedPassword} from '../channel/directory/stretched-password.ts';
import {ClientError} from '../os/errors.ts';
import {checkPassword} from './login-errors.ts';
import {type Vault, type Wrap} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Signs in with the key of a vault. Whatever it comes to is the caller's. */
export type LogIn = (vault: Vault, stretched: StretchedPassword) => Promise<LoginOutcome>;

export type TakenOver = {readonly vault: Vault; readonly stretched: StretchedPassword; readonly login: LoggedIn};

/** Between two sign-ins: what is known of a password that was changed elsewhere. */
export class NewerPassword {
	/** Open by the former password; the directory wants another. */
	#vault: Vault | undefined;
	/** Of the password that the directory takes; the vault does not open with it. */
	#newer: {readonly stretched: StretchedPassword; readonly wrap: Wrap} | undefined;

	/** Whether the vault is open, and the account's password is wanted. */
	get isWanted(): boolean {
		return this.#vault !== undefined;
	}

	/** The directory takes this password, and the vault does not open with it. */
	expectFormer(stretched: StretchedPassword, wrap: Wrap): ClientError {
		this.forget();
		this.#newer = {stretched, wrap};
		return new ClientError('former-password', catalogue.password.former);
	}

	/** The vault opens with this password, and the directory does not take it. */
	expectNewer(vault: Vault): ClientError {
		this.forget();
		this.#vault = vault;
		return new ClientError('password-changed', catalogue.password.elsewhere);
	}

	/** `password` may be the one that the open vault waits for. The outcome of the login when it is not. Throws PasswordError, ClientError 'disk'. */
	async tryNewer(password: string, name: string, logIn: LogIn): Promise<TakenOver | Exclude<LoginOutcome, LoggedIn>> {
		const vault = this.#vault!;
		const stretched = new StretchedPassword(name, password);
		const login = await logIn(vault, stretched);
		if (login.kind !== 'established') {
			stretched.forget();
			return login;
		}

		try {
			vault.rewrap(await vault.wrapFor(password));
		} catch (error) {
			stretched.forget();
			login.end();
			throw error;
		}

		this.#vault = undefined;
		return {vault, stretched, login};
	}

	/** `vault` has opened: with what the directory is known to take, if anything is. Throws ClientError 'disk'. */
	async tryFormer(vault: Vault, logIn: LogIn): Promise<TakenOver | undefined> {
		const newer = this.#newer;
		if (newer === undefined) return undefined;
		const login = await logIn(vault, newer.stretched);
		if (login.kind !== 'established') return undefined;
		try {
			vault.rewrap(newer.wrap);
		} catch (error) {
			login.end();
			throw error;
		}

		this.#newer = undefined;
		return {vault, stretched: newer.stretched, login};
	}

	/** Wipes what is known. */
	forget(): void {
		this.#vault?.close();
		this.#newer?.stretched.forget();
		wipe(this.#newer?.wrap.key);
		this.#vault = undefined;
		this.#newer = undefined;
	}
}

export type ChangeParts = {
	readonly name: string;
	readonly vault: Vault;
	readonly stretched: StretchedPassword;
	readonly directory: Pick<DirectoryConnection, 'changePassword' | 'resume'>;
};

/**
 * The directory takes the new verifier first: a vault under the old password still opens if the process ends in between. Throws ClientError:
 * bad-password, unreachable, refused, disk.
 */
export async function changeOwnPassword(
	fresh: string,
	{name, vault, stretched, directory}: ChangeParts,
	{salt, scrypt}: {readonly salt: Random; readonly scrypt: ScryptParameters},
): Promise<void> {
	checkPassword(fresh);
	const wrap = await vault.wrapFor(fresh);
	const stretching = {salt: salt(16), ...scrypt};
	const x = await passwordExponent(fresh, name, stretching.salt, stretching);
	const outcome = await directory.changePassword({stretching, verifier: srpVerifier(x)});
	if (outcome !== 'changed') {
		wipe(x, wrap.key);
		if (outcome === 'offline') throw new ClientError('unreachable', catalogue.account.changeOffline);
		throw new ClientError('refused', catalogue.account.tooManyChanges(outcome.retryAfter), outcome);
	}

	stretched.replace(stretching.salt, stretching, x);
	vault.rewrap(wrap);
}

/** The way to the directory has stopped, since it wants a newer password: goes on with that one. The outcome of the login when it is not. */
export async function takeNewerPassword(
	fresh: string,
	{name, vault, stretched, directory}: ChangeParts,
	logIn: LogIn,
): Promise<'taken' | Exclude<LoginOutcome, LoggedIn>> {
	checkPassword(fresh);
	const newer = new StretchedPassword(name, fresh);
	const login = await logIn(vault, newer);
	if (login.kind !== 'established') {
		newer.forget();
		return login;
	}

	stretched.takeOver(newer);
	try {
		vault.rewrap(await vault.wrapFor(fresh));
	} finally {
		directory.resume(login);
	}

	return 'taken';
}
