// Tickets: for one key, one life, and not one bit otherwise.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {concat} from '../../../source/crypto/bytes.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {seal, sealKey} from '../../../source/crypto/seal.ts';
import {
	TICKET_LIFE_S,
	TICKET_SKEW_MS,
	type TicketKey,
	issueTicket,
	redeemTicket,
	ticketKeyId,
} from '../../../source/protocol/introduce/ticket.ts';
import {TICKET_SIZE, type TicketBody, encodeTicketBody} from '../../../source/wire/messages/introduce.ts';

const NOW = 1_800_000_000_000;
const newKey = (): TicketKey => ({id: random(8), key: random(64)});

function bodyOf(changes: Partial<TicketBody> = {}): TicketBody {
	return {
		version: 1,
		suite: 1,
		from: 'alice',
		to: 'bob',
		key: random(32),
		identityKey: random(32),
		address: {host: '192.0.2.1', port: 40_000},
		time: NOW,
		life: TICKET_LIFE_S,
		id: random(16),
		...changes,
	};
}

test('a ticket says to the holder of its key what was put into it', t => {
	const [old, current] = [newKey(), newKey()];
	const body = bodyOf();
	const ticket = issueTicket(current, body, random);
	t.is(ticket.length, TICKET_SIZE);
	t.deepEqual(ticketKeyId(ticket), current.id);
	t.deepEqual(redeemTicket(ticket, [old, current], NOW), {body});
	t.deepEqual(redeemTicket(ticket, [current, old], NOW), {body});
});

test('every ticket has one size, and shows nothing but its key id', t => {
	const key = newKey();
	const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/);
	const address = fc.record({
		host: fc.oneof(fc.ipV4(), fc.constant('2001:db8::1')),
		port: fc.integer({min: 1, max: 65_535}),
	});
	fc.assert(
		fc.property(name, name, address, (from, to, at) => {
			const ticket = issueTicket(key, bodyOf({from, to, address: at}), random);
			const opened = redeemTicket(ticket, [key], NOW);
			return ticket.length === TICKET_SIZE && 'body' in opened;
		}),
		// Both may be devices of one account.
		{examples: [['alice', 'alice', {host: '192.0.2.1', port: 1}]]},
	);
	const body = bodyOf();
	const clear = issueTicket(key, body, random);
	t.false([body.key, body.id, body.identityKey, Buffer.from('alice')].some(secret => clear.includes(secret)));
});

test('a ticket lives 60 s, with 30 s for clocks on either side', t => {
	const key = newKey();
	const ticket = issueTicket(key, bodyOf(), random);
	const at = (offset: number) => {
		const result = redeemTicket(ticket, [key], NOW + offset);
		return 'drop' in result ? result.drop : 'fine';
	};

	const end = TICKET_LIFE_S * 1000 + TICKET_SKEW_MS;
	t.deepEqual([-TICKET_SKEW_MS - 1, -TICKET_SKEW_MS, 0, end, end + 1].map(at), [
		'early',
		'fine',
		'fine',
		'fine',
		'expired',
	]);
});

test('another key, another id, or a key under another id opens nothing', t => {
	const key = newKey();
	const other = newKey();
	const ticket = issueTicket(key, bodyOf(), random);
	t.deepEqual(redeemTicket(ticket, [], NOW), {drop: 'key-id'});
	t.deepEqual(redeemTicket(ticket, [other], NOW), {drop: 'key-id'});
	t.deepEqual(redeemTicket(ticket, [{id: key.id, key: other.key}], NOW), {drop: 'tag'});
	const renamed = concat(other.id, ticket.subarray(8));
	t.deepEqual(redeemTicket(renamed, [{id: other.id, key: key.key}], NOW), {drop: 'tag'});
});

test('any flipped bit and any other length is refused', t => {
	const key = newKey();
	const ticket = issueTicket(key, bodyOf(), random);
	for (let bit = 0; bit < ticket.length * 8; bit++) {
		const flipped = Buffer.from(ticket);
		flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
		const result = redeemTicket(flipped, [key], NOW);
		const expected = bit < 64 ? 'key-id' : 'tag';
		if (!('drop' in result) || result.drop !== expected) t.fail(`bit ${bit}`);
	}

	for (let size = 0; size < ticket.length; size++) {
		const result = redeemTicket(ticket.subarray(0, size), [key], NOW);
		if (!('drop' in result) || result.drop !== 'malformed') t.fail(`size ${size}`);
	}

	t.deepEqual(redeemTicket(concat(ticket, Buffer.of(0)), [key], NOW), {drop: 'malformed'});
});

test('the halves of two tickets make none', t => {
	const key = newKey();
	const [one, other] = [issueTicket(key, bodyOf(), random), issueTicket(key, bodyOf(), random)];
	for (const cut of [24, 40, 120, 216]) {
		t.deepEqual(redeemTicket(concat(one.subarray(0, cut), other.subarray(cut)), [key], NOW), {drop: 'tag'});
	}
});

test('a well-sealed ticket of another version, or with nonsense in it, is refused', t => {
	const key = newKey();
	t.deepEqual(redeemTicket(issueTicket(key, bodyOf({version: 2}), random), [key], NOW), {drop: 'malformed'});
	const aad = concat(Buffer.from('simchat1 ticket'), key.id);
	const nonsense = Buffer.alloc(encodeTicketBody(bodyOf()).length, 0xff);
	const ticket = concat(key.id, seal(sealKey(key.key), nonsense, aad, random(16)));
	t.deepEqual(redeemTicket(ticket, [key], NOW), {drop: 'malformed'});
});
