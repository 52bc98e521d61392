// What waits for one device: handed over in order, said again when nobody says for long that it is kept, and gone with its receipt.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type OwnEntry} from '../../source/messaging/history/history.ts';
import {DeviceOutbox} from '../../source/messaging/device-outbox.ts';
import {sha256} from '../../source/crypto/hash.ts';
import {type Content, decodeContent} from '../../source/content/content.ts';
import {RECEIPT_WAIT_MS} from '../../source/content/receipt.ts';
import {REFUSAL_EVERY_MS, REFUSAL_LIMIT} from '../../source/content/refusal.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

function entry(number: number): OwnEntry {
	const id = number.toString(16).padStart(32, '0');
	return {
		id,
		conversation: talkWith('bob'),
		direction: 'out',
		time: number,
		text: `${number}`,
		state: 'queued',
		reason: undefined,
	};
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

const unsound = (number: number) => Buffer.from(`no content, ${number}`);
const digestOf = (content: Buffer) => sha256(content).subarray(0, 16);
const idOf = (number: number) => Buffer.from(entry(number).id, 'hex');

test('what has no receipt for long is said again, in order, until there is one', t => {
	const outgoing = new DeviceOutbox();
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
	const outgoing = new DeviceOutbox();
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
	const outgoing = new DeviceOutbox();
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

test('refusals go out all in one, at most once a second, and no more wait than one holds', t => {
	const outgoing = new DeviceOutbox();
	const said: Content[] = [];
	const enqueue = (content: Buffer) => said.push(decodeContent(content)!) > 0;
	t.is(outgoing.refusalsAt, Number.POSITIVE_INFINITY);
	outgoing.handRefusals(enqueue, 5000);
	t.deepEqual(said, []);
	for (const number of [1, 2, 1]) outgoing.refuse(unsound(number));
	t.true(outgoing.refusalsAt <= 5000);
	outgoing.handRefusals(() => false, 5000);
	outgoing.handRefusals(enqueue, 5000);
	t.deepEqual(said.splice(0), [{kind: 'refusal', digests: [1, 2].map(number => digestOf(unsound(number)))}]);
	const many = Array.from({length: 1000}, (_, number) => number);
	for (const number of many) outgoing.refuse(unsound(number));
	t.is(outgoing.refusalsAt, 5000 + REFUSAL_EVERY_MS);
	outgoing.handRefusals(enqueue, 5000 + REFUSAL_EVERY_MS - 1);
	t.deepEqual(said, []);
	outgoing.handRefusals(enqueue, 5000 + REFUSAL_EVERY_MS);
	t.deepEqual(said.splice(0), [
		{kind: 'refusal', digests: many.slice(0, REFUSAL_LIMIT).map(number => digestOf(unsound(number)))},
	]);
	outgoing.handRefusals(enqueue, 1_000_000);
	t.deepEqual(said, []);
});

test('only what a session has in its hands can be refused, by what was said; it does not wait any more', t => {
	const outgoing = new DeviceOutbox();
	const said: Buffer[] = [];
	const enqueue = (content: Buffer) => said.push(content) > 0;
	outgoing.queue([entry(1), entry(2), entry(3)]);
	outgoing.handEntries(enqueue, 1);
	const [first, second, third] = said.map(digestOf);
	t.deepEqual(outgoing.refused([Buffer.alloc(16), first!, first!]), [entry(1).id]);
	t.deepEqual(outgoing.delivered([idOf(1), idOf(2)], 2), [entry(2).id]);
	t.deepEqual(outgoing.refused([second!]), [], 'it is delivered');
	outgoing.takeBack();
	t.deepEqual(outgoing.refused([third!]), [], 'it waits for another session');
	outgoing.handEntries(enqueue, 3);
	outgoing.renew([{...entry(3), text: ''}]);
	t.deepEqual(outgoing.refused([third!]), [entry(3).id]);
	t.is(outgoing.size, 0);
});

test('a peer that acknowledges what it never got has us look through nothing', t => {
	const outgoing = new DeviceOutbox();
	let looks = 0;
	const watched = Array.from({length: 10_000}, (_, number) => {
		const {id, ...rest} = entry(number + 1);
		return Object.defineProperty({...rest}, 'id', {enumerable: true, get: () => (looks++, id)}) as OwnEntry;
	});
	outgoing.queue(watched);
	looks = 0;
	const others = Array.from({length: 256}, (_, number) => idOf(1_000_000 + number));
	t.deepEqual(outgoing.delivered([...others, idOf(1)], 1), []);
	t.is(looks, 0);
	const {enqueue} = session(2);
	outgoing.handEntries(enqueue, 2);
	outgoing.takeBack();
	t.deepEqual(outgoing.delivered([idOf(2), idOf(3)], 3), [entry(2).id], 'one that has been handed over can be');
	t.is(outgoing.size, watched.length - 1);
});
