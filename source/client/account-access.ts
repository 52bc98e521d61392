// Sign-up, joining, sign-in, sign-off and change of password: one at a time, in the order they were asked for.
import {Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type IdentityKey, generateIdentity} from '../crypto/identity.ts';
import {type ScryptParameters} from '../crypto/password.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {addressText} from '../wire/address.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {ClientError} from '../os/errors.ts';
import {StretchedPassword} from '../channel/directory/stretched-password.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {openHistory} from '../messaging/history/sqlite-history.ts';
import {HandoverKey} from './handover-key.ts';
import {LoginLock} from './login-lock.ts';
import {type LoggedIn, type LoginOutcome, type ServerPlace, attemptLogin} from '../channel/directory/login-attempt.ts';
import {checkPassword, errorOf, lockedFor} from './login-errors.ts';
import {type Profile} from './profile.ts';
import {type AccountSettings, type Settings} from './profile-settings.ts';
import {type JoinWaiting, joinAsDevice} from './join.ts';
import {type RecoveryChoice, type RecoveryForm, recoverAsDevice} from './account-recovery.ts';
import {type ChangeParts, type LogIn, NewerPassword, changeOwnPassword, takeNewerPassword} from './own-password.ts';
import {createAccount} from './sign-up.ts';
import {SignedIn} from './signed-in-account.ts';
import {type KeeperPolicy} from '../messaging/keeper.ts';
import {type Trace} from '../os/trace.ts';
import {type Vault, openVault, wrapForFile} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type AccountAccessOptions = {
	readonly profile: Profile;
	readonly settings: Settings;
	readonly clock: LocalClock;
	/** The UDP port that the person asked for. */
	readonly demandedPort: number | undefined;
	readonly entropy: Entropy;
	/** How new passwords are stretched. */
	readonly scrypt: ScryptParameters;
	readonly snapshots: SnapshotStore;
	readonly trace: Trace;
	readonly keeper: KeeperPolicy | undefined;
	/** Set while somebody is signed in. */
	readonly current: CurrentSignIn;
	/** Called with each sign-in. */
	readonly onSignedIn: (signedIn: SignedIn) => void;
};

export class AccountAccess {
	readonly #options: AccountAccessOptions;
	readonly #lock: LoginLock;
	#vault: Vault | undefined;
	#stretched: StretchedPassword | undefined;
	readonly #newer = new NewerPassword();
	/** What is under way. */
	#busy: Promise<unknown> = Promise.resolve();

	constructor(options: AccountAccessOptions) {
		this.#options = options;
		this.#lock = new LoginLock(options.clock, options.settings);
	}

	/** The profile's account, signed in or not; undefined in a new profile. */
	get account(): {readonly name: string; readonly server: string} | undefined {
		const {account} = this.#options.settings;
		return account && {name: account.name, server: addressText(account)};
	}

	/** What a command has to prove that it has as well; undefined until signed in. The caller's, to be forgotten. */
	handoverKey(): HandoverKey | undefined {
		return this.#vault && new HandoverKey(this.#vault);
	}

	/** When a lockout that the server told of ends, local ms; undefined without one. */
	get lockedUntil(): number | undefined {
		return this.#lock.until;
	}

	/**
	 * Makes an account at the server of a join link, and leaves the client signed in. Throws ClientError: has-account, bad-link,
	 * bad-name, bad-password, name-taken, invite-invalid, registration-closed, server-key, unreachable, refused.
	 */
	async signUp(link: string, name: string, password: string): Promise<void> {
		return this.#alone(async () => this.#signUp(link, name, password));
	}

	/**
	 * Makes this profile a device of an account by its recovery words, and leaves the client signed in. False when not all of the devices
	 * that are lost could be removed. Throws ClientError: has-account, bad-link, bad-name, bad-password, bad-words, wrong-password, locked,
	 * server-key, unreachable, refused.
	 */
	async recover(form: RecoveryForm, choice: RecoveryChoice): Promise<boolean> {
		return this.#alone(async () => this.#recover(form, choice));
	}

	/**
	 * Makes this profile a device of the account that a device link is of, and leaves the client signed in. Waits until a device of the account
	 * has answered; what it waits for is told to `onWait`, and `signal` ends it. Throws ClientError: has-account, bad-link, bad-device,
	 * bad-password, wrong-password, locked, invite-invalid, identity-changed, server-key, unreachable, refused.
	 */
	async join(link: string, password: string, label: string, waiting: JoinWaiting = {}): Promise<void> {
		return this.#alone(async () => this.#join(link, password, label, waiting));
	}

	/**
	 * Opens the vault and signs in. With the directory out of reach the client is signed in all the same, and goes on trying.
	 * After a change of the password on another device the vault is still under the former one: once both have been given, in any order, it is
	 * under the new one. Throws ClientError: no-account, wrong-password, password-changed (the new one is wanted), former-password (the former
	 * one is), locked, identity-unknown, server-key, damaged, newer.
	 */
	async signIn(password: string): Promise<void> {
		return this.#alone(async () => this.#signIn(password));
	}

