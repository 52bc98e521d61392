// What commands and bots do about messages and people: each verb once, over the client. What tells the other side returns what to wait for.
import {type Client, ClientError, MUTE} from '../client/facade.ts';
import {addressee} from './addressee.ts';
import {typedEmoji} from '../content/emoji.ts';
import {type ConversationId, type Message, type MessageName, contactIn, otherIn, talkWith} from '../client/snapshot.ts';
import {type OwnEntryName} from './until-delivered.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {printableLine} from './printable.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Undefined where nothing is left to be told. */
export type ToldEntry = OwnEntryName | undefined;

/** Gives a message of ours another text. Throws ClientError: bad-message, not-own, and as `Client.edit`. */
export function editOwn(client: Client, conversation: ConversationId, id: string, text: string): ToldEntry {
	const message = ownMessage(client, conversation, id);
	return entry(conversation, client.edit(conversation, message.id, text));
}

/** Deletes a message of ours, on both sides; one that is deleted already is to be deleted there, too. Throws as `editOwn` does. */
export function deleteOwn(client: Client, conversation: ConversationId, id: string): ToldEntry {
	const message = ownMessage(client, conversation, id);
	return entry(conversation, client.erase(conversation, message.id));
}

/** `typed`: an emoji, its shortcode, or '' to take it back. Throws ClientError: bad-message, and as `Client.react`. */
export async function reactTo(
	client: Client,
	conversation: ConversationId,
	id: string,
	typed: string,
): Promise<ToldEntry> {
	const emoji = await typedEmoji(typed, error => client.caught('emoji', error));
	if (emoji === undefined) throw new ClientError('bad-message', catalogue.notices.noEmoji(printableLine(typed)));
	return entry(conversation, client.react(conversation, messageNamed(client, conversation, id), emoji));
}

/** Pins a message for both. Throws ClientError: bad-message, and as `Client.act`. */
export function pinMessage(client: Client, conversation: ConversationId, id: string): ToldEntry {
	const target = messageNamed(client, conversation, id);
	return entry(conversation, client.act(conversation, {kind: 'pin', target, value: 'pinned'}));
}

/** Takes the pin off, if there is one. Throws ClientError as `Client.act`. */
export function unpinMessage(client: Client, conversation: ConversationId): ToldEntry {
	const pinned = contactIn(client.snapshot(), conversation)?.agreed?.pin?.message;
	// It was taken off, and they may not have been told.
	if (pinned === undefined) return entry(conversation, client.kept().waitingAct(conversation, 'pin'));
	const target = {direction: pinned.direction, id: pinned.id};
	return entry(conversation, client.act(conversation, {kind: 'pin', target, value: ''}));
}

/** `seconds`: 0 for off. Throws ClientError as `Client.setTimer`. */
export function setTimerOf(client: Client, conversation: ConversationId, seconds: number): ToldEntry {
	return entry(conversation, client.setTimer(conversation, seconds));
}

/** What came is read, up to the message with the id, or all of it. Throws ClientError: unknown-contact, bad-message, disk. */
export function readUpTo(client: Client, name: string, id: string | undefined): void {
	const conversation = talkOf(client, name);
	if (id !== undefined && messageOf(client, conversation, 'in', id) === undefined) throw noMessage(conversation, id);
	if (!client.markRead(conversation, id?.toLowerCase()))
		throw new ClientError('disk', client.snapshot().disk?.message ?? '');
}

/** Makes a contact of a stranger who wrote first. Throws ClientError: unknown-contact, disk. */
export function acceptContact(client: Client, name: string): void {
	talkOf(client, name);
	client.accept(name);
}

/** Takes nothing of whoever has this name any more. Throws as `addressee` does. */
export async function blockName(client: Client, name: string): Promise<void> {
	await addressee(client, name);
	client.block(name, true);
}

/** Throws ClientError: unknown-contact, disk. */
export function unblockContact(client: Client, name: string): void {
	talkOf(client, name);
	client.block(name, false);
}

/** What the person here calls a contact; undefined takes it back. Throws ClientError: unknown-contact, bad-message, disk. */
export function nameContact(client: Client, name: string, nickname: string | undefined): void {
	talkOf(client, name);
	client.setNickname(name, nickname);
}

/**
 * Tells contacts that the person is away; undefined: back. `goesOn`: this process runs on. Throws ClientError 'bad-message', and Failure where it
 * would end with this process.
 */
