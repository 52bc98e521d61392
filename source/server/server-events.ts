// The events of a server. The log, the counters of `status` and the metrics listen to them. No event holds a secret.
import {type AlertReason} from '../wire/alert.ts';

/** Why the server ended a connection that the client had not closed, or did not admit it. */
export type ConnectionDropReason =
	| 'malformed'
	| 'flood'
	| 'unread'
	| 'silent'
	| 'too slow'
	| 'crowded out'
	| 'address limit'
	| 'full'
	| 'no descriptors'
	/** From a trusted proxy there came none in time, or a bad one; or one came from somebody who is not trusted. */
	| 'proxy header';

export type ServerEvent =
	/** `second`: the other UDP port; undefined where there is none. */
	| {readonly kind: 'started'; readonly address: string; readonly second?: number | undefined}
	/** BIND is not answered at this own address, which has no UDP socket: the code of the system's error. */
	| {readonly kind: 'no reflector'; readonly address: string; readonly code: string}
	/** The join link's host is a guess when the server listens on all addresses. */
	| {readonly kind: 'reachable'; readonly joinLink: string; readonly isGuess: boolean}
	/** It stops: begins in so many ms to send clients away, and takes so long about it. */
	| {readonly kind: 'draining'; readonly connections: number; readonly waitMs: number; readonly spreadMs: number}
	| {readonly kind: 'stopped'}
	/** The data directory was open to others, with this mode, and has been closed. */
	| {readonly kind: 'data closed'; readonly directory: string; readonly mode: number}
	| {readonly kind: 'registered'; readonly name: string; readonly from: string}
	/** An entry was added to its device log, which has so many keys now. */
	| {readonly kind: 'devices changed'; readonly name: string; readonly devices: number}
	| {readonly kind: 'guest'; readonly name: string; readonly from: string}
	| {readonly kind: 'signed in'; readonly name: string; readonly from: string}
	| {readonly kind: 'signed out'; readonly name: string; readonly how: SignOut}
	| {readonly kind: 'refused'; readonly reason: AlertReason; readonly name?: string; readonly from: string}
	| {readonly kind: 'dropped'; readonly reason: ConnectionDropReason; readonly from: string}
	| {readonly kind: 'introduced'; readonly granted: boolean}
	| {readonly kind: 'administered'; readonly command: string; readonly name: string}
	/** The wall clock was set by so many ms: more than 0 forwards, less than 0 back. */
	| {readonly kind: 'clock set'; readonly by: number}
	/** The database that it shares was out of reach for so long that so many sessions end; and it is there again. */
	| {readonly kind: 'lease lost'; readonly sessions: number}
	| {readonly kind: 'lease taken'}
	/** The other servers are not heard, for the first time; and they are heard again. */
	| {readonly kind: 'bus down'; readonly reason: unknown}
	| {readonly kind: 'bus up'}
	| {readonly kind: 'failed'; readonly error: unknown};

export type SignOut =
	| 'signed off'
	| 'connection lost'
	| 'timed out'
	| 'displaced'
	| 'removed'
	| 'device removed'
	| 'stopped'
	| 'dropped';

/** How a session ended, by the reason of its ALERT. With any other reason it was dropped. */
export const SESSION_ENDS: Partial<Record<AlertReason, SignOut>> = {
	displaced: 'displaced',
	removed: 'removed',
	deviceRemoved: 'device removed',
	shutdown: 'stopped',
	timeout: 'timed out',
};

export type Emit = (event: ServerEvent) => void;

/** Counts since the start. */
export type Tally = {logins: number; registrations: number; refusals: number; lockouts: number; introductions: number};

export const emptyTally = (): Tally => ({logins: 0, registrations: 0, refusals: 0, lockouts: 0, introductions: 0});

/** Counts an event in a tally. */
export function count(tally: Tally, event: ServerEvent): void {
	if (event.kind === 'signed in') tally.logins++;
	if (event.kind === 'registered') tally.registrations++;
	if (event.kind === 'introduced') tally.introductions++;
	if (event.kind === 'refused') tally.refusals++;
	if (event.kind === 'refused' && event.reason === 'locked') tally.lockouts++;
}
