// A mapping at the router, from the first question to its end, with every answer that a router or somebody else may give.
import {Buffer} from 'node:buffer';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {type MappingDrop} from '../../../source/channel/network/mapping-answer.ts';
import {mappedCandidate, type MappingState} from '../../../source/channel/network/mapping-state.ts';
import {PortMapping} from '../../../source/channel/network/port-mapping.ts';
import {seededRandom} from '../../twins/random.ts';
import {FakeRouter, OUTSIDE, OWN, ROUTER, natPmpAnswer, pcpAnswer} from './fake-router.ts';
import {HandMovedTime} from './hand-moved-time.ts';

const PORT = 41_000;
const TWO_HOURS = 7_200_000;

function setUp({gateway = (): string | undefined => ROUTER.host} = {}) {
	const time = new HandMovedTime();
	const router = new FakeRouter();
	const states: MappingState[] = [];
	const drops: MappingDrop[] = [];
	const mapping = new PortMapping({
		port: PORT,
		gateway,
		openSocket: router.open,
		clock: time.clock,
		timers: time.timers,
		random: seededRandom('mapping'),
		onChange: state => states.push(state),
		onDrop: reason => drops.push(reason),
	});
	const kinds = () => states.map(({kind}) => kind);
	return {time, router, states, kinds, drops, mapping};
}

/** Its end, with a router that says nothing to it. */
async function stopped(mapping: PortMapping, time: HandMovedTime): Promise<void> {
	const ended = mapping.stop();
	time.pass(1000);
	await ended;
}

/** Its mapping stands, by PCP. */
async function mappedSetUp() {
	const all = setUp();
	let epoch = 0;
	all.router.answer = request => [pcpAnswer(request, {epoch: epoch + Math.floor(all.time.clock.elapsed() / 1000)})];
	all.mapping.start();
	await turn();
	/** The router starts anew now. */
	const startAnew = () => {
		epoch = -Math.floor(all.time.clock.elapsed() / 1000);
	};

	return {...all, startAnew};
}

test('a router of PCP is asked once, and the mapping is what it says', async t => {
	const {mapping, router, kinds, drops} = await mappedSetUp();
	t.deepEqual(kinds(), ['asking', 'mapped']);
	const external = {host: OUTSIDE, port: PORT};
	t.deepEqual(mapping.state, {kind: 'mapped', protocol: 'pcp', external, life: 7200, endsAt: TWO_HOURS});
	t.is(router.asked.length, 1);
	const [request] = router.asked;
	t.is(request?.length, 60);
	t.is(request?.subarray(0, 8).toString('hex'), '0201000000001c20');
	t.is(request?.subarray(8, 24).toString('hex'), '00000000000000000000ffffc0a80117');
	t.is(request?.subarray(36, 44).toString('hex'), `11000000${'a028'.repeat(2)}`);
	t.deepEqual(drops, []);
});

test('it is offered only where the directory sees us at the router’s own address', async t => {
	const {mapping, states} = await mappedSetUp();
	const external = {host: OUTSIDE, port: PORT};
	t.deepEqual(mappedCandidate(mapping.state, []), {kind: 'none'});
	t.deepEqual(mappedCandidate(mapping.state, ['2001:db8::1', OUTSIDE]), {kind: 'offered', external});
	t.deepEqual(mappedCandidate(mapping.state, ['198.51.100.9']), {kind: 'double-nat', external});
	t.deepEqual(mappedCandidate(states[0]!, [OUTSIDE]), {kind: 'none'});
});

test('where nothing answers it is silent after four tries in 3.75 s, and for half an hour', async t => {
	const {mapping, router, time, kinds} = setUp();
	mapping.start();
	await turn();
	const counts = [250, 500, 1000, 2000].map(ms => {
		const before = router.asked.length;
		time.pass(ms - 1);
		t.is(router.asked.length, before);
		time.pass(1);
		return router.asked.length;
	});
	t.deepEqual(counts, [2, 3, 4, 4]);
	t.deepEqual(kinds(), ['asking', 'silent']);
	t.is(router.openSockets, 0);
	time.pass(1_799_999);
	await turn();
	t.is(router.asked.length, 4);
	time.pass(1);
	await turn();
	t.is(router.asked.length, 5);
	await stopped(mapping, time);
	t.deepEqual(time.due, []);
});

test('without a gateway nothing is sent, until the network is another', async t => {
	let gateway: string | undefined;
	const {mapping, router, time, kinds} = setUp({gateway: () => gateway});
	mapping.restart();
	t.deepEqual(kinds(), []);
	mapping.start();
	await turn();
	t.deepEqual(kinds(), ['no-gateway']);
	t.deepEqual(time.due, []);
	gateway = ROUTER.host;
	mapping.restart();
	await turn();
	t.is(router.asked.length, 1);
	await stopped(mapping, time);
	t.deepEqual(kinds(), ['no-gateway', 'asking', 'off']);
});