export function sayAway(client: Client, text: string | undefined, goesOn: boolean): void {
	const lasts = client.setAway(text);
	if (text === undefined || lasts || goesOn) return;
	throw new Failure(EXIT_CODES.unavailable, catalogue.refusals.awayEnds);
}

/** Whether somebody in the list brings notifications. Throws ClientError: unknown-contact, disk. */
export function setMuted(client: Client, name: string, isMuted: boolean): void {
	client.remember(MUTE, isMuted ? 'yes' : undefined, talkOf(client, name));
}

/** Takes back what still waits. Throws ClientError 'bad-message', and Failure when it has left. */
export function cancelOwn(client: Client, id: string): void {
	const {conversation, id: own} = ownAnywhere(client, id);
	client.reveal(conversation, own);
	if (!client.cancel(own)) throw new Failure(EXIT_CODES.unavailable, catalogue.notices.onlyWaiting);
}

/** Queues what has failed again. Throws ClientError 'bad-message', and Failure when it has not failed. */
export function retryOwn(client: Client, id: string): ToldEntry {
	const {conversation, id: own, state} = ownAnywhere(client, id);
	if (state !== 'failed') throw new Failure(EXIT_CODES.unavailable, catalogue.notices.onlyFailed);
	client.reveal(conversation, own);
	client.retry(own);
	return {conversation, id: own};
}

/** The talk with somebody in the list. Throws ClientError 'unknown-contact'. */
function talkOf(client: Pick<Client, 'snapshot'>, name: string): ConversationId {
	const conversation = talkWith(name);
	if (contactIn(client.snapshot(), conversation) !== undefined) return conversation;
	throw new ClientError('unknown-contact', catalogue.refusals.notInList(printableLine(name)));
}

/** A message that is there, whoever in the list it was said with; theirs before ours. Throws ClientError 'bad-message'. */
export function messageAnywhere(client: Client, typed: string): Message {
	const message = withAnybody(client, 'in', typed) ?? withAnybody(client, 'out', typed);
	if (message !== undefined) return message;
	throw new ClientError('bad-message', catalogue.refusals.nowhere(printableLine(typed)));
}

/** A message that is there, theirs before ours. Throws ClientError 'bad-message'. */
export function messageNamed(client: Pick<Client, 'kept'>, conversation: ConversationId, typed: string): MessageName {
	const message = messageOf(client, conversation, 'in', typed) ?? messageOf(client, conversation, 'out', typed);
	if (message === undefined) throw noMessage(conversation, typed);
	if (message.deleted === true) throw new ClientError('bad-message', catalogue.refusals.messageGone);
	return {direction: message.direction, id: message.id};
}

function ownMessage(client: Pick<Client, 'kept'>, conversation: ConversationId, typed: string): Message {
	const own = messageOf(client, conversation, 'out', typed);
	if (own !== undefined) return own;
	if (messageOf(client, conversation, 'in', typed) === undefined) throw noMessage(conversation, typed);
	throw new ClientError('not-own', catalogue.refusals.notOwn(otherIn(conversation)));
}

/** An own message, whoever in the list it is for. */
function ownAnywhere(client: Client, typed: string): Message {
	const waiting = client.outbox().find(({id}) => id === typed.toLowerCase());
	if (waiting !== undefined) return waiting;
	const own = withAnybody(client, 'out', typed);
	if (own !== undefined) return own;
	throw new ClientError('bad-message', catalogue.refusals.noOwnMessage(printableLine(typed)));
}

function withAnybody(client: Client, direction: Message['direction'], typed: string): Message | undefined {
	for (const {name} of client.snapshot().contacts) {
		const message = messageOf(client, talkWith(name), direction, typed);
		if (message !== undefined) return message;
	}

	return undefined;
}

function messageOf(
	client: Pick<Client, 'kept'>,
	conversation: ConversationId,
	direction: Message['direction'],
	typed: string,
): Message | undefined {
	const id = typed.toLowerCase();
	return /^[\da-f]{32}$/.test(id) ? client.kept().message(conversation, {direction, id}) : undefined;
}

function noMessage(conversation: ConversationId, typed: string): ClientError {
	return new ClientError('bad-message', catalogue.refusals.noMessage(printableLine(typed), otherIn(conversation)));
}

function entry(conversation: ConversationId, id: string | undefined): ToldEntry {
	return id === undefined ? undefined : {conversation, id};
}
