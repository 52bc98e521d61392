// The client as a screen or a script sees it: calls in, one immutable snapshot out. Every call goes to the object that it is about.
import {networkInterfaces} from 'node:os';
import {DEFAULT_SCRYPT} from '../crypto/password.ts';
import {systemEntropy} from '../protocol/entropy.ts';
import {AccountAccess} from './account-access.ts';
import {SnapshotStore} from './snapshot-store.ts';
import {localClock} from '../os/local-clock.ts';
import {type ClientOptions} from './client-options.ts';
import {ContactList, type SearchPage} from './contact-list.ts';
import {type Written} from '../messaging/conversations.ts';
import {CurrentSignIn} from './current-sign-in.ts';
import {type Diagnosis, diagnose} from './diagnosis.ts';
import {type Remembered} from '../messaging/history/history.ts';
import {Files} from './file-acts.ts';
import {KeeperView} from './keeper-view.ts';
import {MessageArchive} from './message-archive.ts';
import {Messages} from './messages.ts';
import {DeviceUse} from './device-use.ts';
import {type DeviceActs} from './own-devices.ts';
import {type RecoveryActs} from './own-recovery.ts';
import {type Preferences} from './preferences.ts';
import {type Profile, openProfile} from './profile.ts';
import {ScreenMemory} from './screen-memory.ts';
import {type Settings, openSettings} from './profile-settings.ts';
import {type Change, type ConversationId, type Message, type MessageName, type Snapshot} from './snapshot.ts';
import {Audience} from '../os/audience.ts';
import {Trace} from '../os/trace.ts';

export * from './beside-client.ts';