test('a socket that does not open is as good as a silent router', async t => {
	const time = new HandMovedTime();
	const mapping = new PortMapping({
		port: PORT,
		gateway: () => ROUTER.host,
		openSocket: async () => Promise.reject(new Error('ENETUNREACH')),
		clock: time.clock,
		timers: time.timers,
		random: seededRandom('none'),
	});
	mapping.start();
	await turn();
	t.is(mapping.state.kind, 'silent');
	t.deepEqual(time.due, [1_800_000]);
	await mapping.stop();
});

test('it is renewed behind half of its life with the same nonce and what it was, and ends when nothing answers any more', async t => {
	const {mapping, router, time, kinds} = await mappedSetUp();
	router.answer = request => [pcpAnswer(request, {port: 50_000, epoch: Math.floor(time.clock.elapsed() / 1000)})];
	time.pass(TWO_HOURS / 2 - 1);
	t.is(router.asked.length, 1);
	time.pass(TWO_HOURS / 8);
	t.is(router.asked.length, 2);
	t.deepEqual(router.asked[1]!.subarray(24, 36), router.asked[0]!.subarray(24, 36));
	t.like(mapping.state, {kind: 'mapped', external: {port: 50_000}});
	router.answer = () => [];
	time.pass(TWO_HOURS);
	t.is(router.asked[2]!.readUInt16BE(42), 50_000);
	t.is(mapping.state.kind, 'silent');
	t.deepEqual(kinds(), ['asking', 'mapped', 'mapped', 'silent']);
	// It asked again at half of what was left each time: seven rounds of four.
	t.true(router.asked.length <= 2 + 4 * 8, `${router.asked.length}`);
	await mapping.stop();
});

test('it is taken back at the end, with its nonce and a life of 0', async t => {
	const {mapping, router, time, states} = await mappedSetUp();
	await mapping.stop();
	const [first, last] = router.asked;
	t.is(router.asked.length, 2);
	t.is(last!.readUInt32BE(4), 0);
	t.deepEqual(last!.subarray(24, 42), first!.subarray(24, 42));
	t.is(states.at(-1)?.kind, 'off');
	t.is(router.openSockets, 0);
	t.deepEqual(time.due, []);
});

test('who ends it waits for a silent router 0.75 s, not longer, and whatever is asked meanwhile changes nothing', async t => {
	const {mapping, router, time} = await mappedSetUp();
	router.answer = () => [];
	const ended = [mapping.stop(), mapping.stop()];
	mapping.restart();
	mapping.start();
	mapping.check();
	time.pass(749);
	t.is(router.asked.length, 3);
	t.is(mapping.state.kind, 'mapped');
	time.pass(1);
	await Promise.all(ended);
	t.is(mapping.state.kind, 'off');
	t.is(router.asked.length, 3);
	mapping.start();
	await turn();
	t.is(router.asked.length, 4);
	await stopped(mapping, time);
});

test('what was asked and not answered yet is taken back, too, and nobody waits for a router that has said nothing', async t => {
	const {mapping, router, time} = setUp();
	mapping.start();
	await turn();
	await mapping.stop();
	t.deepEqual(
		router.asked.map(request => request.readUInt32BE(4)),
		[7200, 0],
	);
	t.is(router.openSockets, 0);
	t.deepEqual(time.due, []);
});

test('a socket that opens behind the end is closed', async t => {
	const {mapping, router} = setUp();
	mapping.start();
	await mapping.stop();
	await turn();
	t.is(router.openSockets, 0);
	t.deepEqual(router.asked, []);
});

const flip = (datagram: Buffer, at: number) => {
	const changed = Buffer.from(datagram);
	changed[at]! ^= 1;
	return changed;
};

