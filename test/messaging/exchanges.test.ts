import test from 'ava';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {Neighbourhood, type Network, type Person, until} from '../twins/neighbourhood.ts';

const numbered = (count: number, by: string) => Array.from({length: count}, (_, index) => `${by} ${index}`);

function whyOf(person: Person, other: string): string {
	const {path} = person.with(other).channel;
	return path.kind === 'blocked' ? path.why : '';
}

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

test('the talk goes on past its 51st text, and renews its keys, where every MSG of 572 bytes and more is lost', async t => {
	const {town, alice, bob} = acquainted();
	town.filter = bytes => bytes[0] !== DATAGRAM.msg || bytes.length < 572;
	for (let index = 0; index < 120; index++) {
		const [speaker, other] = index % 2 === 0 ? ([alice, 'bob'] as const) : ([bob, 'alice'] as const);
		const delivered = speaker.delivered.length;
		speaker.send(other, `text ${index} ${index % 10 === 0 ? 'long '.repeat(200) : ''}`);
		await until(() => speaker.delivered.length > delivered, 10_000);
	}

	t.is(alice.inbox.length + bob.inbox.length, 120);
	t.is(town.introductions, 1);
	t.true(town.datagrams.some(({bytes}) => bytes[0] === DATAGRAM.msg && bytes.readUInt16BE(6) === 1));
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

test('a peer that moves to another address is followed once it has proven that it receives there', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'here');
	await until(() => alice.delivered.length === 1);
	bob.address = {host: '10.0.0.9', port: 9};
	bob.send('alice', 'moved');
	await until(() => bob.delivered.length === 1);
	const path = () => alice.with('bob').channel.path;
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
	alice.pins.set('bob', {identityKey: Buffer.alloc(32, 7), suite: 1});
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

test('a directory that asks for weaker encryption than two clients speak: they do not talk, it is said why, and nothing is lost', async t => {
	const town = new Neighbourhood();
	const suites = [2, 1];
	const [alice, bob] = [town.join('alice', undefined, {suites}), town.join('bob', undefined, {suites})];
	town.meet();
	// At a first contact it is bob who sees it: his client knows what both speak.
	alice.send('bob', 'hello');
	await until(() => whyOf(bob, 'alice').includes('weaker encryption'));
	t.deepEqual([bob.inbox.length, alice.pins.size, bob.pins.size], [0, 0, 0]);
	town.close();

	const village = new Neighbourhood();
	village.suite = 2;
	const [carol, dave] = [village.join('carol', undefined, {suites}), village.join('dave', undefined, {suites})];
	village.meet();
	carol.send('dave', 'one');
	await until(() => carol.delivered.length === 1);
	carol.with('dave').channel.drop();
	village.suite = 1;
	carol.send('dave', 'two');
	await until(() => whyOf(carol, 'dave').includes('weaker encryption'));
	village.suite = 2;
	await until(() => carol.delivered.length === 2);
	t.deepEqual(
		dave.inbox.map(({text}) => text),
		['one', 'two'],
	);
	village.close();
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

test('datagrams lost once each: INIT, RESP and FIN are sent again, and the session stands', async t => {
	for (const type of [DATAGRAM.init, DATAGRAM.resp, DATAGRAM.fin]) {
		const {town, alice, bob} = acquainted();
		let lost = 0;
		town.filter = bytes => bytes[0] !== type || lost++ > 0;
		alice.send('bob', 'hello');
		await until(() => alice.delivered.length === 1);
		t.true(lost > 1);
		t.is(bob.inbox.length, 1);
		t.is(town.introductions, 1);
		town.close();
	}
});

test('asked from elsewhere than the ticket says: INIT → COOKIE → INIT with it → RESP', async t => {
	const {town, alice, bob} = acquainted();
	const moved = {host: '10.0.0.77', port: 77};
	town.filter = bytes => {
		// She moves behind the directory's back, with her first datagram.
		if (bytes[0] === DATAGRAM.init) alice.address = moved;
		return true;
	};
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.true(town.datagrams.some(({bytes}) => bytes[0] === DATAGRAM.cookie));
	t.is(bob.inbox.length, 1);
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

test('who is blocked gets no answer at all', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	bob.pins.set('alice', 'refuse');
	town.meet();
	alice.send('bob', 'hello');
	await until(() => town.datagrams.length >= 2);
	t.true(town.datagrams.every(({bytes}) => bytes[0] === DATAGRAM.init));
	t.deepEqual(bob.inbox, []);
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
	await until(() => bob.with('alice').channel.path.kind === 'connecting');
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

test('random bytes, and datagrams of others with bits flipped, cut or sent again, change nothing', async t => {
	const {town, alice, bob} = acquainted({seed: 11});
	alice.send('bob', ...numbered(20, 'alice'));
	await until(() => alice.delivered.length === 20);
	const heard = town.datagrams.filter(({to}) => to.port === bob.address.port);
	for (const [index, {bytes, from}] of heard.entries()) {
		const flipped = Buffer.from(bytes);
		flipped[index % flipped.length]! ^= 1 << (index % 8);
		for (const hostile of [bytes, flipped, bytes.subarray(0, -1), Buffer.alloc(index % 1300, index)]) {
			bob.endpoint.receive(hostile, from);
			bob.endpoint.receive(hostile, {host: '198.51.100.1', port: 1});
			alice.endpoint.receive(hostile, from);
		}
	}

	alice.send('bob', 'after');
	bob.send('alice', 'me too');
	await until(() => alice.delivered.length === 21 && bob.delivered.length === 1);
	t.is(bob.inbox.length, 21);
	t.is(town.introductions, 1);
	town.close();
});
