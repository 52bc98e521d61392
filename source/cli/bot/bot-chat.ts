// The object that a bot is given, over the client of this process and the verbs of the commands.
import path from 'node:path';
import {type Client} from '../../client/facade.ts';
import {type Contact, otherIn, talkWith} from '../../client/snapshot.ts';
import {addressee} from '../addressee.ts';
import {type ChatEvent, type EventOf, type EventType} from '../events.ts';
import {nameOf} from '../typed-flags.ts';
import {outcomeOf} from '../until-delivered.ts';
import {until} from '../until.ts';
import * as verbs from '../verbs.ts';
import {type BotEvents} from './bot-events.ts';
import {type Chat, type ChatContact, type MessageOutcome, type Sent, type Told, type WaitingMessage} from './chat.ts';

/** What a bot keeps is apart from what the screen does. */
const KEPT = 'bot ';

export class BotChat implements Chat {
	readonly me: string;
	readonly stop: AbortSignal;
	readonly #client: Client;
	readonly #events: BotEvents;

	constructor(client: Client, events: BotEvents, stop: AbortSignal) {
		this.me = client.account?.name ?? '';
		this.stop = stop;
		this.#client = client;
		this.#events = events;
	}

	on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => unknown): () => void {
		return this.#events.add(type, event => listener(event as EventOf<Type>));
	}

	[Symbol.asyncIterator](): AsyncIterableIterator<ChatEvent> {
		return this.#events.iterate();
	}

	async send(name: string, text: string): Promise<Sent> {
		const conversation = await this.#talk(name);
		return this.#sent({conversation, id: this.#client.send(conversation, text)});
	}

	async reply(name: string, id: string, text: string): Promise<Sent> {
		const conversation = await this.#talk(name);
		const reply = verbs.messageNamed(this.#client, conversation, id);
		return this.#sent({conversation, id: this.#client.send(conversation, text, {reply})});
	}

	async sendFile(name: string, file: string): Promise<Sent> {
		const conversation = await this.#talk(name);
		return this.#sent({conversation, id: await this.#client.files.offer(conversation, path.resolve(file))});
	}

	async takeFile(name: string, id: string): Promise<void> {
		const conversation = await this.#talk(name);
		await this.#client.files.take(conversation, verbs.messageNamed(this.#client, conversation, id).id);
	}

	async edit(name: string, id: string, text: string): Promise<Told> {
		return this.#told(verbs.editOwn(this.#client, await this.#talk(name), id, text));
	}

	async delete(name: string, id: string): Promise<Told> {
		return this.#told(verbs.deleteOwn(this.#client, await this.#talk(name), id));
	}

	async react(name: string, id: string, emoji: string): Promise<Told> {
		return this.#told(await verbs.reactTo(this.#client, await this.#talk(name), id, emoji));
	}

	async pin(name: string, id: string): Promise<Told> {
		return this.#told(verbs.pinMessage(this.#client, await this.#talk(name), id));
	}

	async unpin(name: string): Promise<Told> {
		return this.#told(verbs.unpinMessage(this.#client, await this.#talk(name)));
	}

	async timer(name: string, seconds: number): Promise<Told> {
		return this.#told(verbs.setTimerOf(this.#client, await this.#talk(name), seconds));
	}

	read(name: string, id?: string): void {
		verbs.readUpTo(this.#client, nameOf(name), id);
	}

	contacts(): readonly ChatContact[] {
		return this.#client.snapshot().contacts.map(contact => contactRecord(contact));
	}

	accept(name: string): void {
		verbs.acceptContact(this.#client, nameOf(name));
	}

	async block(name: string): Promise<void> {
		return verbs.blockName(this.#client, nameOf(name));
	}

	unblock(name: string): void {
		verbs.unblockContact(this.#client, nameOf(name));
	}

	mute(name: string): void {
		verbs.setMuted(this.#client, nameOf(name), true);
	}

	unmute(name: string): void {
		verbs.setMuted(this.#client, nameOf(name), false);
	}

	nick(name: string, nickname?: string): void {
		verbs.nameContact(this.#client, nameOf(name), nickname);
	}

	away(why?: string): void {
		this.#client.setAway(why);
	}

	outbox(): readonly WaitingMessage[] {
		return this.#client.outbox().map(({id, conversation, time, text, state, reason}) => ({
			id,
			peer: otherIn(conversation),
			time,
			text,
			state,
			...(reason && {reason}),
		}));
	}

	cancel(id: string): void {
		verbs.cancelOwn(this.#client, id);
	}

	retry(id: string): Told {
		return this.#told(verbs.retryOwn(this.#client, id));
	}

	remember(key: string, value: string | undefined, name?: string): void {
		this.#client.remember(KEPT + key, value, talkOrNone(name));
	}

	recall(key: string, name?: string): string | undefined {
		return this.#client.recall(KEPT + key, talkOrNone(name));
	}

	async #talk(name: string) {
		return addressee(this.#client, nameOf(name));
	}

	#sent(entry: NonNullable<verbs.ToldEntry>): Sent {
		return Object.defineProperties({id: entry.id}, Object.getOwnPropertyDescriptors(this.#told(entry))) as Sent;
	}

	/** What nobody asks for is not waited for. */
	#told(entry: verbs.ToldEntry): Told {
		let delivered: Promise<MessageOutcome> | undefined;
		const wait = async () => (entry === undefined ? 'delivered' : this.#delivery(entry));
		return {
			get delivered() {
				return (delivered ??= wait());
			},
		};
	}

	async #delivery(entry: NonNullable<verbs.ToldEntry>): Promise<MessageOutcome> {
		const client = this.#client;
		await until(client, () => this.stop.aborted || outcomeOf(client, entry) !== undefined, {stop: this.stop});
		return (this.stop.aborted ? undefined : outcomeOf(client, entry)) ?? 'stopped';
	}
}

function talkOrNone(name: string | undefined) {
	return name === undefined ? undefined : talkWith(nameOf(name));
}

function contactRecord({
	name,
	presence,
	identity,
	blocked,
	unread,
	outbox,
	nickname,
	away,
	...rest
}: Contact): ChatContact {
	const [muted, request] = [rest.muted === true, rest.request === true];
	return {name, presence, identity, blocked, muted, unread, outbox, request, nickname, away};
}
