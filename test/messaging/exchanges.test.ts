// What two people say to each other over channels that lose, double and reorder: all of it arrives, once and in order.
import test from 'ava';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {Neighbourhood, type Network, until} from '../twins/neighbourhood.ts';

const numbered = (count: number, by: string) => Array.from({length: count}, (_, index) => `${by} ${index}`);

function acquainted(network?: Network) {
	const town = new Neighbourhood(network);
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	return {town, alice, bob};
}

test('a message → introduction → INIT → RESP → FIN → MSG → written down → receipt', async t => {
	const {town, alice, bob} = acquainted();
	const ids = alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.deepEqual(alice.delivered, ids);
	t.deepEqual(
		bob.inbox.map(({peer, text}) => [peer, text]),
		[['alice', 'hello']],
	);
	t.is(town.introductions, 1);
	t.deepEqual(
		town.datagrams.slice(0, 3).map(({bytes}) => bytes[0]),
		[DATAGRAM.init, DATAGRAM.resp, DATAGRAM.fin],
	);
	town.close();
});

test('200 messages each way under 20 % loss, duplication and reordering: all, once, in order', async t => {
	const {town, alice, bob} = acquainted({seed: 7, loss: 0.2, duplication: 0.2, jitter: 20});
	alice.send('bob', ...numbered(200, 'alice'));
	bob.send('alice', ...numbered(200, 'bob'));
	await until(() => alice.delivered.length === 200 && bob.delivered.length === 200, 90_000);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		numbered(200, 'alice'),
	);
	t.deepEqual(
		alice.inbox.map(({text}) => text),
		numbered(200, 'bob'),
	);
	for (const person of [alice, bob]) {
		const {stats} = person.with(person === alice ? 'bob' : 'alice').channel;
		t.log(
			`${person.name}: ${stats?.packetsSent} packets, ${stats?.packetsLost} lost, ${stats?.fragmentsResent} fragments sent again, round trip ${stats?.rtt.toFixed(1)} ms over ${stats?.rttSamples} samples`,
		);
	}

	town.close();
});

test('both open at once: one conversation, nothing twice', async t => {
	for (let round = 0; round < 5; round++) {
		const {town, alice, bob} = acquainted({seed: round, jitter: 3});
		alice.send('bob', 'one');
		bob.send('alice', 'uno');
		await until(() => alice.delivered.length === 1 && bob.delivered.length === 1);
		alice.send('bob', 'two', 'three');
		bob.send('alice', 'due', 'tre');
		await until(() => alice.delivered.length === 3 && bob.delivered.length === 3);
		t.deepEqual(
			bob.inbox.map(({text}) => text),
			['one', 'two', 'three'],
		);
		t.deepEqual(
			alice.inbox.map(({text}) => text),
			['uno', 'due', 'tre'],
		);
		town.close();
	}
});

test('more than the transport holds at once, and more than a rekey apart', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', ...numbered(5000, 'alice'));
	await until(() => alice.delivered.length === 5000, 60_000);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		numbered(5000, 'alice'),
	);
	t.is(town.introductions, 1);
	town.close();
});

test('a message of 64 KiB arrives whole', async t => {
	const {town, alice, bob} = acquainted({seed: 3, loss: 0.05, jitter: 5});
	const long = '語'.repeat(21_800);
	alice.send('bob', long, 'after');
	await until(() => alice.delivered.length === 2);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		[long, 'after'],
	);
	town.close();
});

test('a peer that comes back without its sessions: what no receipt came for goes out again', async t => {
	const town = new Neighbourhood();
	const alice = town.join('alice');
	const bob = town.join('bob');
	town.meet();
	alice.send('bob', 'before');
	await until(() => alice.delivered.length === 1);
	town.leave(bob);
	alice.send('bob', 'meanwhile');
	const back = town.join('bob', bob.local.identity);
	back.address = bob.address;
	town.meet();
	alice.send('bob', 'after');
	await until(() => alice.delivered.length === 3);
	t.deepEqual(
		back.inbox.map(({text}) => text),
		['meanwhile', 'after'],
	);
	bob.endpoint.close();
	town.close();
});

test('a disk that refuses: nothing is acknowledged, and everything arrives once it takes again', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	bob.full = true;
	alice.send('bob', 'two', 'three');
	await until(() => alice.with('bob').channel.path.kind !== 'lan');
	t.is(alice.delivered.length, 1);
	bob.full = false;
	await until(() => alice.delivered.length === 3);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two', 'three'],
	);
	town.close();
});

test('after close every session is gone on both sides, and the peer’s next words wait for a new one', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	bob.endpoint.close();
	town.leave(bob);
	await until(() => alice.with('bob').channel.path.kind === 'none');
	alice.send('bob', 'still there?');
	t.is(alice.with('bob').outbox.length, 1);
	town.close();
});

test('a receipt counts only for what is under way, whatever a peer claims', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	bob.full = true;
	const [id] = alice.delivered;
	bob.with('alice').acknowledge([Buffer.alloc(16, 1), Buffer.from(id!, 'hex')]);
	bob.send('alice', 'a message behind those receipts');
	await until(() => alice.inbox.length === 1);
	t.deepEqual(alice.delivered, [id]);
	town.close();
});

test('while a peer is halted nothing goes out, in neither direction; once it is resumed everything does, in order', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	alice.with('bob').channel.halt('all');
	await until(() => bob.with('alice').channel.path.kind === 'none');
	alice.send('bob', 'two', 'three');
	bob.send('alice', 'uno');
	await until(() => bob.with('alice').channel.path.kind === 'looking');
	t.deepEqual([alice.inbox.length, bob.inbox.length], [0, 1]);
	alice.with('bob').channel.resume();
	await until(() => alice.delivered.length === 3 && bob.delivered.length === 1);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two', 'three'],
	);
	town.close();
});

test('a queued message can be taken back, one that is on its way cannot', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	const [first, second] = alice.send('bob', 'one', 'two');
	t.true(alice.with('bob').cancel(first!));
	t.false(alice.with('bob').cancel(first!));
	t.is(alice.with('bob').outboxSize, 1);
	town.meet();
	await until(() => alice.delivered.length === 1);
	t.deepEqual(alice.delivered, [second]);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['two'],
	);
	town.close();
});
