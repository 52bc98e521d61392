// The client as a screen or a script sees it: intents in, one immutable snapshot out. Everything it takes from a person is
// checked here, and everything that goes wrong is said in words that tell what to do next.
import {Buffer} from 'node:buffer';
import {existsSync, rmSync} from 'node:fs';
import {networkInterfaces} from 'node:os';
import {type IdentityKey, generateIdentity} from '../crypto/identity.ts';
import {intoSecret, wipe} from '../crypto/bytes.ts';
import {
	DEFAULT_SCRYPT,
	PasswordError,
	type ScryptParameters,
	opaqueString,
	passwordExponent,
} from '../crypto/password.ts';
import {srpVerifier} from '../crypto/srp.ts';
import {type Entropy, systemEntropy} from '../protocol/entropy.ts';
import {parseJoinLink} from '../wire/join-link.ts';
import {AWAY_LIMIT} from '../content/away-signal.ts';
import {EMOJI_LIMIT} from '../content/reaction.ts';
import {TEXT_LIMIT} from '../content/text.ts';
import {actKind} from '../content/kinds.ts';
import {LIFETIME_LIMIT_S} from '../content/timer.ts';
import {foldName} from '../wire/name.ts';
import {Board} from './board.ts';
import {type Clock, systemClock} from './clock.ts';
import {type Diagnosis, diagnose} from './diagnosis.ts';
import {type Written} from './conversations.ts';
import {ClientError} from './errors.ts';
import {Exponent} from './exponent.ts';
import {type Act, type History, type Remembered} from './history/history.ts';
import {openHistory} from './history/sqlite.ts';
import {Lock} from './lock.ts';
import {type LoginOutcome, attemptLogin} from './login.ts';
import {endpointText, errorOf} from './login-errors.ts';
import {type Preferences} from './preferences.ts';
import {type Profile, openProfile} from './profile.ts';
import {type AccountSettings, type Settings, openSettings} from './settings.ts';
import {SignedIn} from './signed-in.ts';
import {type Change, type Message, type MessageName, type Snapshot} from './snapshot.ts';
import {Trace} from './trace.ts';
import {type Vault, createVault, openVault} from './vault.ts';

export {Archive} from './archive.ts';
export {backUp, restore} from './backup.ts';
export {ClientError, type ClientErrorCode} from './errors.ts';
export {type Diagnosis} from './diagnosis.ts';
export {type Preferences} from './preferences.ts';
export {defaultProfileFolder} from './profile.ts';

/** Of one thing that the screen remembers: characters of its key, bytes of UTF-8 of its value. */
const MEMORY_KEY = 256;
const MEMORY_VALUE = 65_536;
/** Characters of what one calls somebody. */
const NICKNAME_LIMIT = 32;

export type ClientOptions = {
	/** Everything of one account is in this folder; made when missing. */
	readonly folder: string;
	readonly clock?: Clock;
	readonly entropy?: Entropy;
	/** A file that is told what goes no further (trace.ts). */
	readonly trace?: string | undefined;
	/** How new passwords are stretched. */
	readonly scrypt?: ScryptParameters;
};

export type SearchPage = {
	readonly names: ReadonlyArray<{readonly name: string; readonly online: boolean}>;
	readonly more: boolean;
};

export class Client {
	readonly #profile: Profile;
	readonly #settings: Settings;
	readonly #clock: Clock;
	readonly #lock: Lock;
	readonly #trace: Trace;
	readonly #entropy: Entropy;
	readonly #scrypt: ScryptParameters;
	readonly #board = new Board();
	/** Survive sign-off and sign-in. */
	readonly #listeners = new Set<(message: Message) => void>();
	readonly #changeListeners = new Set<(change: Change) => void>();
	#signedIn: SignedIn | undefined;
	#vault: Vault | undefined;
	#exponent: Exponent | undefined;
	/** A sign-in, sign-up or sign-off is under way. */
	#busy: Promise<unknown> = Promise.resolve();

	private constructor(profile: Profile, settings: Settings, options: ClientOptions) {
		this.#profile = profile;
		this.#settings = settings;
		this.#clock = options.clock ?? systemClock;
		this.#lock = new Lock(this.#clock, settings);
		this.#trace = new Trace(this.#clock.now, options.trace);
		this.#entropy = options.entropy ?? systemEntropy;
		this.#scrypt = options.scrypt ?? DEFAULT_SCRYPT;
	}

