// Who listens to the events of a bot: order, what waits, and what is not taken at the end.
import test from 'ava';
import {BotEvents, NotTaken} from '../../source/cli/bot/bot-events.ts';
import {type ChatEvent} from '../../source/cli/events.ts';

const request = (name: string): ChatEvent => ({type: 'request', name});
const away: ChatEvent = {type: 'away', name: 'bob', text: null};

function listening() {
	const ending = new AbortController();
	const events = new BotEvents(ending.signal, error => new Error('fault', {cause: error}));
	return {events, end: () => ending.abort()};
}

test('an event goes to all who want it, one after the other, until they are taken off', async t => {
	const {events} = listening();
	const heard: string[] = [];
	let isOver = false;
	const first = events.add('request', async () => {
		await Promise.resolve();
		heard.push('first');
	});
	const second = events.add('request', () => heard.push('second'));
	const over = events.unheard().then(() => (isOver = true));
	await events.event(request('bob'));
	await events.event(away);
	t.deepEqual(heard, ['first', 'second']);
	first();
	await events.event(request('bob'));
	t.deepEqual(heard, ['first', 'second', 'second']);
	t.false(isOver);
	second();
	t.true(await over);
	await events.event(request('bob'));
	t.is(heard.length, 3);
});

test('messages are wanted once somebody listens for them, and that is told', t => {
	const {events} = listening();
	let wanted = 0;
	events.onWanted(() => wanted++);
	t.false(events.wantsMessages());
	const end = events.add('request', () => {});
	t.false(events.wantsMessages());
	events.add('message', () => {});
	t.true(events.wantsMessages());
	t.is(wanted, 2);
	end();
});

test('what a listener throws is a fault, and after the end nothing is taken', async t => {
	const {events, end} = listening();
	const off = events.add('request', async () => {
		throw new Error('no');
	});
	await t.throwsAsync(events.event(request('bob')), {message: 'fault'});
	off();
	end();
	await t.throwsAsync(events.event(request('bob')), {instanceOf: NotTaken});
});

test('in a loop an event is taken when the next one is asked for, and the loop ends with the bot', async t => {
	const {events, end} = listening();
	const seen: string[] = [];
	const loop = (async () => {
		for await (const event of events.iterate()) seen.push(event.type);
		return 'ended';
	})();
	await events.event(request('bob'));
	await events.event(away);
	t.deepEqual(seen, ['request', 'away']);
	end();
	t.is(await loop, 'ended');
	await events.unheard();
});

test('what comes while the body of a loop is busy with the end of the bot is not taken', async t => {
	const {events, end} = listening();
	const busy = Promise.withResolvers<void>();
	const loop = (async () => {
		for await (const _ of events.iterate()) await busy.promise;
	})();
	const first = events.event(request('bob'));
	// Let the loop have it.
	await new Promise(resolve => setImmediate(resolve));
	end();
	busy.resolve();
	await loop;
	t.is(await first, undefined, 'the one that it had is taken');
	await t.throwsAsync(events.event(away), {instanceOf: NotTaken});
});

test('a loop that is left does not keep the next event', async t => {
	const {events} = listening();
	const loop = (async () => {
		for await (const event of events.iterate()) return event.type;
		return undefined;
	})();
	await events.event(request('bob'));
	t.is(await loop, 'request');
	await events.unheard();
	await events.event(away);
});