test('an answer of PCP that is short, long, forged or of another kind counts for nothing, by its reason', async t => {
	const {mapping, router, drops, time} = setUp();
	mapping.start();
	await turn();
	const good = pcpAnswer(router.asked[0]!);
	const cases: Array<[MappingDrop, Buffer, {host: string; port: number}?]> = [
		['short', Buffer.alloc(0)],
		['short', good.subarray(0, 1)],
		['short', good.subarray(0, 24)],
		['short', good.subarray(0, 59)],
		['malformed', Buffer.concat([good, Buffer.alloc(1)])],
		['long', Buffer.concat([good, Buffer.alloc(1044)])],
		['elsewhere', good, {host: '192.168.1.2', port: 5351}],
		['elsewhere', good, {host: ROUTER.host, port: 5350}],
		['version', flip(good, 0)],
		['version', Buffer.from([1, 129, 0, 1])],
		['short', Buffer.from([0, 129, 0, 1])],
		['malformed', Buffer.from([0, 1, 0, 1, 0, 0, 0, 0])],
		['version', Buffer.from([0, 129, 0, 2, 0, 0, 0, 0])],
		['malformed', router.asked[0]!],
		['malformed', flip(good, 1)],
		['malformed', flip(good, 36)],
		['nonce', flip(good, 24)],
		['nonce', flip(good, 35)],
		['port', flip(good, 41)],
		['malformed', pcpAnswer(router.asked[0]!, {port: 0})],
	];
	for (const [reason, datagram, from] of cases) {
		router.say(datagram, from);
		t.is(drops.at(-1), reason, datagram.toString('hex'));
		t.is(mapping.state.kind, 'asking');
	}

	t.is(drops.length, cases.length);
	// Options behind the answer are no fault of it.
	router.say(Buffer.concat([good, Buffer.alloc(8)]));
	t.is(mapping.state.kind, 'mapped');
	router.say(good);
	t.is(drops.at(-1), 'late');
	time.pass(10_000);
	t.is(router.asked.length, 1);
});

test('a thousand forged answers a second cost a drop each: nothing is sent for them', async t => {
	const {mapping, router, drops} = await mappedSetUp();
	const good = pcpAnswer(router.asked[0]!);
	for (let index = 0; index < 1000; index++) router.say(index % 2 === 0 ? good : flip(good, 30));
	t.is(drops.length, 1000);
	t.is(router.asked.length, 1);
	t.is(mapping.state.kind, 'mapped');
});

test('each refusal of PCP has a name, and is asked about again when the router says so, within bounds', async t => {
	const cases: Array<[number, number, string, number]> = [
		[2, 5, 'not authorized', 60_000],
		[7, 600, 'network failure', 600_000],
		[8, 86_400, 'no resources', 1_800_000],
		[12, 0, 'address mismatch', 1_800_000],
		[13, 1800, 'excessive remote peers', 1_800_000],
		[14, 1800, 'unknown', 1_800_000],
		[255, 1800, 'unknown', 1_800_000],
	];
	for (const [code, life, result, pause] of cases) {
		const {mapping, router, time} = setUp();
		router.answer = request => [pcpAnswer(request, {result: code, life})];
		mapping.start();
		await turn();
		t.deepEqual(mapping.state, {kind: 'refused', protocol: 'pcp', result} as MappingState);
		t.deepEqual(time.due, [pause], result);
		t.is(router.openSockets, 0);
	}
});

test('a life that is short is refused, and a long one is kept for two hours alone', async t => {
	for (const [life, kind] of [
		[0, 'refused'],
		[59, 'refused'],
		[60, 'mapped'],
		[0xff_ff_ff_ff, 'mapped'],
	] as const) {
		const {mapping, router, time} = setUp();
		router.answer = request => [pcpAnswer(request, {life})];
		mapping.start();
		await turn();
		t.is(mapping.state.kind, kind, `${life}`);
		if (mapping.state.kind === 'mapped') t.is(mapping.state.life, Math.min(life, 7200));
		t.true(time.due[0]! >= 30_000 && time.due[0]! <= TWO_HOURS);
	}
});

test('a router that has started anew is asked again, once', async t => {
	const {mapping, router, time, startAnew} = await mappedSetUp();
	time.pass(1_000_000);
	startAnew();
	mapping.check();
	t.is(mapping.restarts, 1);
	t.is(router.asked.length, 3);
	t.is(mapping.state.kind, 'mapped');
	// One whose count never fits is not asked without end.
	let epoch = 1_000_000;
	router.answer = request => [pcpAnswer(request, {epoch: (epoch -= 100_000)})];
	time.pass(60_000);
	mapping.check();
	t.is(router.asked.length, 5);
	t.is(mapping.restarts, 3);
	mapping.check();
	t.is(router.asked.length, 5);
});

test('a router that only counts on is not asked again', async t => {
	const {mapping, router, time} = await mappedSetUp();
	for (let round = 1; round <= 3; round++) {
		time.pass(60_000);
		mapping.check();
		t.is(router.asked.length, 1 + round);
	}

	t.is(mapping.restarts, 0);
});

test('in another network there is another nonce, and in the same one the mapping goes on', async t => {
	let gateway = ROUTER.host;
	const {mapping, router} = setUp({gateway: () => gateway});
	router.answer = request => [pcpAnswer(request, {port: 50_000})];
	mapping.start();
	await turn();
	mapping.restart();
	await turn();
	const [first, second] = router.asked;
	t.deepEqual(second!.subarray(24, 36), first!.subarray(24, 36));
	t.is(second!.readUInt16BE(42), 50_000);
	gateway = '10.0.0.1';
	mapping.restart();
	t.is(mapping.state.kind, 'asking');
	await turn();
	t.notDeepEqual(router.asked[2]!.subarray(24, 36), first!.subarray(24, 36));
	t.is(router.asked[2]!.readUInt16BE(42), PORT);
	t.is(router.openSockets, 1);
});