	/** Takes the profile for this process. Throws ClientError: profile-busy, profile-unwritable, trace-unwritable, damaged, newer. */
	static open(options: ClientOptions): Client {
		const profile = openProfile(options.folder);
		try {
			return new Client(profile, openSettings(profile), options);
		} catch (error) {
			profile.close();
			throw error;
		}
	}

	/** The profile's account, signed in or not; undefined in a new profile. */
	get account(): {readonly name: string; readonly server: string} | undefined {
		const {account} = this.#settings;
		return account && {name: account.name, server: endpointText(account)};
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
	 * Opens the vault and signs in. With the directory out of reach the client is signed in all the same, and goes on trying.
	 * Throws ClientError: no-account, wrong-password, locked, identity-unknown, server-key, damaged, newer.
	 */
	async signIn(password: string): Promise<void> {
		return this.#alone(async () => this.#signIn(password));
	}

	/** Leaves peers and directory, and wipes every key. */
	async signOff(): Promise<void> {
		return this.#alone(async () => this.#signOff());
	}

	/** Signs off and gives the profile back. */
	async close(): Promise<void> {
		await this.signOff();
		this.#profile.close();
		this.#trace.close();
	}

	/** The same value until something changes. */
	snapshot(): Snapshot {
		return this.#board.snapshot();
	}

	/** Calls `listener` after changes, at most once a turn of the event loop; the result ends that. */
	subscribe(listener: () => void): () => void {
		return this.#board.subscribe(listener);
	}

	/** Calls `listener` with each new incoming message, once, when it is on the disk; the result ends that. */
	onMessage(listener: (message: Message) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Calls `listener` with what contacts do about messages that were there, once it is on the disk; the result ends that. */
	onChange(listener: (change: Change) => void): () => void {
		this.#changeListeners.add(listener);
		return () => this.#changeListeners.delete(listener);
	}

	/**
	 * Writes a message down and sends it as soon as the peer can be reached; its id. A name that is new becomes a contact. `draft`, under
	 * which the screen remembers the text, is forgotten in the same step on the disk: after a crash it is in one of the two.
	 * Throws ClientError: not-signed-in, bad-name, bad-message, identity-changed, blocked, disk.
	 */
	send(to: string, text: string, written: Written = {}): string {
		const {signedIn, name} = this.#reachable(to);
		const sound = soundText(text);
		signedIn.add(name);
		return signedIn.send(name, sound, written);
	}

	/**
	 * Gives a message of ours another text, on both sides; the former ones are kept. `draft` is forgotten as by `send`. Throws ClientError: not-signed-in, bad-name,
	 * bad-message, identity-changed, blocked, disk.
	 */
	edit(to: string, id: string, text: string, draft?: Remembered): void {
		const {signedIn, name} = this.#reachable(to);
		const value = soundText(text);
		const message = this.#standing(name, {direction: 'out', id});
		if (message.text === value) return;
		signedIn.act(name, {kind: 'edit', target: {direction: 'out', id}, value}, draft);
	}

	/** Deletes a message of ours on both sides, for good. Throws as `edit` does. */
	erase(to: string, id: string): void {
		const {signedIn, name} = this.#reachable(to);
		this.#standing(name, {direction: 'out', id});
		signedIn.act(name, {kind: 'delete', target: {direction: 'out', id}, value: ''});
	}

	/** Says with an emoji what one thinks of a message, in place of what one said before; '' takes it back. Throws as `edit` does. */
	react(to: string, {direction, id}: MessageName, emoji: string): void {
		const {signedIn, name} = this.#reachable(to);
		const value = emoji.toWellFormed();
		if (Buffer.byteLength(value) > EMOJI_LIMIT)
			throw new ClientError('bad-message', 'that is no emoji: it is too long');
		this.#standing(name, {direction, id});
		signedIn.act(name, {kind: 'reaction', target: {direction, id}, value});
	}

	/** Does what a kind of act does (content/kinds.ts), for both sides. Throws as `edit` does. */
	act(to: string, {kind, target, value}: Pick<Act, 'kind' | 'target' | 'value'>): void {
		const {signedIn, name} = this.#reachable(to);
		const {about, value: field} = actKind(kind);
		const isSound = field === undefined ? value === '' : field.schema.safeParse(field.encode(value)).success;
		if (!isSound || (about === 'conversation') !== (target === undefined)) {
			throw new ClientError('bad-message', `that is nothing to do with a message: ${kind}`);
		}

		if (target !== undefined) this.#standing(name, target);
		signedIn.add(name);
		signedIn.act(name, {kind, target, value});
	}

	/** Former texts of a message, oldest first. Throws ClientError: not-signed-in, bad-name. */
	edits(typed: string, message: MessageName): ReadonlyArray<{readonly time: number; readonly text: string}> {
		const {signedIn, name} = this.#person(typed);
		return signedIn.conversations.edits(name, message);
	}

	/** From here on messages of both sides disappear so many seconds after they were read; 0: they stay. Throws as `edit` does. */
	setTimer(to: string, seconds: number): void {
		const {signedIn, name} = this.#reachable(to);
		if (!Number.isInteger(seconds) || seconds < 0 || seconds > LIFETIME_LIMIT_S) {
			throw new ClientError('bad-message', 'a message can disappear after 1 second to 365 days');
		}

		signedIn.add(name);
		signedIn.act(name, {kind: 'timer', target: undefined, value: String(seconds)});
	}

	/** A stranger who wrote first becomes a contact. Throws ClientError: not-signed-in, bad-name, disk. */
	accept(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.accept(name);
	}

	/** What the person here calls a contact: seen here alone. Throws ClientError: not-signed-in, bad-name, bad-message, disk. */
	setNickname(typed: string, nickname: string | undefined): void {
		const {signedIn, name} = this.#person(typed);
		if (nickname !== undefined && (nickname === '' || nickname.length > NICKNAME_LIMIT)) {
			throw new ClientError('bad-message', `a nickname has 1 to ${NICKNAME_LIMIT} characters`);
		}

		signedIn.roster.setNickname(name, nickname);
	}

	/** Tells contacts, while they have a session with us, that we are away and why; undefined: we are back. Throws: bad-message. */
	setAway(text: string | undefined): void {
		const sound = text?.toWellFormed();
		if (sound !== undefined && (sound === '' || Buffer.byteLength(sound) > AWAY_LIMIT)) {
			throw new ClientError('bad-message', `why you are away takes 1 to ${AWAY_LIMIT} bytes`);
		}

		this.#now().setAway(sound);
	}

	/** Own messages that wait or have failed, to everybody in the list, oldest first. */
	outbox(): readonly Message[] {
		return this.#now().conversations.undelivered();
	}

	/**
	 * Tells somebody whether the person here is writing to them: `true` with each key stroke, `false` once the draft is empty;
	 * what the rules of the protocol leave of that is sent. Does nothing where no session with them stands.
	 */
	typing(to: string, isTyping: boolean): void {
		const name = foldName(to);
		if (name !== undefined) this.#signedIn?.typing(name, isTyping);
	}

	/** Takes a queued message back; false when it has left already. */
	cancel(id: string): boolean {
		const message = this.#message(id);
		return message?.state === 'queued' && this.#now().cancel(message.peer, id);
	}

	/** Queues a failed message again. */
	retry(id: string): void {
		const message = this.#message(id);
		if (message?.state === 'failed') this.#now().retry(message.peer, id);
	}

	/** Takes somebody into the list, a stranger who wrote first too; the name as the directory spells it. Throws 'bad-name'. */
	addContact(typed: string): string {
		const {signedIn, name} = this.#person(typed);
		signedIn.add(name);
		signedIn.accept(name);
		return name;
	}

	/** Takes somebody off the list. What was said stays on the disk. */
	removeContact(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.remove(name);
	}

	/** Blocked: nothing of theirs is taken, and to them we seem offline. */
	block(typed: string, blocked: boolean): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.block(name, blocked);
	}

	/** 12 groups of 5 digits, the same on both sides unless somebody stands between; undefined before a first contact. */
	safetyNumber(typed: string): string | undefined {
		const {signedIn, name} = this.#person(typed);
		return signedIn.roster.safetyNumber(name)?.match(/.{5}/g)?.join(' ');
	}

	/** The person has compared the safety number. Throws 'unknown-contact'. */
	verify(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.verify(name);
	}

	/** The person takes a changed key without comparing. Throws 'unknown-contact'. */
	trust(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.trust(name);
	}

	/** The oldest `limit` messages from this contact that nobody has read, oldest first. */
	unread(typed: string, limit: number): readonly Message[] {
		const {signedIn, name} = this.#person(typed);
		return signedIn.conversations.unread(name, limit);
	}

	/**
	 * What came from this contact is read, up to the message with the id `upTo`, or all of it; they are told, if the preferences let
	 * us. False when the disk does not take it: then it is not read.
	 */
	markRead(typed: string, upTo?: string): boolean {
		const {signedIn, name} = this.#person(typed);
		return signedIn.markRead(name, this.preferences.receipts, upTo);
	}

	/** A page more of what was said before. */
	loadOlder(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		if (this.#board.conversation(name)?.hasOlder === true) signedIn.conversations.loadOlder(name);
	}

	/** Names in the directory that start with `prefix` and come after `after`. Throws ClientError: unreachable, refused. */
	async search(prefix: string, after = ''): Promise<SearchPage> {
		const found = await this.#now().link.search(prefix, after, 50);
		if (found === 'offline') {
			throw new ClientError('unreachable', 'the directory is out of reach: try again once you are connected');
		}

		if ('retryAfter' in found) {
			throw new ClientError('refused', `too many searches: try again in ${found.retryAfter} s`, found);
		}

		return {names: found.entries, more: found.more};
	}

	/**
	 * Messages with all words of `query`, each as the beginning of one, newest first: with one contact, or with everybody in the list.
	 * Letter case and accents are aside.
	 */
	find(query: string, {peer, limit = 50}: {readonly peer?: string; readonly limit?: number} = {}): readonly Message[] {
		const {conversations, roster} = this.#now();
		const {names} = roster;
		const folded = peer && foldName(peer);
		return conversations.find(query, limit, peer === undefined ? names : names.filter(name => name === folded));
	}

	/** Has the snapshot reach back to a contact's message; false when there is none, or it lies over 100,000 messages back. */
	reveal(typed: string, id: string): boolean {
		const {signedIn, name} = this.#person(typed);
		return signedIn.roster.has(name) && signedIn.conversations.reveal(name, id);
	}

	/** The earliest message with a contact from `time` on, server ms. */
	firstSince(typed: string, time: number): Message | undefined {
		const {signedIn, name} = this.#person(typed);
		return signedIn.conversations.firstSince(name, time);
	}

	/** Everything that was said, or that was said with somebody, oldest first; read as it is asked for. */
	said(typed?: string): Iterable<Message> {
		return this.#now().conversations.said(typed === undefined ? undefined : nameOf(typed));
	}

	/** Takes a conversation off the disk for good, drafts and the index of words included. What came in does not come back. */
	forget(typed: string): void {
		const {signedIn, name} = this.#person(typed);
		signedIn.forget(name);
	}

	/** What is wrong with the history, all of it read; nothing when it is sound. */
	check(): readonly string[] {
		return this.#now().conversations.check();
	}

	/**
	 * What the screen asked to be kept under `key`, of the conversation with `peer` or of the whole screen, in the encrypted history;
	 * undefined without it, or signed out.
	 */
	recall(key: string, peer?: string): string | undefined {
		return this.#signedIn?.conversations.recall(key, peer);
	}

	/**
	 * Keeps `value`, at most 64 KiB of it, under `key`; undefined forgets it. What is kept of a conversation goes with it when that is
	 * forgotten. Throws ClientError: not-signed-in, bad-name, bad-message, disk.
	 */
	remember(key: string, value: string | undefined, peer?: string): void {
		const {conversations} = this.#now();
		if (key.length > MEMORY_KEY) {
			throw new ClientError('bad-message', `that has a name of over ${MEMORY_KEY} characters: it is not remembered`);
		}

		if (value !== undefined && Buffer.byteLength(value) > MEMORY_VALUE) {
			throw new ClientError('bad-message', `that is more than ${MEMORY_VALUE} bytes: it is not remembered`);
		}

		throwUnlessKept(conversations.remember(key, value, peer === undefined ? undefined : nameOf(peer)));
	}

	/** In which conversation the screen said that `key` is; undefined without it, or signed out. */
	recallPeer(key: string): string | undefined {
		return this.#signedIn?.conversations.recallPeer(key);
	}

	/** Keeps in which one conversation `key` is; undefined forgets it. Throws ClientError: not-signed-in, bad-name, bad-message, disk. */
	rememberPeer(key: string, peer: string | undefined): void {
		throwUnlessKept(this.#now().conversations.rememberPeer(key, peer === undefined ? undefined : nameOf(peer)));
	}

	/** How the person wants the screen; before sign-in too. */
	get preferences(): Preferences {
		return this.#settings.preferences;
	}

	/** On the disk when it returns. Throws ClientError 'disk'. */
	setPreferences(change: Partial<Preferences>): void {
		this.#settings.setPreferences(change);
	}

	/** What is known of the way to the directory and to the contacts. */
	diagnose(): Diagnosis {
		return diagnose(this.snapshot(), networkInterfaces(), this.#trace.counts);
	}

	/** Throws ClientError: wrong-password, bad-password, unreachable, refused. */
	async changePassword(old: string, fresh: string): Promise<void> {
		return this.#alone(async () => this.#changePassword(old, fresh));
	}

	async #signUp(text: string, typed: string, password: string): Promise<void> {
		const {account} = this.#settings;
		if (account !== undefined) {
			throw new ClientError(
				'has-account',
				`this profile is ${account.name}'s at ${endpointText(account)}: choose another folder with --profile for a second account`,
			);
		}

		const link = parseJoinLink(text);
		if (link === undefined) {
			throw new ClientError(
				'bad-link',
				'that is no join link: it looks like simchat://host:port/#key, ask the server’s admin',
			);
		}

		const name = nameOf(typed);
		checkPassword(password);
		const resumed = existsSync(this.#profile.vaultFile);
		const vault = resumed ? await this.#resumeVault(password) : await this.#createVault(password);
		const {identity} = vault;
		const exponent = new Exponent(name, password);
		const server = {host: link.host, port: link.port, serverKey: link.serverKey};
		const common = {server, name, identity, stretch: exponent.stretch, scrypt: this.#scrypt};
		let outcome = await this.#attempt({...common, mode: 'sign-up', invite: Buffer.from(link.invite ?? '')});
		// The account may stand although nobody told us so: then this device gets in.
		const lost = outcome.kind === 'closed' && outcome.registerSent;
		const taken = resumed && outcome.kind === 'refused' && outcome.alert.reason === 'nameTaken';
		if (lost || taken) {
			const refusal = outcome;
			outcome = await this.#attempt({...common, mode: 'sign-in'});
			if (taken && outcome.kind === 'refused') outcome = refusal;
		}

		if (outcome.kind !== 'established') {
			exponent.forget();
			vault.close();
			// With a vault that may belong to an account, signing up again takes up where this ended.
			if (!resumed && !lost) rmSync(this.#profile.vaultFile, {force: true});
			throw errorOf(outcome, server);
		}

		this.#settings.setAccount({name, host: link.host, port: link.port, serverKey: link.serverKey.toString('hex')});
		await this.#begin(vault, exponent, outcome);
	}

	async #createVault(password: string): Promise<Vault> {
		const {random} = this.#entropy;
		const {seed} = generateIdentity(random);
		const dataKey = intoSecret(random(32));
		return createVault(this.#profile.vaultFile, password, {seed, dataKey, random, scrypt: this.#scrypt});
	}

	/** A sign-up that was cut short has left its vault. */
	async #resumeVault(password: string): Promise<Vault> {
		return openVault(this.#profile.vaultFile, password, this.#entropy.random).catch((error: unknown) => {
			if (!(error instanceof ClientError) || error.code !== 'wrong-password') throw error;
			throw new ClientError(
				'has-account',
				`a sign-up with another password was begun in this profile: use that password, or remove ${this.#profile.vaultFile} to start anew`,
				{cause: error},
			);
		});
	}

	async #signIn(password: string): Promise<void> {
		if (this.#signedIn !== undefined) return;
		const account = this.#account();
		checkPassword(password);
		const vault = await openVault(this.#profile.vaultFile, password, this.#entropy.random).catch(
			async (error: unknown) => {
				const isWrong = error instanceof ClientError && error.code === 'wrong-password';
				throw isWrong ? await this.#askServer(account, password) : error;
			},
		);
		const exponent = new Exponent(account.name, password);
		const outcome = await this.#logIn(account, vault.identity, exponent);
		if (isFinal(outcome)) {
			exponent.forget();
			vault.close();
			throw this.#noteLock(errorOf(outcome, account));
		}

		await this.#begin(vault, exponent, outcome.kind === 'established' ? outcome : undefined);
	}

	/** The vault does not open: the server counts the guess, as anybody's, and says how many are left. */
	async #askServer(account: AccountSettings, password: string): Promise<ClientError> {
		const {seed, identity} = generateIdentity(this.#entropy.random);
		wipe(seed);
		const exponent = new Exponent(account.name, password);
		const outcome = await this.#logIn(account, identity, exponent);
		exponent.forget();
		if (outcome.kind === 'established') outcome.end();
		const isKnown = outcome.kind === 'refused' && outcome.alert.reason !== 'identityUnknown';
		if (isKnown || (outcome.kind === 'failed' && outcome.reason === 'server-key')) {
			return this.#noteLock(errorOf(outcome, account));
		}

		return new ClientError('wrong-password', 'wrong password: it does not open this device’s vault; try again');
	}

	async #logIn(account: AccountSettings, identity: IdentityKey, {stretch}: Exponent): Promise<LoginOutcome> {
		return this.#attempt({server: serverOf(account), name: account.name, identity, stretch, mode: 'sign-in'});
	}

	#noteLock(error: ClientError): ClientError {
		if (error.code === 'locked' && error.retryAfter !== undefined) {
			this.#lock.begin(error.retryAfter);
		}

		return error;
	}

	async #begin(
		vault: Vault,
		exponent: Exponent,
		first: (LoginOutcome & {kind: 'established'}) | undefined,
	): Promise<void> {
		const {name, host, port, serverKey} = this.#account();
		let history: History | undefined;
		try {
			history = openHistory(this.#profile.historyFile, vault.dataKey);
			const identityKey = vault.identity.publicKey.toString('hex');
			this.#board.account = {name, server: endpointText({host, port}), identityKey};
			this.#signedIn = await SignedIn.start({
				name,
				server: serverOf({host, port, serverKey}),
				settings: this.#settings,
				vault,
				history,
				board: this.#board,
				exponent,
				clock: this.#clock,
				entropy: this.#entropy,
				trace: this.#trace,
				first,
			});
		} catch (error) {
			first?.end();
			history?.close();
			exponent.forget();
			vault.close();
			this.#board.clear();
			throw error;
		}

		this.#vault = vault;
		this.#exponent = exponent;
		this.#signedIn.conversations.onMessage(message => {
			for (const listener of this.#listeners) listener(message);
		});
		this.#signedIn.conversations.onChange(change => {
			for (const listener of this.#changeListeners) listener(change);
		});
	}

	async #signOff(): Promise<void> {
		const signedIn = this.#signedIn;
		this.#signedIn = undefined;
		this.#vault = undefined;
		this.#exponent = undefined;
		await signedIn?.stop();
		this.#board.clear();
	}

	/** The server takes the new verifier first: a vault under the old password still opens if the process ends in between. */
	async #changePassword(old: string, fresh: string): Promise<void> {
		const {link} = this.#now();
		const {name} = this.#account();
		checkPassword(fresh);
		await this.#vault!.checkPassword(old);
		const stretching = {salt: this.#entropy.random(16), ...this.#scrypt};
		const x = await passwordExponent(fresh, name, stretching.salt, stretching);
		const outcome = await link.changePassword({stretching, verifier: srpVerifier(x)});
		if (outcome !== 'changed') {
			wipe(x);
			if (outcome === 'offline') {
				throw new ClientError(
					'unreachable',
					'the directory is out of reach: change the password once you are connected',
				);
			}

			throw new ClientError('refused', `too many changes: try again in ${outcome.retryAfter} s`, outcome);
		}

		this.#exponent!.replace(stretching.salt, stretching, x);
		await this.#vault!.changePassword(old, fresh);
	}

	async #attempt(login: Omit<Parameters<typeof attemptLogin>[0], 'entropy' | 'now' | 'invite'> & {invite?: Buffer}) {
		const invite = login.invite ?? Buffer.alloc(0);
		return attemptLogin({...login, invite, entropy: this.#entropy, now: this.#clock.now});
	}

	/** One at a time, in the order they were asked for. */
	async #alone<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#busy.then(work);
		this.#busy = result.catch(() => {});
		return result;
	}

	#now(): SignedIn {
		if (this.#signedIn === undefined) throw new ClientError('not-signed-in', 'sign in first');
		return this.#signedIn;
	}

	#account(): AccountSettings {
		const {account} = this.#settings;
		if (account === undefined) {
			throw new ClientError(
				'no-account',
				'this profile has no account yet: sign up with a join link from a server’s admin',
			);
		}

		return account;
	}

	#message(id: string): Message | undefined {
		this.#now();
		return this.#board.message(id);
	}

	/** Somebody to whom something may be sent. */
	#reachable(typed: string): {signedIn: SignedIn; name: string} {
		const {signedIn, name} = this.#person(typed);
		if (signedIn.roster.isBlocked(name)) {
			throw new ClientError('blocked', `${name} is blocked: unblock them first`);
		}

		if (signedIn.roster.identity(name) === 'changed') {
			throw new ClientError(
				'identity-changed',
				`${name}'s identity key has changed: somebody may stand between you. Compare the safety number with ${name}, then take the new key with verify, or with trust if you cannot compare`,
			);
		}

		return {signedIn, name};
	}

	/** A message that is there, and not deleted. */
	#standing(peer: string, name: MessageName): Message {
		const message = this.#now().conversations.message(peer, name);
		if (message === undefined || message.deleted === true) {
			throw new ClientError('bad-message', 'that message is not there any more');
		}

		return message;
	}

	#person(typed: string): {signedIn: SignedIn; name: string} {
		const signedIn = this.#now();
		const name = nameOf(typed);
		if (name === this.#account().name) throw new ClientError('bad-name', `${name} is you: choose somebody else`);
		return {signedIn, name};
	}
}

