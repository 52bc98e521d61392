// What the directory says of ways, on a connection with a real server: reflectors, both sides of an introduction, and candidates.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {introduce} from '../../../source/protocol/introduce/kdc.ts';
import {type DirectorySession} from '../../../source/protocol/login/login-keys.ts';
import {sealRecord} from '../../../source/protocol/login/records.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {type Address} from '../../../source/wire/address.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {TICKET_SIZE} from '../../../source/wire/messages/introduce.ts';
import {encodeCalled, encodeReflectors, encodeWays} from '../../../source/wire/messages/ways.ts';
import {startTestServer} from '../../server/servers.ts';
import {bindSomewhere, linked, online} from '../../twins/linked.ts';
import {type Wire, startWire} from '../../twins/wire.ts';
import {identityOf, signUp} from '../../../tools/members/directory-client.ts';

/** Seals as the server would next, which stays silent. */
function serverVoice(wire: Wire, {receive}: DirectorySession) {
	wire.pass = () => false;
	const keys = {...receive, key: Buffer.from(receive.key)};
	return {say: (type: number, body: Buffer) => wire.inject(sealRecord(keys, type, body, random))};
}

test('whoever asks is told the ways with the answer, and whoever is asked for is called with the same ticket', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await (await signUp(server, {name: 'bob'})).close();
	const bobs = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'})});
	bobs.link.start();
	await bobs.until(() => bobs.state() === 'online');
	await bindSomewhere(alice.session(), server.address.port);
	const seen = await bindSomewhere(bobs.session(), server.address.port);
	const granted = await alice.link.introduce('bob');
	t.true(typeof granted === 'object' && 'ways' in granted);
	if (typeof granted !== 'object' || !('ways' in granted)) return;
	t.deepEqual(granted.ways?.addresses, [seen]);
	t.true(Math.abs(granted.time - Date.now()) < 30_000);
	await bobs.until(() => bobs.called.length > 0);
	t.deepEqual(
		bobs.called.map(({ticket}) => ticket),
		[granted.ticket],
	);
});

test('reflectors: the host that stands for the one that TCP reached, and none that may not be sent to', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const voice = serverVoice(wire, alice.session());
	const say = (named: readonly Address[]) => voice.say(FRAME.reflectors, encodeReflectors(named));
	const before = alice.reflectors.length;
	say([
		{host: '::', port: 9},
		{host: '203.0.113.5', port: 8},
		{host: '224.0.0.1', port: 7},
	]);
	await alice.until(() => alice.reflectors.length > before);
	t.deepEqual(alice.reflectors.at(-1), [
		{host: '127.0.0.1', port: 9},
		{host: '203.0.113.5', port: 8},
	]);
});

test('candidates are told after each login, and go to who asks when they are seen at the same host', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await (await signUp(server, {name: 'bob'})).close();
	const bobs = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'})});
	bobs.link.candidates([{host: '192.168.7.7', port: 4000}]);
	bobs.link.start();
	await bobs.until(() => bobs.state() === 'online');
	await bobs.link.search('', '', 1);
	await bindSomewhere(alice.session(), server.address.port);
	const seen = await bindSomewhere(bobs.session(), server.address.port);
	const granted = await alice.link.introduce('bob');
	t.deepEqual(typeof granted === 'object' && 'ways' in granted ? granted.ways?.addresses : undefined, [
		seen,
		{host: '192.168.7.7', port: 4000},
	]);
});

/** What a directory says of ways, well made. */
const told = {
	reflectors: encodeReflectors([{host: '203.0.113.5', port: 7407}]),
	ways: encodeWays({request: 2, mapping: 'same', addresses: [{host: '203.0.113.5', port: 7}]}),
	called: encodeCalled({
		time: 1,
		ticket: random(TICKET_SIZE),
		mapping: 'same',
		addresses: [{host: '203.0.113.5', port: 7}],
	}),
};
const misshapen = (body: Buffer) =>
	[body.subarray(1), body.subarray(0, -1), Buffer.concat([body, Buffer.of(0)]), Buffer.alloc(0)] as const;

test('REFLECTORS, WAYS and CALLED that are short or long end the connection, and nothing comes of them', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const before = alice.reflectors.length;
	for (const [type, body] of Object.entries(told) as Array<[keyof typeof told, Buffer]>) {
		for (const bytes of misshapen(body)) {
			const ends = alice.ends();
			serverVoice(wire, alice.session()).say(FRAME[type], bytes);
			await alice.until(() => alice.state() === 'waiting');
			t.like(alice.states.at(-1), {problem: 'protocol'}, `${type} of ${bytes.length}`);
			t.is(alice.ends(), ends + 1);
			wire.pass = ({type: next}) => next !== FRAME.reflectors;
			alice.link.wake();
			await alice.until(() => alice.state() === 'online');
		}
	}

	t.deepEqual(alice.called, []);
	t.true(alice.reflectors.slice(before).every(named => named.every(({host}) => host !== '203.0.113.5')));
});

test('WAYS count for the question that is answered right behind them, and a thousand others for nothing', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const voice = serverVoice(wire, alice.session());
	const [identityKey, ticketKey] = [random(32), {id: random(8), key: random(64)}];
	const address = {host: '127.0.0.1', port: 7};
	const initiator = {name: 'alice', identityKey, address};
	const target = {identityKey, addresses: [address], ticketKey, suite: 1};
	const grant = (request: number) => {
		const asked = {request, name: 'bob', time: Date.now()};
		voice.say(FRAME.introduction, introduce(asked, initiator, target, random, Date.now()).body);
	};

	const tell = (request: number, port: number) =>
		voice.say(FRAME.ways, encodeWays({request, mapping: 'varies', addresses: [{...address, port}]}));
	const waysOf = async (question: ReturnType<typeof alice.link.introduce>) => {
		const answer = await question;
		return typeof answer === 'object' && 'ways' in answer ? answer.ways?.addresses.map(({port}) => port) : answer;
	};

	// A look at the own log, the search of `online`, and the first entry of the log were questions 1 to 3.
	const second = alice.link.introduce('bob');
	for (let port = 1; port <= 1000; port++) tell(port % 2 === 0 ? 1 : 5 + port, port);
	grant(4);
	t.is(await waysOf(second), undefined);
	const third = alice.link.introduce('bob');
	for (const port of [5, 5, 6]) tell(5, port);
	grant(5);
	t.deepEqual(await waysOf(third), [6]);
	grant(5);
	tell(5, 8);
	const fourth = alice.link.introduce('bob');
	grant(6);
	t.is(await waysOf(fourth), undefined);
	t.is(alice.state(), 'online');
});
