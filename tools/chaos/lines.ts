// What an actor, or the stranger, and whoever directs it say to each other, one JSON value a line.
import {type SavedFile, type Seen} from './check.ts';
import {type Act, type Person} from './seed.ts';

/** `at`: ns of the machine's monotonic clock, in digits. */
export type Told =
	/** Signed in; the newest messages of both directions, as they are on the disk after a start. */
	| {readonly kind: 'up'; readonly at: string; readonly sent: readonly Seen[]; readonly received: readonly Seen[]}
	/** `send` has returned. */
	| {readonly kind: 'sent'; readonly id: string; readonly number: number}
	/** An act about a message has returned, after own text number `after`. */
	| {readonly kind: 'acted'; readonly act: Act['kind']; readonly id: string; readonly after: number}
	/** A message is on the disk here. */
	| {readonly kind: 'landed'; readonly at: string; readonly id: string; readonly number: number}
	/** The client shows these as delivered. */
	| {readonly kind: 'delivered'; readonly at: string; readonly ids: readonly string[]}
	/** At rest with nothing of its own under way. */
	| {readonly kind: 'quiet'}
	/** All of both histories, in the order of the disk; `standing` says how things stand with the peer. */
	| {
			readonly kind: 'history';
			readonly standing: string;
			readonly sent: readonly Seen[];
			readonly received: readonly Seen[];
			/** What is in the folder that files are saved in. */
			readonly files: readonly SavedFile[];
	  }
	/** Signing in has to wait. */
	| {readonly kind: 'waits'; readonly seconds: number};

/** talk: say something all the time; rest, as from the start: say nothing, and tell when it is quiet; tell: hand over both histories. */
export type Order = 'talk' | 'rest' | 'tell';

/** How an actor starts. `known`: the numbers of the last own and the last received message that were heard of. */
export type Role = {
	readonly seed: string;
	readonly name: Person;
	readonly peer: Person;
	readonly folder: string;
	readonly link: string;
	readonly known: {readonly sent: number; readonly received: number};
};

/** How the stranger starts, and what it tells now and then: how much it has said so far, in how many sessions. */
export type StrangerRole = {readonly seed: string; readonly link: string};
export type StrangerTold = {readonly said: number; readonly sessions: number};