function nameOf(typed: string): string {
	const name = foldName(typed);
	if (name !== undefined) return name;
	throw new ClientError(
		'bad-name',
		'that is no name: one has 1 to 32 of a–z, 0–9, dot, underscore and hyphen, and starts with a letter',
	);
}

function throwUnlessKept(isKept: boolean): void {
	if (!isKept) throw new ClientError('bad-message', 'too many things are remembered already: this one is not');
}

/** What can be sent as a text. */
function soundText(text: string): string {
	if (text === '') throw new ClientError('bad-message', 'there is nothing to send: the message is empty');
	const sound = text.toWellFormed();
	const size = Buffer.byteLength(sound);
	if (size > TEXT_LIMIT) {
		throw new ClientError(
			'bad-message',
			`the message has ${size} bytes, and ${TEXT_LIMIT} is the most: send it in parts`,
		);
	}

	return sound;
}

function checkPassword(password: string): void {
	try {
		opaqueString(password);
	} catch (error) {
		if (error instanceof PasswordError) throw new ClientError('bad-password', error.message, {cause: error});
		throw error;
	}
}

function serverOf({host, port, serverKey}: Omit<AccountSettings, 'name'>) {
	return {host, port, serverKey: Buffer.from(serverKey, 'hex')};
}

/** Whether trying again by itself would be of no use. */
function isFinal(outcome: LoginOutcome): outcome is LoginOutcome & {kind: 'refused' | 'failed'} {
	if (outcome.kind === 'failed') return outcome.reason === 'server-key';
	return (
		outcome.kind === 'refused' &&
		!['busy', 'shutdown', 'timeout', 'challengeFailed', 'internal'].includes(outcome.alert.reason)
	);
}
