// Used tickets: each opens one handshake. The same INIT again gets the same RESP, another INIT with the same ticket nothing.
import {type Buffer} from 'node:buffer';
import {TICKET_MEMORY_MS} from './timers.ts';

/** Tickets remembered. With SENDER_RATE, that is a minute and a half of 28 senders without a pause; the oldest goes first. */
export const TICKET_LIMIT = 1024;

/** `init` is th2, so it stands for the whole INIT; `resp` is on its way while the DH runs. */
export type UsedTicket = {readonly init: Buffer; readonly resp: Promise<Buffer>; readonly until: number};

/** Ticket id in hex → its use; at most TICKET_LIMIT, oldest first. */
export type UsedTickets = Map<string, UsedTicket>;

/** The use of ticket `id` that is still remembered at `now`. Changes nothing. */
export function usedTicket(used: UsedTickets, id: Buffer, now: number): UsedTicket | undefined {
	const ticket = used.get(id.toString('hex'));
	return ticket !== undefined && now < ticket.until ? ticket : undefined;
}

/** Remembers the use of a ticket that cannot be redeemed after `expiry`, and forgets those that are over. */
export function rememberTicket(
	used: UsedTickets,
	id: Buffer,
	use: Omit<UsedTicket, 'until'>,
	expiry: number,
	now: number,
): void {
	forgetTickets(used, now);
	used.set(id.toString('hex'), {...use, until: Math.max(now + TICKET_MEMORY_MS, expiry)});
	const [oldest] = used.keys();
	if (used.size > TICKET_LIMIT && oldest !== undefined) used.delete(oldest);
}

/** Forgets the uses that are over at `now`. */
export function forgetTickets(used: UsedTickets, now: number): void {
	for (const [id, {until}] of used) if (now >= until) used.delete(id);
}
