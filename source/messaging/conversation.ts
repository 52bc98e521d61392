// Which conversation something belongs to, and who is in it. A talk of two is the smallest one.
import {type Device, foundingDevice} from '../channel/device.ts';

declare const conversationId: unique symbol;

/**
 * Names a conversation on this disk, in the snapshot and on the screen. A talk of two has the other account's name; whatever comes
 * beside it begins with a sign that no account name has.
 */
export type ConversationId = string & {readonly [conversationId]: true};

/** The talk of two with this account. */
export function talkWith(account: string): ConversationId {
	return account as ConversationId;
}

/** Whose account the other one in a talk of two is. */
export function otherIn(conversation: ConversationId): string {
	return conversation;
}

/** The devices that what is written in a conversation goes to. */
export function membersOf(conversation: ConversationId): readonly Device[] {
	return [foundingDevice(otherIn(conversation))];
}
