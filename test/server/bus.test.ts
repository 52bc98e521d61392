// What servers of a cluster tell each other: nobody else reads, forges or repeats it, and what cannot be read is passed over.
import {Buffer} from 'node:buffer';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {PostgresqlDatabase} from '../../source/server/store/postgresql-database.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {encode} from 'cborg';
import {systemRandom} from '../../source/crypto/random.ts';
import {type BusEnvelope, decodeEnvelopes, encodeEnvelope} from '../../source/server/cluster/bus-messages.ts';
import {BUS_WINDOW_MS, BusSeal, EVERYBODY} from '../../source/server/cluster/bus-seal.ts';
import {NodeIds} from '../../source/server/cluster/node-ids.ts';

const seed = systemRandom(32);
const boot = (digit: string) => digit.repeat(16);

function made() {
	const clock = {now: 1_800_000_000_000};
	const seal = (node: number, digit: string, key = seed) =>
		new BusSeal(key, {node, boot: boot(digit)}, systemRandom, () => clock.now);
	return {clock, seal, one: seal(1, 'a'), two: seal(2, 'b'), three: seal(3, 'c')};
}

test('a message is read by the server that it is for, or by all, and by none twice', t => {
	const {one, two, three} = made();
	const text = one.seal(2, Buffer.from('hello'));
	t.deepEqual(two.open(text), {from: {node: 1, boot: boot('a')}, plaintext: Buffer.from('hello')});
	t.is(two.open(text), undefined);
	t.is(three.open(text), undefined);
	t.is(one.open(text), undefined);
	const all = one.seal(EVERYBODY, Buffer.from('all'));
	t.truthy(two.open(all));
	t.truthy(three.open(all));
	t.is(two.open(all), undefined);
	t.is(one.open(all), undefined);
});

test('an older message does not count behind a newer one, nor one from another time, in either direction', t => {
	const {clock, one, two} = made();
	const [first, second] = [one.seal(2, Buffer.from('1')), one.seal(2, Buffer.from('2'))];
	t.truthy(two.open(second));
	t.is(two.open(first), undefined);
	const late = one.seal(2, Buffer.from('3'));
	clock.now += BUS_WINDOW_MS + 1;
	t.is(two.open(late), undefined);
	const early = one.seal(2, Buffer.from('4'));
	clock.now -= BUS_WINDOW_MS + 1;
	t.is(two.open(early), undefined);
	t.truthy(two.open(one.seal(2, Buffer.from('5'))));
});

test('whoever runs the database cannot forge: every changed byte, another key and noise are dropped', t => {
	const {seal, one, two} = made();
	const bytes = Buffer.from(one.seal(2, Buffer.from('hello')), 'base64');
	for (let at = 0; at < bytes.length; at++) {
		const changed = Buffer.from(bytes);
		changed[at]! ^= 1;
		t.is(two.open(changed.toString('base64')), undefined, `byte ${at}`);
	}

	t.is(two.open(seal(1, 'd', systemRandom(32)).seal(2, Buffer.from('hello'))), undefined);
	for (const text of ['', 'A', '*'.repeat(100), systemRandom(5000).toString('base64')]) t.is(two.open(text), undefined);
	t.truthy(two.open(bytes.toString('base64')));
});

function framed(part: Buffer): Buffer {
	const length = Buffer.alloc(2);
	length.writeUInt16BE(part.length);
	return Buffer.concat([length, part]);
}

test('messages survive their encoding, several in one, and what is none is left out', t => {
	const asker = {
		name: 'alice',
		identityKey: systemRandom(32),
		isFounding: true,
		speaksDevices: false,
		host: '192.0.2.1',
		sightings: [
			{reflector: {host: '192.0.2.9', port: 7406}, address: {host: '192.0.2.1', port: 4000}, time: 1_800_000_000_000},
		],
		candidates: [],
	};
	const asked = {request: 4_294_967_295, name: 'bob', time: 1_800_000_000_000};
	const sent: BusEnvelope[] = [
		{message: {kind: 'changed', names: ['alice', 'bob']}},
		{message: {kind: 'introduce', asked, asker, mayCall: true}, ask: 7},
		{
			message: {kind: 'introduced', outcome: 'granted', introduction: systemRandom(432), ways: systemRandom(100)},
			answers: 7,
		},
		{message: {kind: 'bind', datagram: systemRandom(96), from: {host: '::1', port: 1}, at: {host: '::1', port: 2}}},
	];
	const parts = sent.map(each => framed(encodeEnvelope(each)));
	t.deepEqual(decodeEnvelopes(Buffer.concat(parts)), sent);
	const wrong = [
		{message: {kind: 'later', name: 'alice'}},
		{message: {kind: 'changed', names: ['Not A Name']}},
		{message: {kind: 'bind', datagram: systemRandom(97), from: {host: '::1', port: 1}, at: {host: '::1', port: 2}}},
		{message: {kind: 'introduced', outcome: 'maybe'}},
		7,
	].map(each => framed(Buffer.from(encode(each))));
	t.deepEqual(decodeEnvelopes(Buffer.concat([...wrong, framed(Buffer.from([0xff])), parts[0]!])), [sent[0]!]);
	t.deepEqual(decodeEnvelopes(parts[0]!.subarray(0, -1)), []);
	t.deepEqual(decodeEnvelopes(Buffer.from([1])), []);
});

test('a session id names its server to those who have the seed, and looks random to others', t => {
	const [ids, others] = [new NodeIds(Buffer.alloc(32, 1)), new NodeIds(Buffer.alloc(32, 2))];
	const random = systemRandom(16);
	for (const node of [0, 1, 255, 256, 65_000]) {
		const id = ids.idFor(node, random);
		t.is(ids.nodeOf(id), node);
		t.deepEqual(id.subarray(2), random.subarray(2));
	}

	t.not(others.nodeOf(ids.idFor(1, random)), 1);
});

test('a database that is away is told of once for each try to listen, and not as a connection that was lost', async t => {
	const database = new PostgresqlDatabase(`postgres:///nobody?host=${temporaryFolder(t)}`);
	t.teardown(async () => database.close());
	let lost = 0;
	const listening = database.listen(
		['a'],
		() => {},
		() => lost++,
	);
	await t.throwsAsync(listening, {code: 'unreachable'});
	// The client of the driver says that it has ended a moment later.
	for (let looks = 0; looks < 20; looks++) await setImmediate();
	t.is(lost, 0);
});
