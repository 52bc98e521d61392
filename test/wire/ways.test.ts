// REFLECTORS, CALLED and WAYS: one size whatever they say, and nothing of what pads them is free.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {FRAME, isIgnorable} from '../../source/wire/frame.ts';
import {
	CALLED_SIZE,
	WAYS_SIZE,
	decodeCalled,
	decodeReflectors,
	decodeWays,
	encodeCalled,
	encodeReflectors,
	encodeWays,
	reflectorsAt,
} from '../../source/wire/messages/ways.ts';

const at = (last: number) => ({host: `192.0.2.${last}`, port: 1000 + last});
const addresses = (count: number) => Array.from({length: count}, (_, index) => at(index + 1));
const ticket = Buffer.alloc(248, 7);

test('CALLED has 366 bytes and WAYS 114, with addresses and without', t => {
	t.deepEqual([CALLED_SIZE, WAYS_SIZE], [366, 114]);
	for (const count of [0, 1, 6]) {
		const where = {mapping: 'varies', addresses: addresses(count)} as const;
		t.is(encodeCalled({time: 5, ticket, ...where}).length, 366);
		t.is(encodeWays({request: 5, ...where}).length, 114);
	}
});

test('WAYS without a grant is the number of the request, and zeros', t => {
	const refusal = encodeWays({request: 0x01_02_03_04, mapping: 'unknown', addresses: []});
	t.deepEqual(refusal, Buffer.concat([Buffer.of(1, 2, 3, 4), Buffer.alloc(110)]));
});

test('a seventh address, a fifth reflector, a fourth mapping and another size of the ticket are refused', t => {
	const where = {mapping: 'same', addresses: addresses(7)} as const;
	t.throws(() => encodeWays({request: 1, ...where}), {instanceOf: RangeError});
	t.throws(() => encodeCalled({time: 1, ticket, ...where}), {instanceOf: RangeError});
	t.throws(() => encodeReflectors(addresses(5)), {instanceOf: RangeError});
	t.throws(() => encodeCalled({time: 1, ticket: ticket.subarray(1), mapping: 'same', addresses: []}), {
		instanceOf: RangeError,
	});

	const ways = encodeWays({request: 1, mapping: 'same', addresses: addresses(6)});
	const called = encodeCalled({time: 1, ticket, mapping: 'same', addresses: addresses(6)});
	for (const [bytes, mappingAt, decode] of [
		[ways, 4, decodeWays],
		[called, 256, decodeCalled],
	] as const) {
		t.truthy(decode(bytes));
		for (const [offset, value] of [
			[mappingAt, 3],
			[mappingAt, 255],
			[mappingAt + 1, 7],
			[mappingAt + 1, 5],
			[mappingAt + 1, 255],
		] as const) {
			const candidate = Buffer.from(bytes);
			candidate[offset] = value;
			t.is(decode(candidate), undefined, `${offset}: ${value}`);
		}
	}

	t.is(decodeReflectors(Buffer.concat([Buffer.of(5), Buffer.alloc(5 * 18, 1)])), undefined);
});

test('what pads them is zero, and no address has port 0', t => {
	const encoded = encodeWays({request: 1, mapping: 'same', addresses: [at(1)]});
	for (let offset = 6 + 18; offset < encoded.length; offset++) {
		const candidate = Buffer.from(encoded);
		candidate[offset] = 1;
		t.is(decodeWays(candidate), undefined);
	}

	const portless = Buffer.from(encoded);
	portless.fill(0, 6 + 16, 6 + 18);
	t.is(decodeWays(portless), undefined);
});

test('a client or server that does not know them passes over them', t => {
	for (const type of [FRAME.reflectors, FRAME.called, FRAME.ways]) t.true(isIgnorable(type));
});

test('the unspecified host in REFLECTORS is the one that TCP has reached', t => {
	const named = decodeReflectors(encodeReflectors([{host: '::', port: 7407}, at(1)]));
	t.deepEqual(reflectorsAt(named ?? [], {host: '198.51.100.1', port: 9000}), [
		{host: '198.51.100.1', port: 7407},
		at(1),
	]);
});