/** A router that knows NAT-PMP alone. */
async function natPmpSetUp(say: Parameters<typeof natPmpAnswer>[1] = {}) {
	const all = setUp();
	all.router.answer = request => [natPmpAnswer(request, {epoch: Math.floor(all.time.clock.elapsed() / 1000), ...say})];
	all.mapping.start();
	await turn();
	return all;
}

test('a router that answers in version 0 is asked by NAT-PMP, at the next time at once', async t => {
	const {mapping, router, time, drops} = await natPmpSetUp();
	const external = {host: OUTSIDE, port: PORT};
	t.deepEqual(mapping.state, {kind: 'mapped', protocol: 'nat-pmp', external, life: 7200, endsAt: TWO_HOURS});
	t.deepEqual(
		router.asked.slice(1).map(request => request.toString('hex')),
		['0000', `00010000${'a028'.repeat(2)}00001c20`],
	);
	time.pass((TWO_HOURS * 5) / 8);
	t.deepEqual(
		router.asked.slice(3).map(request => request[1]),
		[0, 1],
	);
	await mapping.stop();
	t.is(router.asked.at(-1)?.toString('hex'), '00010000a028000000000000');
	t.deepEqual(drops, []);
});

const refuse = (opcode: number) => Buffer.from([0, opcode, 0, 2, 0, 0, 0, 0]);

test('an answer of NAT-PMP that is short, long, of another port or out of turn counts for nothing', async t => {
	const {mapping, router, drops} = setUp();
	mapping.start();
	await turn();
	router.say(natPmpAnswer(router.asked[0]!));
	const address = natPmpAnswer(router.asked[1]!);
	const expect = (reason: MappingDrop, datagram: Buffer, from = ROUTER) => {
		router.say(datagram, from);
		t.is(drops.at(-1), reason, datagram.toString('hex'));
		t.is(mapping.state.kind, 'asking');
	};

	expect('short', Buffer.alloc(0));
	expect('short', address.subarray(0, 7));
	expect('short', address.subarray(0, 11));
	expect('long', Buffer.concat([address, Buffer.alloc(1)]));
	expect('elsewhere', address, {host: OWN, port: 5351});
	expect('version', pcpAnswer(router.asked[0]!));
	expect('malformed', Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
	expect('malformed', Buffer.from([0, 130, 0, 0, 0, 0, 0, 0]));
	expect('late', refuse(129));
	expect('late', natPmpAnswer(Buffer.from('00010000a028a02800001c20', 'hex')));
	router.say(address);
	const mapped = natPmpAnswer(router.asked[2]!);
	expect('late', address);
	expect('late', refuse(128));
	expect('short', mapped.subarray(0, 15));
	expect('long', Buffer.concat([mapped, Buffer.alloc(1)]));
	expect('port', natPmpAnswer(router.asked[2]!, {internalPort: PORT + 1}));
	const toNowhere = Buffer.from(mapped);
	toNowhere.writeUInt16BE(0, 10);
	expect('malformed', toNowhere);
	router.say(mapped);
	t.is(mapping.state.kind, 'mapped');
	router.say(mapped);
	t.is(drops.at(-1), 'late');
});

test('refusals of NAT-PMP, and routers that have no address of their own', async t => {
	const cases: Array<[Parameters<typeof natPmpAnswer>[1], string]> = [
		[{result: 2}, 'not authorized'],
		[{result: 3}, 'network failure'],
		[{result: 9}, 'unknown'],
		[{host: '0.0.0.0'}, 'no external address'],
		[{host: '127.0.0.1'}, 'no external address'],
		[{host: '255.255.255.255'}, 'no external address'],
		[{life: 30}, 'short life'],
	];
	for (const [say, result] of cases) {
		const {mapping, time} = await natPmpSetUp(say);
		t.deepEqual(mapping.state, {kind: 'refused', protocol: 'nat-pmp', result} as MappingState);
		t.deepEqual(time.due, [1_800_000]);
	}
});

test('a router of NAT-PMP that has started anew is asked again', async t => {
	const {mapping, router, time} = await natPmpSetUp();
	time.pass(1_000_000);
	router.answer = request => [natPmpAnswer(request, {epoch: 5})];
	mapping.check();
	t.is(mapping.restarts, 1);
	t.deepEqual(
		router.asked.slice(3).map(request => request[1]),
		[0, 1, 0, 1],
	);
	t.is(mapping.state.kind, 'mapped');
});
