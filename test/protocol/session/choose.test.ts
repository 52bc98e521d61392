// Both sides of two sessions choose the same one to send on.
import test from 'ava';
import fc from 'fast-check';
import {type StandingSession, keepsStanding} from '../../../source/protocol/session/choose.ts';
import {SIMULTANEOUS_MS} from '../../../source/protocol/session/timers.ts';

const initiator = (establishedAt: number): StandingSession => ({role: 'initiator', establishedAt});
const responder = (establishedAt: number): StandingSession => ({role: 'responder', establishedAt});
const alice = {local: 'alice', peer: 'bob'};
const bob = {local: 'bob', peer: 'alice'};

test('of two sessions that were opened at once both sides send on the one whose initiator has the lower name', t => {
	const times = fc.integer({min: 0, max: SIMULTANEOUS_MS - 1});
	fc.assert(
		fc.property(times, times, fc.boolean(), fc.boolean(), (first, second, aliceFirst, bobFirst) => {
			const early = Math.min(first, second);
			const late = Math.max(first, second);
			// Each side may see the two in another order.
			const atAlice = aliceFirst
				? keepsStanding(initiator(early), responder(late), alice)
				: !keepsStanding(responder(early), initiator(late), alice);
			const atBob = bobFirst
				? keepsStanding(responder(early), initiator(late), bob)
				: !keepsStanding(initiator(early), responder(late), bob);
			return atAlice && atBob;
		}),
	);
	t.pass();
});

test('one that comes later, or from the same side again, takes the place of the standing one', t => {
	t.false(keepsStanding(initiator(0), responder(SIMULTANEOUS_MS), alice));
	t.true(keepsStanding(initiator(0), responder(SIMULTANEOUS_MS - 1), alice));
	t.false(keepsStanding(initiator(0), initiator(1), alice));
	t.false(keepsStanding(responder(0), responder(1), bob));
});
