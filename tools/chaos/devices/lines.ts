// What a device of a run and whoever directs it say to each other, one JSON value a line.
import {type Person} from '../seed.ts';
import {type Act, type Place} from './plan.ts';

/** How a device starts. `link`: of the server for the first one of a person, of that one for the others. */
export type Role = Place & {readonly seed: string; readonly folder: string; readonly link: string};

/** `stamp` is given once in a run, and rises; a text begins with it. */
export type Order =
	| {readonly kind: 'do'; readonly act: Act; readonly stamp: number}
	/** A link for one more device. */
	| {readonly kind: 'offer'; readonly role: Place['role']}
	/** Its network is dead for so long. */
	| {readonly kind: 'cut'; readonly ms: number}
	/** Takes this device out of the account. */
	| {readonly kind: 'remove'; readonly name: Place['name']}
	/** Signs off, and ends. */
	| {readonly kind: 'leave'}
	/** Says what it has: in short, or all of it. */
	| {readonly kind: 'look'; readonly whole: boolean};

/** A message as a device shows it. */
export type Shown = {
	/** own: written by the person whose device it is. */
	readonly own: boolean;
	readonly id: string;
	/** As its text says; 0 when that is gone. */
	readonly stamp: number;
	readonly state: string;
	/** Of its text. */
	readonly digest: string;
	/** The stamps of the edit and the reactions that hold, 0 without one. */
	readonly edited: number;
	readonly ownReaction: number;
	readonly theirReaction: number;
	readonly erased: boolean;
};

export type View = {
	/** Of all that follows and of all messages, in their order; what differs from device to device is not in it. */
	readonly digest: string;
	readonly count: number;
	readonly unread: number;
	/** Own entries on their way. */
	readonly outbox: number;
	/** The stamp of the nickname, 0 without one. */
	readonly nickname: number;
	readonly muted: boolean;
	readonly blocked: boolean;
	/** Messages that are to disappear, and are there. */
	readonly fleeting: number;
	/** Other devices of the account that lack something that is here, or are not met. */
	readonly lacking: number;
	/** Signed out for good. */
	readonly isOut: boolean;
	readonly standing: string;
	/** Oldest first, when all was asked for. */
	readonly messages: readonly Shown[] | undefined;
};

/** `at`: ns of the machine's monotonic clock, in digits. */
export type Told =
	| {readonly kind: 'up'}
	| {readonly kind: 'waits'; readonly seconds: number}
	| {readonly kind: 'offered'; readonly link: string}
	| {readonly kind: 'removed'}
	/** An act has returned; `id` of the message that it made, or is about. */
	| {readonly kind: 'did'; readonly act: Act['kind']; readonly stamp: number; readonly id: string}
	/** Messages of the peer are on the disk here. */
	| {readonly kind: 'landed'; readonly at: string; readonly ids: readonly string[]}
	/** Own messages are shown as delivered. */
	| {readonly kind: 'delivered'; readonly at: string; readonly ids: readonly string[]}
	| ({readonly kind: 'view'} & View);

export type Words = {
	readonly textOf: (stamp: number) => string;
	readonly editOf: (stamp: number, by: number) => string;
};

export function passwordOf(person: Person): string {
	return `the password of ${person}`;
}
