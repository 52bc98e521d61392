// What every handler of a request shares: its shape, how it ends, and how it refuses.
import {type Buffer} from 'node:buffer';
import {type Bucket, type Rate, take} from '../protocol/token-bucket.ts';
import {FRAME} from '../wire/frame.ts';
import {encodeRefused} from '../wire/messages/directory.ts';
import {type Member} from './member.ts';
import {type ServerClock} from './server-clock.ts';
import {type Directory} from './sessions.ts';

/** What happens to the connection: with 'done' it goes on, otherwise it ends for this reason. */
export type Verdict = 'done' | 'malformed' | 'flood';
/** Answers at once, or when the store has answered: then the member may be gone, and its connection takes no frame meanwhile. */
export type Handler = (directory: Directory, member: Member, body: Buffer) => Verdict | Promise<Verdict>;

/** Takes a token. If there is none, sends REFUSED and returns true. */
export function isLimited(
	client: Pick<Member, 'connection'>,
	bucket: Bucket,
	rate: Rate,
	request: number,
	clock: ServerClock,
): boolean {
	return mustWait(client, take(bucket, rate, clock.elapsed()), request);
}

/** Sends REFUSED when the request comes too early by so many ms, and returns whether it does. */
export function mustWait({connection}: Pick<Member, 'connection'>, wait: number, request: number): boolean {
	if (wait > 0) connection.send(FRAME.refused, encodeRefused({request, retryAfter: Math.ceil(wait / 1000)}));
	return wait > 0;
}

/** Refuses a request because a list is full: to ask again later does not help. */
export function refuse({connection}: Member): void {
	connection.send(FRAME.refused, encodeRefused({request: 0, retryAfter: 0}));
}
