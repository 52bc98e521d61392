// The linear client of somebody who is signed in, without a terminal: lines in, lines out.
import {type Preferences} from '../client/facade.ts';
import {type ConversationId, type Message, type Snapshot, contactIn, otherIn, talkWith} from '../client/snapshot.ts';
import {UnreadPrinter} from '../cli/unread.ts';
import {readWith} from '../ui/commands.ts';
import {Keymap} from '../ui/keymap.ts';
import {type ComposeTarget} from '../ui/panes/compose-target.ts';
import {type Overlay, type Question} from '../ui/screen-controls.ts';
import {isMutedIn, muteIn} from '../ui/screens/mutes.ts';
import {OPEN_KEY} from '../ui/screens/talk-state.ts';
import {type Emoji, hasShortcode, loadEmoji} from '../content/emoji.ts';
import {mentions} from '../ui/text/mentions.ts';
import {errorWords} from '../ui/text/error-words.ts';
import {linearCommands} from './linear-commands.ts';
import {type LinearClient, type LinearControls, type LinearTalkOptions} from './linear-controls.ts';
import {type Heard, type NewsEvent, hear, keyWords, nothingHeard, requestChoices} from './linear-news.ts';
import {chosenBy, questionLines} from './line-question.ts';
import {wakeAt} from './own-messages.ts';
import {contactWords, messageWords, nobodyOpenWords, pastLines, quoted, spoken, unreadWords} from './linear-words.ts';
import {type Unsent, fateOf, refusalLines, sendQuestion} from './unsent.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Messages that are said from where a person goes to in the past. */
const PAGE = 10;

export class LinearTalk implements LinearControls {
	readonly client: LinearClient;
	readonly now: () => number;
	readonly keymap: Keymap;
	readonly #options: LinearTalkOptions;
	readonly #unread: UnreadPrinter;
	#heard: Heard = nothingHeard;
	#question: Question | undefined;
	#target: ComposeTarget | undefined;
	/** What was typed and not sent, until what stands in its way is decided. */
	#unsent: Unsent | undefined;
	#reading: Promise<void> = Promise.resolve();
	/** Lines that were said and messages that were sent: a command that did neither has something to say yet. */
	#said = 0;