	/**
	 * The person does not want to wait until the directory is tried again: it is tried at once, or as soon as it allows that. In how many
	 * ms; undefined when nothing waits.
	 */
	reconnect(): number | undefined {
		return this.#options.current.signedIn?.directory.tryNow();
	}

	/** Leaves peers and directory, and wipes every key. */
	async signOff(): Promise<void> {
		return this.#alone(async () => this.#signOff());
	}

	/** A wrong one counts, as at a sign-in. Throws ClientError: wrong-password, locked, former-password, bad-password, unreachable, refused, disk. */
	async changePassword(old: string, fresh: string): Promise<void> {
		return this.#alone(async () => this.#changePassword(old, fresh));
	}

	/**
	 * The password was changed on another device, so that the way to the directory has stopped: goes on with the new one, and this device opens
	 * with it. Throws ClientError: wrong-password, locked, bad-password, unreachable, refused, disk.
	 */
	async takePassword(fresh: string): Promise<void> {
		return this.#alone(async () => this.#takePassword(fresh));
	}

	async #signUp(link: string, name: string, password: string): Promise<void> {
		const {profile, settings, entropy, scrypt, clock} = this.#options;
		const {vaultFile} = profile;
		const options = {vaultFile, account: settings.account, entropy, scrypt, now: clock.now};
		const {account, vault, stretched, login} = await createAccount(link, name, password, options);
		settings.setAccount(account);
		await this.#begin(vault, stretched, login);
	}

	async #recover(form: RecoveryForm, choice: RecoveryChoice): Promise<boolean> {
		const {profile, settings, entropy, scrypt, clock} = this.#options;
		const {vaultFile} = profile;
		const options = {vaultFile, account: settings.account, entropy, scrypt, now: clock.now, ...choice};
		const recovered = await recoverAsDevice(form, options).catch((error: unknown) => {
			throw error instanceof ClientError ? this.#noteLock(error) : error;
		});
		const {account, vault, stretched, isCut} = recovered;
		settings.setAccount(account);
		const outcome = recovered.login ?? (await this.#logIn(account, vault.identity, stretched));
		if (isFinal(outcome)) {
			stretched.forget();
			vault.close();
			throw errorOf(outcome, account);
		}

		await this.#begin(vault, stretched, outcome.kind === 'established' ? outcome : undefined);
		return !isCut;
	}

	async #join(link: string, password: string, label: string, waiting: JoinWaiting): Promise<void> {
		const {profile, settings, entropy, scrypt, clock, current} = this.#options;
		const {vaultFile} = profile;
		const options = {vaultFile, account: settings.account, entropy, scrypt, now: clock.now, ...waiting};
		const joined = await joinAsDevice(link, password, label, options).catch((error: unknown) => {
			throw error instanceof ClientError ? this.#noteLock(error) : error;
		});
		const {account, vault, stretched} = joined;
		settings.setAccount(account);
		const outcome = joined.login ?? (await this.#logIn(account, vault.identity, stretched));
		if (isFinal(outcome)) {
			stretched.forget();
			vault.close();
			throw errorOf(outcome, account);
		}

		await this.#begin(vault, stretched, outcome.kind === 'established' ? outcome : undefined);
		current.signedIn?.devices.callThis(label);
	}

	async #signIn(password: string): Promise<void> {
		const {profile, entropy, current} = this.#options;
		if (current.signedIn !== undefined) return;
		const account = this.#account();
		checkPassword(password);
		if (this.#newer.isWanted) {
			const taken = await this.#newer.tryNewer(password, account.name, this.#logInWith);
			if (!('vault' in taken)) throw this.#noteLock(errorOf(taken, account));
			return this.#begin(taken.vault, taken.stretched, taken.login);
		}

		const vault = await openVault(profile.vaultFile, password, entropy).catch(async (error: unknown) => {
			throw isWrongPassword(error) ? await this.#askServer(account, password) : error;
		});
		const taken = await this.#newer.tryFormer(vault, this.#logInWith);
		if (taken !== undefined) return this.#begin(taken.vault, taken.stretched, taken.login);
		const stretched = new StretchedPassword(account.name, password);
		const outcome = await this.#logIn(account, vault.identity, stretched);
		if (isFinal(outcome)) {
			stretched.forget();
			// It opens the vault: it is no wrong password, but the former one.
			if (outcome.kind === 'refused' && outcome.alert.reason === 'credentials') throw this.#newer.expectNewer(vault);
			vault.close();
			throw this.#noteLock(errorOf(outcome, account));
		}

		this.#newer.forget();
		await this.#begin(vault, stretched, outcome.kind === 'established' ? outcome : undefined);
	}

	/** The vault does not open: the server counts the wrong password, as anybody's, and says how many are left. */
	async #askServer(account: AccountSettings, password: string): Promise<ClientError> {
		const {seed, identity} = generateIdentity(this.#options.entropy.random);
		wipe(seed);
		const {profile, entropy} = this.#options;
		const stretched = new StretchedPassword(account.name, password);
		const outcome = await this.#logIn(account, identity, stretched);
		// The server takes the password, and knows no such key: it was changed on another device.
		if (outcome.kind === 'refused' && outcome.alert.reason === 'identityUnknown') {
			const wrap = await wrapForFile(profile.vaultFile, password, entropy.salt);
			return this.#newer.expectFormer(stretched, wrap);
		}

		stretched.forget();
		if (outcome.kind === 'established') outcome.end();
		if (outcome.kind === 'refused' || (outcome.kind === 'failed' && outcome.reason === 'server-key')) {
			return this.#noteLock(errorOf(outcome, account));
		}

		return new ClientError('wrong-password', catalogue.account.wrongPasswordAgain);
	}

	async #logIn(account: AccountSettings, identity: IdentityKey, {stretch}: StretchedPassword): Promise<LoginOutcome> {
		const {entropy, clock} = this.#options;
		const setup = {name: account.name, identity, invite: Buffer.alloc(0), stretch, entropy, now: clock.now};
		return attemptLogin({...setup, server: placeOf(account), mode: 'sign-in'});
	}

	#noteLock(error: ClientError): ClientError {
		if (error.code === 'locked' && error.retryAfter !== undefined) this.#lock.begin(error.retryAfter);
		return error;
	}

	async #begin(vault: Vault, stretched: StretchedPassword, first: LoggedIn | undefined): Promise<void> {
		const {profile, settings, clock, demandedPort, entropy, trace, snapshots, current, onSignedIn} = this.#options;
		const {keeper} = this.#options;
		const account = this.#account();
		const {name} = account;
		let history: ReplicatedHistory | undefined;
		try {
			history = openHistory(profile.historyFile, vault.dataKey);
			snapshots.account = {name, server: addressText(account), identityKey: vault.identity.publicKey.toString('hex')};
			const server = placeOf(account);
			const parts = {settings, vault, history, snapshots, stretched, clock, demandedPort, entropy, trace, keeper};
			current.signedIn = await SignedIn.start({name, server, ...parts, first});
		} catch (error) {
			first?.end();
			history?.close();
			stretched.forget();
			vault.close();
			snapshots.clear();
			throw error;
		}

		this.#vault = vault;
		this.#stretched = stretched;
		onSignedIn(current.signedIn);
	}

	async #signOff(): Promise<void> {
		const {current, snapshots} = this.#options;
		const {signedIn} = current;
		current.signedIn = undefined;
		this.#vault = undefined;
		this.#stretched = undefined;
		this.#newer.forget();
		await signedIn?.stop();
		snapshots.clear();
	}

	async #changePassword(old: string, fresh: string): Promise<void> {
		const {entropy, scrypt} = this.#options;
		const parts = this.#parts();
		checkPassword(fresh);
		const {lockedUntil} = this;
		if (lockedUntil !== undefined) throw lockedFor(lockedUntil - this.#options.clock.now());
		await parts.vault.checkPassword(old).catch(async (error: unknown) => {
			throw isWrongPassword(error) ? await this.#askServer(this.#account(), old) : error;
		});
		await changeOwnPassword(fresh, parts, {salt: entropy.salt, scrypt});
	}

	async #takePassword(fresh: string): Promise<void> {
		const account = this.#account();
		const outcome = await takeNewerPassword(fresh, this.#parts(), this.#logInWith);
		if (outcome !== 'taken') throw this.#noteLock(errorOf(outcome, account));
	}

	/** Throws ClientError 'not-signed-in'. */
	#parts(): ChangeParts {
		const {directory, name} = this.#options.current.require();
		return {name, vault: this.#vault!, stretched: this.#stretched!, directory};
	}

	readonly #logInWith: LogIn = async (vault, stretched) => this.#logIn(this.#account(), vault.identity, stretched);

	async #alone<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#busy.then(work);
		this.#busy = result.catch(() => {});
		return result;
	}

	#account(): AccountSettings {
		const {account} = this.#options.settings;
		if (account !== undefined) return account;
		throw new ClientError('no-account', catalogue.account.none);
	}
}

function placeOf({host, port, serverKey}: AccountSettings): ServerPlace {
	return {host, port, serverKey: Buffer.from(serverKey, 'hex')};
}

function isWrongPassword(error: unknown): boolean {
	return error instanceof ClientError && error.code === 'wrong-password';
}

/** Whether trying again by itself would be of no use. */
function isFinal(outcome: LoginOutcome): outcome is LoginOutcome & {kind: 'refused' | 'failed'} {
	if (outcome.kind === 'failed') return outcome.reason === 'server-key';
	return (
		outcome.kind === 'refused' &&
		!['busy', 'shutdown', 'timeout', 'challengeFailed', 'internal'].includes(outcome.alert.reason)
	);
}
