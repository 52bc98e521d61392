import test from 'ava';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';

const numbered = (count: number, by: string) => Array.from({length: count}, (_, index) => `${by} ${index}`);

test('a message → introduction → INIT → RESP → FIN → MSG → written down → receipt', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
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
	const town = new Neighbourhood({seed: 7, loss: 0.2, duplication: 0.2, jitter: 20});
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
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
	for (const {peers, name} of [alice, bob]) {
		const stats = peers.peer(name === 'alice' ? 'bob' : 'alice').stats;
		t.log(
			`${name}: ${stats?.packetsSent} packets, ${stats?.packetsLost} lost, ${stats?.fragmentsResent} fragments sent again, round trip ${stats?.rtt.toFixed(1)} ms over ${stats?.rttSamples} samples`,
		);
	}

	town.close();
});

test('both open at once: one conversation, nothing twice', async t => {
	for (let round = 0; round < 5; round++) {
		const town = new Neighbourhood({seed: round, jitter: 3});
		const [alice, bob] = [town.join('alice'), town.join('bob')];
		town.meet();
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
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
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
	const town = new Neighbourhood({seed: 3, loss: 0.05, jitter: 5});
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
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
	bob.peers.close();
	town.close();
});

test('a disk that refuses: nothing is acknowledged, and everything arrives once it takes again', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	bob.full = true;
	alice.send('bob', 'two', 'three');
	await until(() => alice.peers.peer('bob').path.kind !== 'lan');
	t.is(alice.delivered.length, 1);
	bob.full = false;
	await until(() => alice.delivered.length === 3);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two', 'three'],
	);
	town.close();
});

test('a peer that moves to another address is followed once it has proven that it receives there', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	alice.send('bob', 'here');
	await until(() => alice.delivered.length === 1);
	bob.address = {host: '10.0.0.9', port: 9};
	bob.send('alice', 'moved');
	await until(() => bob.delivered.length === 1);
	const path = () => alice.peers.peer('bob').path;
	await until(() => {
		const now = path();
		return now.kind === 'lan' && now.address === '10.0.0.9:9';
	});
	alice.send('bob', 'there');
	await until(() => alice.delivered.length === 2);
	t.is(town.introductions, 1);
	town.close();
});

test('another identity key than the pinned one: nobody talks, and it is said whose and which', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	alice.pins.set('bob', Buffer.alloc(32, 7));
	town.meet();
	alice.send('bob', 'secret');
	await until(() => alice.changed.length > 0);
	t.deepEqual(alice.changed[0], {name: 'bob', identityKey: bob.local.identity.publicKey});
	bob.send('alice', 'let me in');
	await until(() => alice.changed.length > 1);
	t.deepEqual(alice.changed[1], {name: 'bob', identityKey: bob.local.identity.publicKey});
	t.deepEqual([alice.inbox, bob.inbox], [[], []]);
	town.close();
});

test('after close every session is gone on both sides, and the peer’s next words wait for a new one', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	bob.peers.close();
	town.leave(bob);
	await until(() => alice.peers.peer('bob').path.kind === 'none');
	alice.send('bob', 'still there?');
	t.is(alice.peers.peer('bob').outbox.length, 1);
	town.close();
});
