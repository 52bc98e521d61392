// The events that a program hears of, from `tail --json` and in a bot: their one definition. docs/events.schema.json is made of it.
// Within a version kinds and fields are only added, and whoever reads passes over those that it does not know; what takes something
// away or gives it another meaning gets the next version.
import {FILE_PROBLEMS} from '../client/snapshot.ts';
import * as z from 'zod/mini';
import {FILE_ANSWERS} from '../content/file-answer.ts';
import {type ActName} from '../content/kinds.ts';

export const EVENTS_VERSION = 1;

const id = z
	.string()
	.check(z.regex(/^[\da-f]{32}$/), z.describe('the id of a message in its conversation: 32 hex digits'));
const name = z.string().check(z.minLength(1), z.describe('the name of a contact'));
const time = z.int().check(z.describe('ms since 1970, of the server'));
const own = z.boolean().check(z.describe('whether the message is ours'));
const text = z.string().check(z.describe('as it was typed: a stranger may have done that'));

function described<Type extends string, Fields extends z.core.$ZodShape>(type: Type, words: string, fields: Fields) {
	return z.object({type: z.literal(type), ...fields}).check(z.meta({id: type, description: words}));
}

/** What a contact has done about messages or the conversation, by the kind of act; `id` is of the message that it is about. */
const acts = {
	edit: described('edit', 'a contact has given a message of theirs another text', {id, peer: name, time, text}),
	delete: described('delete', 'a contact has deleted a message of theirs', {id, peer: name, time}),
	reaction: described('reaction', 'what a contact thinks of a message', {
		id,
		peer: name,
		time,
		own,
		emoji: z.string().check(z.describe('empty when it is taken back')),
	}),
	read: described('read', 'a contact has read all messages of ours up to this one', {id, peer: name, time}),
	timer: described('timer', 'how long new messages stay, for both', {
		peer: name,
		time,
		seconds: z.int().check(z.minimum(0), z.describe('after reading; 0: they stay')),
	}),
	pin: described('pin', 'a contact has pinned a message for both, or taken the pin off', {
		id,
		peer: name,
		time,
		own,
		pinned: z.boolean(),
	}),
	file: described('file', 'what somebody else says of a file that was offered', {
		id,
		peer: name,
		time,
		own,
		file: z
			.enum(FILE_ANSWERS)
			.check(z.describe('received: all of it is on their disk; stopped: no more of it goes or comes')),
	}),
} satisfies Readonly<Record<ActName, z.ZodMiniType>>;

const events = [
	described('message', 'a message of a contact or a stranger', {
		id,
		peer: name,
		time,
		text,
		reply: z.optional(z.object({id, own})).check(z.describe('the message that this one answers')),
		lifetime: z.optional(z.int().check(z.minimum(1))).check(z.describe('seconds after reading that it disappears')),
		file: z
			.optional(z.object({name: z.string(), size: z.int().check(z.minimum(0))}))
			.check(z.describe('it offers this file, of so many bytes; its name is what a stranger may have chosen')),
	}),
	...Object.values(acts),
	described('state', 'what has become of a message of ours', {
		id,
		peer: name,
		state: z
			.enum(['queued', 'sent', 'delivered', 'read', 'failed'])
			.check(z.describe('queued: on this disk; sent: on its way; delivered: on a disk of theirs')),
		reason: z
			.optional(z.enum(['identity-changed', 'blocked', 'cancelled', 'refused']))
			.check(z.describe('why it has failed; refused: their simchat cannot read it')),
	}),
	described('transfer', 'how a file that was offered comes, or goes', {
		id,
		peer: name,
		own,
		state: z
			.enum(['waiting', 'running', 'checking', 'done', 'stopped', 'failed'])
			.check(z.describe('waiting: for the device that has it; done: it is saved')),
		problem: z.optional(z.enum(FILE_PROBLEMS)).check(z.describe('of failed')),
		path: z.optional(z.string()).check(z.describe('of done: where it is saved')),
	}),
	described('request', 'somebody who is not in the list has written', {name}),
	described('presence', 'who came and went', {name, presence: z.enum(['online', 'offline', 'unknown'])}),
	described('away', 'why a contact is away, in their words', {
		name,
		text: z.nullable(text).check(z.describe('null when they are back')),
	}),
	described('identity', 'what is known of the key of a contact', {
		name,
		identity: z
			.enum(['unknown', 'pinned', 'verified', 'changed'])
			.check(z.describe('changed: nothing is sent to them until a person decides')),
	}),
	described('path', 'how a contact is reached', {
		name,
		path: z.enum(['none', 'looking', 'lan', 'direct', 'no-way', 'blocked']),
		words: z.string().check(z.describe('what a person is told, in English')),
		address: z.optional(z.string()).check(z.describe('of lan and direct')),
		reason: z
			.optional(z.enum(['udp-blocked', 'nowhere', 'both-vary', 'unanswered', 'families']))
			.check(z.describe('of no-way')),
		why: z.optional(z.string()).check(z.describe('of blocked, in English')),
	}),
	described('devices', 'a contact uses so many devices from then on, and not those of before', {
		name,
		time,
		count: z.int().check(z.minimum(1)),
	}),
	described('connection', 'how it stands with the server', {
		state: z.enum(['signed-out', 'connecting', 'online', 'waiting', 'stopped']),
		problem: z
			.optional(
				z.enum([
					'unreachable',
					'timeout',
					'closed',
					'busy',
					'shutdown',
					'protocol',
					'displaced',
					'removed',
					'device-removed',
					'credentials',
					'identity',
					'server-key',
				]),
			)
			.check(z.describe('of waiting and stopped')),
		retryAt: z.optional(z.number()).check(z.describe('of waiting: ms since 1970, of this machine')),
	}),
	described('disk', 'whether the disk takes something: what comes meanwhile comes again', {
		problem: z.nullable(z.string()).check(z.describe('in English; null when it does again')),
	}),
] as const;

export const chatEvent = z.discriminatedUnion('type', events);
export type ChatEvent = z.infer<typeof chatEvent>;
export type EventType = ChatEvent['type'];
/** Of one kind. */
export type EventOf<Type extends EventType> = Extract<ChatEvent, {readonly type: Type}>;