export class Client {
	readonly #profile: Profile;
	readonly #settings: Settings;
	readonly #current = new CurrentSignIn();
	readonly #snapshots = new SnapshotStore();
	readonly #account: AccountAccess;
	readonly #messages: Messages;
	readonly #archive = new MessageArchive(this.#current, this.#snapshots);
	readonly #contacts = new ContactList(this.#current);
	readonly #memory = new ScreenMemory(this.#current);
	readonly #trace: Trace;
	/** These stay over sign-off and sign-in. */
	readonly #messageAudience = new Audience<Message>();
	readonly #changeAudience = new Audience<Change>();
	readonly keeper = new KeeperView(this.#current);
	readonly use = new DeviceUse(this.#current);
	readonly files = new Files(this.#current);

	private constructor(profile: Profile, settings: Settings, options: ClientOptions) {
		this.#profile = profile;
		this.#settings = settings;
		const current = this.#current;
		const clock = options.clock ?? localClock;
		this.#trace = new Trace(clock.now, options.trace);
		this.#account = new AccountAccess({
			profile,
			settings,
			clock,
			demandedPort: options.port,
			entropy: options.entropy ?? systemEntropy,
			scrypt: options.scrypt ?? DEFAULT_SCRYPT,
			trace: this.#trace,
			keeper: options.keeper,
			snapshots: this.#snapshots,
			current,
			onSignedIn: ({conversations, keeper}) => {
				keeper?.onNews(this.keeper.tell);
				conversations.onMessage(this.#messageAudience.tell);
				conversations.onChange(this.#changeAudience.tell);
			},
		});
		this.#messages = new Messages(current, this.#snapshots, settings);
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

	/** Signs off and gives the profile back. */
	async close(): Promise<void> {
		await this.signOff();
		this.#profile.close();
		this.#trace.close();
	}

	/** The same value until something changes. */
	snapshot(): Snapshot {
		return this.#snapshots.snapshot();
	}

	/** Calls `listener` after changes, at most once a turn of the event loop; the result ends that. */
	subscribe(listener: () => void): () => void {
		return this.#snapshots.subscribe(listener);
	}

	/** Calls `listener` with each new incoming message, once, when it is on the disk; the result ends that. */
	onMessage(listener: (message: Message) => void): () => void {
		return this.#messageAudience.add(listener);
	}

	/** Calls `listener` with what contacts do about messages that were there, once it is on the disk; the result ends that. */
	onChange(listener: (change: Change) => void): () => void {
		return this.#changeAudience.add(listener);
	}

	/** How the person wants the screen; before sign-in too. */
	get preferences(): Preferences {
		return this.#settings.preferences;
	}

	/** On the disk when it returns. Throws ClientError 'disk'. */
	setPreferences(change: Partial<Preferences>): void {
		this.#settings.setPreferences(change);
		this.#current.signedIn?.preferencesChanged();
	}

	/** The screen goes on without something that failed: it is counted, and written to the trace. */
	caught(what: string, error: unknown): void {
		this.#trace.caught('screen', what, error);
	}

	/** What is known of the way to the directory and to the contacts. */
	diagnose(): Diagnosis {
		return diagnose(this.snapshot(), networkInterfaces(), this.#trace.counts, this.#current.signedIn?.probed);
	}

	// The account: see account-access.ts.

	get account(): AccountAccess['account'] {
		return this.#account.account;
	}

	handoverKey(): ReturnType<AccountAccess['handoverKey']> {
		return this.#account.handoverKey();
	}

	get lockedUntil(): number | undefined {
		return this.#account.lockedUntil;
	}

	async signUp(link: string, name: string, password: string): Promise<void> {
		return this.#account.signUp(link, name, password);
	}

	async recover(...form: Parameters<AccountAccess['recover']>): Promise<boolean> {
		return this.#account.recover(...form);
	}

	/** Throws ClientError 'not-signed-in'. */
	get recovery(): RecoveryActs {
		return this.#current.require().recovery;
	}

	async join(...joining: Parameters<AccountAccess['join']>): Promise<void> {
		return this.#account.join(...joining);
	}

	async signIn(password: string): Promise<void> {
		return this.#account.signIn(password);
	}

	reconnect(): number | undefined {
		return this.#account.reconnect();
	}

	async signOff(): Promise<void> {
		return this.#account.signOff();
	}

	async changePassword(old: string, fresh: string): Promise<void> {
		return this.#account.changePassword(old, fresh);
	}

	async takePassword(fresh: string): Promise<void> {
		return this.#account.takePassword(fresh);
	}

	/** The own devices. Throws ClientError 'not-signed-in'. */
	get devices(): DeviceActs {
		return this.#current.require().devices;
	}

	// Messages: see messages.ts.

	send(conversation: ConversationId, text: string, written?: Written): string {
		return this.#messages.send(conversation, text, written);
	}

	sendAll(conversation: ConversationId, texts: readonly string[]): readonly string[] {
		return this.#messages.sendAll(conversation, texts);
	}

	edit(conversation: ConversationId, id: string, text: string, draft?: Remembered): string | undefined {
		return this.#messages.edit(conversation, id, text, draft);
	}

	erase(conversation: ConversationId, id: string): string | undefined {
		return this.#messages.erase(conversation, id);
	}

	act(conversation: ConversationId, act: Parameters<Messages['act']>[1]): string {
		return this.#messages.act(conversation, act);
	}

	react(conversation: ConversationId, message: MessageName, emoji: string): string {
		return this.#messages.react(conversation, message, emoji);
	}

	setTimer(conversation: ConversationId, seconds: number): string {
		return this.#messages.setTimer(conversation, seconds);
	}

	typing(conversation: ConversationId, isTyping: boolean): void {
		this.#messages.typing(conversation, isTyping);
	}

	outbox(): readonly Message[] {
		return this.#messages.outbox();
	}

	cancel(id: string): boolean {
		return this.#messages.cancel(id);
	}

	retry(id: string): void {
		this.#messages.retry(id);
	}

	unread(conversation: ConversationId, limit: number): readonly Message[] {
		return this.#messages.unread(conversation, limit);
	}

	markRead(conversation: ConversationId, upTo?: string): boolean {
		return this.#messages.markRead(conversation, upTo);
	}

	// What was said before: see message-archive.ts.

	edits(conversation: ConversationId, message: MessageName): ReturnType<MessageArchive['edits']> {
		return this.#archive.edits(conversation, message);
	}

	loadOlder(conversation: ConversationId): void {
		this.#archive.loadOlder(conversation);
	}

	find(query: string, options?: Parameters<MessageArchive['find']>[1]): readonly Message[] {
		return this.#archive.find(query, options);
	}

	reveal(conversation: ConversationId, id: string): boolean {
		return this.#archive.reveal(conversation, id);
	}

	firstSince(conversation: ConversationId, time: number): Message | undefined {
		return this.#archive.firstSince(conversation, time);
	}

	said(conversation?: ConversationId): Iterable<Message> {
		return this.#archive.said(conversation);
	}

	forget(conversation: ConversationId): void {
		this.#archive.forget(conversation);
	}

	check(): readonly string[] {
		return this.#archive.check();
	}

	kept(): ReturnType<MessageArchive['kept']> {
		return this.#archive.kept();
	}

	// Contacts: see contact-list.ts.

	addContact(name: string): string {
		return this.#contacts.add(name);
	}

	async lookUp(name: string): Promise<string> {
		return this.#contacts.lookUp(name);
	}

	accept(name: string): void {
		this.#contacts.accept(name);
	}

	removeContact(name: string): void {
		this.#contacts.remove(name);
	}

	block(name: string, blocked: boolean): void {
		this.#contacts.block(name, blocked);
	}

	setNickname(name: string, nickname: string | undefined): void {
		this.#contacts.setNickname(name, nickname);
	}

	setAway(text: string | undefined): boolean {
		return this.#contacts.setAway(text);
	}

	safetyNumber(name: string): string | undefined {
		return this.#contacts.safetyNumber(name);
	}

	verify(name: string): void {
		this.#contacts.verify(name);
	}

	trust(name: string): void {
		this.#contacts.trust(name);
	}

	seek(name: string): void {
		this.#contacts.seek(name);
	}

	async search(prefix: string, after = ''): Promise<SearchPage> {
		return this.#contacts.search(prefix, after);
	}

	// What the screen has kept: see screen-memory.ts.

	recall(key: string, conversation?: ConversationId): string | undefined {
		return this.#memory.recall(key, conversation);
	}

	remember(key: string, value: string | undefined, conversation?: ConversationId): void {
		this.#memory.remember(key, value, conversation);
	}

	recallConversation(key: string): ConversationId | undefined {
		return this.#memory.recallConversation(key);
	}

	rememberConversation(key: string, conversation: ConversationId | undefined): void {
		this.#memory.rememberConversation(key, conversation);
	}
}
