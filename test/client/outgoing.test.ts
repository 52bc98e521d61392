// What waits for one peer: handed over in order, said again when nobody says for long that it is kept, and gone with its receipt.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type Entry} from '../../source/client/history/history.ts';
import {Outgoing} from '../../source/client/peers/outgoing.ts';
import {RECEIPT_WAIT_MS, decodeContent} from '../../source/wire/messages/content.ts';

function entry(number: number): Entry {
	const id = number.toString(16).padStart(32, '0');
	return {id, peer: 'bob', direction: 'out', time: number, text: `${number}`, state: 'queued', reason: undefined};
}

/** A session that takes so many contents; what it has taken. */
function session(room = Number.POSITIVE_INFINITY) {
	const taken: string[] = [];
	const enqueue = (content: Buffer) => {
		if (taken.length >= room) return false;
		const said = decodeContent(content);
		taken.push(said?.kind === 'text' ? said.text : (said?.kind ?? ''));
		return true;
	};

	return {taken, enqueue};
}

const idOf = (number: number) => Buffer.from(entry(number).id, 'hex');

test('what has no receipt for long is said again, in order, until there is one', t => {
	const outgoing = new Outgoing();
	const {taken, enqueue} = session();
	outgoing.queue([entry(1), entry(2), entry(3)]);
	t.is(outgoing.overdueAt, Number.POSITIVE_INFINITY);
	outgoing.handEntries(enqueue, 1000);
	t.is(outgoing.overdueAt, 1000 + RECEIPT_WAIT_MS);
	t.deepEqual(outgoing.delivered([idOf(1)], 5000), [entry(1).id]);
	t.is(outgoing.overdueAt, 5000 + RECEIPT_WAIT_MS);
	outgoing.takeBack();
	t.is(outgoing.overdueAt, Number.POSITIVE_INFINITY);
	outgoing.queue([entry(4)]);
	outgoing.handEntries(enqueue, 40_000);
	t.deepEqual(taken, ['1', '2', '3', '2', '3', '4']);
	t.is(outgoing.overdueAt, 40_000 + RECEIPT_WAIT_MS);
	t.is(outgoing.delivered([idOf(2), idOf(3), idOf(4), idOf(4), idOf(9)], 41_000).length, 3);
	t.is(outgoing.overdueAt, Number.POSITIVE_INFINITY);
	t.is(outgoing.size, 0);
});

test('a session without room leaves the rest waiting, and only what it has can be overdue', t => {
	const outgoing = new Outgoing();
	const {taken, enqueue} = session(1);
	outgoing.queue([entry(1), entry(2)]);
	t.deepEqual(outgoing.handEntries(enqueue, 1), [entry(1).id]);
	t.is(outgoing.size, 2);
	outgoing.takeBack();
	t.deepEqual(outgoing.handEntries(enqueue, 2), []);
	t.is(outgoing.overdueAt, Number.POSITIVE_INFINITY);
	t.deepEqual(taken, ['1']);
});

test('a reading waits like a message, and is no news', t => {
	const outgoing = new Outgoing();
	const {enqueue} = session();
	const target = {direction: 'in', id: entry(7).id} as const;
	outgoing.queue([entry(1), {...entry(2), kind: 'read', target, value: '', state: 'queued'}]);
	t.is(outgoing.size, 2);
	t.is(outgoing.newsSize, 1);
	outgoing.handEntries(enqueue, 1);
	outgoing.delivered([idOf(2)], 2);
	t.is(outgoing.size, 1);
	t.is(outgoing.newsSize, 1);
	outgoing.forget();
	t.is(outgoing.newsSize, 1);
});