	constructor(options: LinearTalkOptions) {
		this.#options = options;
		this.client = options.client;
		this.now = options.now;
		this.keymap = new Keymap(options.client.preferences.keys);
		this.#unread = new UnreadPrinter(options.client, async message =>
			options.say(...messageWords(message, {now: this.#serverNow})),
		);
	}

	/** Says how things stand, and from now on what happens; the result ends that. */
	start(): () => void {
		const {client} = this;
		const {account, contacts} = client.snapshot();
		this.say(catalogue.linear.signedIn(account?.name ?? '', account?.server ?? ''));
		this.attend();
		const waiting = client.outbox().length;
		if (waiting > 0) this.say(catalogue.linear.waitingAtStart(waiting));
		const last = client.recallConversation(OPEN_KEY);
		if (last !== undefined && contactIn(client.snapshot(), last) !== undefined) this.open(last);
		else this.say(nobodyOpenWords(contacts.length));
		const unread = unreadWords(contacts.filter(({name}) => talkWith(name) !== this.conversation));
		this.say(...(unread === undefined ? [] : [unread]), catalogue.linear.helpLists);
		const ends = [
			client.subscribe(this.attend),
			client.onMessage(message => {
				if (message.conversation === this.conversation) this.#arrived(message);
				this.#hear({kind: 'message', message, isMuted: this.isMuted(message.conversation)});
			}),
			client.onChange(change => this.#hear({kind: 'change', change})),
		];
		return () => ends.forEach(end => end());
	}

	/** The client has news. */
	readonly attend = (): void => {
		const snapshot = this.client.snapshot();
		this.#hear({kind: 'snapshot', snapshot});
		const {conversation} = this;
		if (conversation !== undefined && contactIn(snapshot, conversation) === undefined) {
			this.#hear({kind: 'opened', conversation: undefined});
			this.say(catalogue.linear.closed);
		}

		this.#offerUnsent(snapshot);
	};

	passTime(): void {
		this.#hear({kind: 'time'});
	}

	/** A line that was typed. Resolves once what it asks for is done; with false when it is no command, was not sent or has failed. */
	async take(line: string): Promise<boolean> {
		const question = this.#question;
		this.#question = undefined;
		try {
			const meant = hasShortcode(line) ? (await this.#emoji()).meantBy(line) : line;
			const read = readWith(linearCommands(), meant);
			if (question !== undefined) this.#answer(question, line);
			if (read.kind === 'unknown') return this.#refuse(catalogue.linear.noCommand(read.name));
			if (read.kind === 'command') {
				const before = this.#said;
				await read.command.run(this, read.rest);
				if (this.#said === before) this.tell(catalogue.linear.done);
			} else if (question === undefined) {
				return this.#write(read.text);
			}

			return true;
		} catch (error) {
			return this.#refuse(errorWords(error));
		}
	}

	/** Drops what was asked or begun; false when there was nothing. */
	drop(): boolean {
		const isAny = this.#question !== undefined || this.#target !== undefined;
		if (this.#question !== undefined) this.tell(this.#question.keep);
		this.#question = undefined;
		this.#target = undefined;
		return isAny;
	}

	/** What is said at the end, and kept for the next start. */
	end(): void {
		try {
			this.client.rememberConversation(OPEN_KEY, this.conversation);
			const waiting = this.client.outbox().length;
			if (waiting > 0) {
				this.say(catalogue.linear.waitingAtEnd(waiting));
			}
		} catch (error) {
			// After a restart another conversation is open, and nothing is lost.
			this.client.caught('open conversation', error);
		}

		this.say(catalogue.linear.goodbye);
	}

	/** Lines have none. */
	get overlay(): undefined {
		return undefined;
	}

	get conversation(): ConversationId | undefined {
		return this.#heard.open;
	}

	get messages(): readonly Message[] {
		const {conversation} = this;
		return (conversation && this.client.snapshot().conversations.get(conversation)?.messages) ?? [];
	}

	get target(): ComposeTarget | undefined {
		return this.#target;
	}

	setTarget(target: ComposeTarget | undefined): void {
		this.#target = target;
		if (target === undefined) return;
		const words = quoted(target.text);
		if (target.kind === 'edit') this.say(catalogue.linear.changing(words));
		else this.say(catalogue.linear.replying(words));
	}

	get preferences(): Preferences {
		return this.client.preferences;
	}

	prefer(change: Partial<Preferences>): void {
		this.client.setPreferences(change);
	}

	rebind(): undefined {}

	write(): void {}

	isMuted(conversation: ConversationId): boolean {
		return isMutedIn(this.client, conversation);
	}

	readonly mute = (conversation: ConversationId, isMuted: boolean): void => muteIn(this.client, conversation, isMuted);

	open(conversation: ConversationId): void {
		// Somebody may have come into the list just now.
		this.attend();
		this.#target = undefined;
		this.#hear({kind: 'opened', conversation});
		const contact = contactIn(this.client.snapshot(), conversation);
		if (contact === undefined) return;
		const words = contactWords({...contact, unread: 0}, {isMuted: this.isMuted(conversation)});
		this.say(catalogue.linear.talkingTo(words));
		if (contact.identity === 'changed') this.say(...keyWords(contact.name));
		if (contact.request === true) this.say(requestChoices(contact.name));
		this.#read(conversation);
	}

	send(conversation: ConversationId, text: string): void {
		this.#sent(conversation, this.client.send(conversation, text));
	}

	reveal(conversation: ConversationId, id: string): void {
		if (!this.client.reveal(conversation, id)) return this.tell(catalogue.linear.notThere);
		const messages = this.client.snapshot().conversations.get(conversation)?.messages ?? [];
		const at = messages.findIndex(message => message.id === id);
		this.recount(messages.slice(at, at + PAGE));
	}

	recount(messages: readonly Message[]): void {
		this.say(...pastLines(messages, {now: this.#serverNow, open: this.conversation}));
	}

	tell(words: string): void {
		if (words !== '') this.say(spoken(words, new Set(this.client.snapshot().contacts.map(({name}) => name))));
	}

	say(...lines: readonly string[]): void {
		this.#said += lines.length;
		void this.#options.say(...lines);
	}

	/** Lines are without markup as it is. */
	showRaw(): void {}

	/** Of what lies on the screen for a person to choose in, the questions alone can be asked here. */
	show(overlay: Overlay | undefined): void {
		if (overlay?.question !== undefined) this.ask(overlay.question);
	}

	copy(text: string): void {
		this.say(text);
	}

	ask(question: Question): void {
		if (this.#options.isHeld()) return void this.#askLater(question);
		this.#question = question;
		this.say(...questionLines(question));
	}

	quit(): void {
		this.#options.quit();
	}

	/** A message in the open conversation: who types hears of it later, and is rung for. */
	#arrived(message: Message): void {
		this.#unread.arrived(message);
		const {conversation, text} = message;
		if (!this.#options.isHeld() || this.isMuted(conversation)) return;
		if (contactIn(this.client.snapshot(), conversation)?.request === true) return;
		this.#options.notify(otherIn(conversation), mentions(text, this.client.snapshot().account?.name ?? ''));
	}

	/** The line that is half typed is no answer: the question is not heard yet. */
	async #askLater(question: Question): Promise<void> {
		await this.#options.say(...questionLines(question));
		this.#question = question;
	}

	async #emoji(): Promise<Emoji> {
		return loadEmoji(error => this.client.caught('emoji', error));
	}

	/** As the times of messages are. */
	get #serverNow(): number {
		return this.now() + (this.client.snapshot().clockOffset ?? 0);
	}

	#answer(question: Question, typed: string): void {
		const choice = chosenBy(typed, question);
		if (choice === undefined) return this.tell(question.keep);
		const before = this.#said;
		choice.act(this);
		if (this.#said === before) this.tell(catalogue.linear.done);
	}

	/** A text for the open conversation, or for the message that it is about. False when it is not sent. */
	#write(text: string): boolean {
		const target = this.#target;
		this.#target = undefined;
		const {conversation, client} = this;
		if (text.trim() === '') {
			if (target !== undefined) this.tell(catalogue.linear.leftAsItIs);
			return true;
		}

		if (conversation === undefined) return this.#refuse(catalogue.linear.nobodyToSendTo);
		if (target?.kind === 'edit') {
			client.edit(conversation, target.message.id, text);
			this.tell(catalogue.linear.changed);
			return true;
		}

		const message = {conversation, text, reply: target?.message};
		const refusal = refusalLines(client.snapshot(), conversation);
		if (refusal === undefined) this.#send(message);
		else {
			this.#unsent = message;
			this.say(...refusal);
		}

		return refusal === undefined;
	}

	#refuse(words: string): false {
		this.tell(words);
		return false;
	}

	#send({conversation, text, reply}: Unsent): void {
		this.#sent(conversation, this.client.send(conversation, text, {reply}));
	}

	#sent(conversation: ConversationId, id: string): void {
		this.#said++;
		this.#hear({kind: 'sent', id, conversation});
		this.client.reconnect();
	}

	#offerUnsent(snapshot: Snapshot): void {
		const unsent = this.#unsent;
		if (unsent === undefined || this.#question !== undefined) return;
		const fate = fateOf(unsent, snapshot, this.conversation);
		if (fate === 'waits') return;
		this.#unsent = undefined;
		if (fate === 'ask') this.ask(sendQuestion(unsent, () => this.#send(unsent)));
	}

	#hear(event: NewsEvent): void {
		const {heard, lines, reads, rings} = hear(this.#heard, event, this.now());
		this.#heard = heard;
		this.#options.news(...lines);
		if (reads !== undefined) this.#read(reads);
		if (rings !== undefined) this.#options.notify(otherIn(rings.conversation), rings.isMention);
		this.#options.wake(wakeAt(heard.own));
	}

	/** One reading after the other, so that each message is said once. What is said is read. */
	#read(conversation: ConversationId): void {
		this.#reading = this.#reading.then(async () => this.#unread.print(conversation)).catch(this.#options.onError);
	}
}
