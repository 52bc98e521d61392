// The probes of a client: who is asked when, who is answered, what is dropped, and what the other end can make it send.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {createAnswer, createAsk, deriveProbeKeys} from '../../../source/protocol/path/probe-keys.ts';
import {
	ANSWER_LIMIT,
	ASK_LIMIT,
	ASK_PAUSES_MS,
	ASK_SPACING_MS,
	BIRTHDAY_AFTER_MS,
	CALLED_OF_ALL,
	CALLED_OF_ONE,
	CALLED_WINDOW_MS,
	LATE_LIMIT_MS,
	PROBES_A_SECOND,
	PROBE_BURST,
	PROBE_LIFE_MS,
	PROBE_TAG_LIMIT,
	ROUND_MS,
	ROUND_SILENCE_MS,
	SECOND_START_MS,
	SOURCE_ANSWERS,
	UNLISTED_LIMIT,
} from '../../../source/protocol/path/probe-limits.ts';
import {type IntroducedPeer, Probing, type ProbingAction} from '../../../source/protocol/path/probing.ts';
import {type Address, addressText} from '../../../source/wire/address.ts';
import {seededRandom} from '../../twins/random.ts';

const random = seededRandom('probing');
const server = {host: '203.0.113.10', port: 7406};
const observed = {host: '203.0.113.21', port: 5000};
const address = (last: number, port = 4000): Address => ({host: `203.0.113.${last}`, port});

function introduced(lies: Partial<IntroducedPeer> = {}): IntroducedPeer {
	return {
		role: 'initiator',
		name: 'bob',
		key: random(32),
		ticket: random(248),
		addresses: [address(31)],
		standpoint: {server, observed},
		age: 0,
		socketFor: () => 0,
		...lies,
	};
}

/** Runs the clock forward in whole ms; what was done, each with its time. */
function runUntil(probing: Probing, from: number, to: number): Array<{at: number; action: ProbingAction}> {
	const done: Array<{at: number; action: ProbingAction}> = [];
	for (let now = from; now <= to; now = Math.max(now + 1, Math.ceil(probing.deadline(now)))) {
		for (const action of probing.run(now)) done.push({at: now, action});
		if (probing.deadline(now) === Number.POSITIVE_INFINITY) break;
	}

	return done;
}

const sent = (done: ReadonlyArray<{at: number; action: ProbingAction}>) =>
	done.flatMap(({at, action}) => (action.kind === 'send' ? [{at, ...action}] : []));

/** The other side of an introduction, as its keys have it. */
function otherSide({key, ticket, role}: IntroducedPeer) {
	const keys = deriveProbeKeys(key, ticket, role === 'initiator' ? 'responder' : 'initiator');
	return {
		ask: () => createAsk(keys, random(12)),
		answer: (ask: Buffer, seenAt: Address = observed) => createAnswer(keys, ask.subarray(8, 20), seenAt),
	};
}

function started(t: ExecutionContext, lies: Partial<IntroducedPeer> = {}) {
	const probing = new Probing(random);
	const peer = introduced(lies);
	const begun = probing.begin(peer, 0);
	t.true('id' in begun);
	return {probing, peer, other: otherSide(peer), id: 'id' in begun ? begun.id : ''};
}

test('an address is asked at 0, 50, 150, 350, 750, 1550 and 3150 ms, then silence, then once more', t => {
	const {probing} = started(t);
	const done = runUntil(probing, 0, PROBE_LIFE_MS);
	const times = [0, 50, 150, 350, 750, 1550, 3150];
	const asks = sent(done).map(({at}) => at);
	t.deepEqual(asks.slice(0, 7), times);
	const second = asks[7]!;
	t.true(second - ROUND_MS - ROUND_SILENCE_MS === 0 || second - ROUND_MS - ROUND_SILENCE_MS === SECOND_START_MS);
	t.deepEqual(
		asks.slice(7),
		times.map(at => at + second),
	);
	const said = done.flatMap(({at, action}) => (action.kind === 'send' ? [] : [[at, action.kind]]));
	t.deepEqual(said, [
		[BIRTHDAY_AFTER_MS, 'unmet'],
		[ROUND_MS, 'unanswered'],
		[second + ROUND_MS, 'failed'],
	]);
});

test('in the second round one side is later, the same one for both, and not always the same', t => {
	const firsts = new Set<string>();
	for (let count = 0; count < 32; count++) {
		const peer = introduced();
		const starts = (['initiator', 'responder'] as const).map(role => {
			const probing = new Probing(random);
			probing.begin({...peer, role}, 0);
			return sent(runUntil(probing, 0, PROBE_LIFE_MS))[7]!.at;
		});
		t.is(Math.abs(starts[0]! - starts[1]!), SECOND_START_MS);
		firsts.add(starts[0]! < starts[1]! ? 'initiator' : 'responder');
	}

	t.is(firsts.size, 2);
});

test('six addresses are asked in their order, 5 ms apart, each once; a seventh is not', t => {
	const addresses = [1, 2, 3, 4, 5, 6, 7].map(last => address(30 + last));
	const {probing} = started(t, {addresses: [addresses[0]!, ...addresses]});
	const asks = sent(runUntil(probing, 0, ROUND_MS));
	t.is(asks.length, ASK_LIMIT);
	t.deepEqual(
		asks.slice(0, 6).map(({at, to}) => [at, to]),
		addresses.slice(0, 6).map((to, index) => [index * ASK_SPACING_MS, to]),
	);
	for (const [index, {at}] of asks.entries()) t.true(index === 0 || at - asks[index - 1]!.at >= ASK_SPACING_MS);
	t.deepEqual(new Set(asks.map(({to}) => addressText(to))).size, 6);
});

test('an answer proves the pair, with its round trip and what the other side saw, and nothing more is asked', t => {
	const {probing, other, id} = started(t);
	const [ask] = sent(runUntil(probing, 0, 0));
	const answer = other.answer(ask!.datagram, address(99, 7));
	t.deepEqual(probing.receive(answer, address(31), 0, 24), [
		{
			kind: 'proven',
			id,
			name: 'bob',
			role: 'initiator',
			pair: {socket: 0, address: address(31), rtt: 24, observed: address(99, 7)},
		},
	]);
	t.true(probing.isProven({socket: 0, address: address(31)}, 24));
	t.false(probing.isProven({socket: 1, address: address(31)}, 24));
	t.deepEqual(sent(runUntil(probing, 24, PROBE_LIFE_MS - 1)), []);
	t.false(probing.isProven({socket: 0, address: address(31)}, PROBE_LIFE_MS));
});

test('an answer counts once, on the pair of its ask, and for an open ask', t => {
	const {probing, other} = started(t);
	const [ask] = sent(runUntil(probing, 0, 0));
	const answer = other.answer(ask!.datagram);
	t.deepEqual(probing.receive(answer, address(32), 0, 5), []);
	t.deepEqual(probing.receive(answer, address(31), 1, 5), []);
	t.deepEqual(probing.receive(other.answer(other.ask()), address(31), 0, 5), []);
	t.is(probing.receive(answer, address(31), 0, 5).length, 1);
	t.deepEqual(probing.receive(answer, address(31), 0, 5), []);
	t.deepEqual(probing.drops, {source: 2, nonce: 2});
});

test('an ask is answered to where it came from, and that address is asked at once', t => {
	const {probing, other} = started(t);
	runUntil(probing, 0, 10);
	const [answer, ...more] = probing.receive(other.ask(), address(31, 9999), 3, 20);
	t.deepEqual(more, []);
	t.like(answer, {kind: 'send', socket: 3, to: address(31, 9999)});
	t.like(probing.run(20)[0], {kind: 'send', socket: 3, to: address(31, 9999)});
});

test('an ask from a listed address has it asked again soon, also after the last of its asks', t => {
	const {probing, other} = started(t);
	runUntil(probing, 0, 800);
	t.deepEqual(sent(runUntil(probing, 800, 900)), []);
	probing.receive(other.ask(), address(31), 0, 900);
	t.is(sent(runUntil(probing, 900, 900)).length, 1);
	runUntil(probing, 901, ROUND_MS - 1);
	probing.receive(other.ask(), address(31), 0, ROUND_MS - 1);
	t.is(sent(runUntil(probing, ROUND_MS - 1, ROUND_MS + 100)).length, 1);
});

test('asks from many addresses do not make more of them, and not more asks than a round has', t => {
	const addresses = [1, 2, 3, 4, 5, 6].map(last => address(30 + last));
	const {probing, other} = started(t, {addresses});
	const asks: Address[] = [];
	for (let now = 0; now < ROUND_MS; now++) {
		if (now % 61 === 0) probing.receive(other.ask(), address(31, 10_000 + now), 0, now);
		for (const {to} of sent(probing.run(now).map(action => ({at: now, action})))) asks.push(to);
	}

	t.is(asks.length, ASK_LIMIT);
	t.is(new Set(asks.map(to => addressText(to))).size, 6 + UNLISTED_LIMIT);
});

test('answers: four a second to one source, 64 in an introduction, none twice', t => {
	const {probing, other} = started(t);
	const again = other.ask();
	t.is(probing.receive(again, address(31), 0, 0).length, 1);
	t.is(probing.receive(again, address(31), 0, 1).length, 0);
	for (let count = 0; count < 9; count++) probing.receive(other.ask(), address(31), 0, 2);
	t.deepEqual(probing.drops, {repeated: 1, rate: 9 - (SOURCE_ANSWERS - 1)});
	let answers = SOURCE_ANSWERS;
	for (let now = 1000; now < 50_000; now += 100)
		answers += probing.receive(other.ask(), address(31, now), 0, now).length;
	t.is(answers, ANSWER_LIMIT);
	t.is(probing.drops.limit, 490 - (ANSWER_LIMIT - SOURCE_ANSWERS));
});

test('addresses that nobody may name get nothing, and are not answered either', t => {
	const hostile = ['127.0.0.1', '::1', '10.0.0.1', '192.168.1.1', 'fe80::1', 'fd00::1', '224.0.0.1', '255.255.255.255'];
	const addresses = [...hostile, '0.0.0.0', 'ff02::1'].map(host => ({host, port: 5}));
	t.deepEqual(new Probing(random).begin(introduced({addresses}), 0), {drop: 'target'});
	const {probing, other} = started(t, {addresses: [...addresses, address(31)].slice(-3)});
	t.deepEqual(
		sent(runUntil(probing, 0, 100)).map(({to}) => to),
		[address(31), address(31)],
	);
	for (const from of addresses) t.deepEqual(probing.receive(other.ask(), from, 0, 50), []);
	t.deepEqual(probing.drops, {target: addresses.length});
});

test('a neighbour is asked at its private address first; without a socket of its family an address is left out', t => {
	const addresses = [
		{...observed, port: 6},
		{host: '2001:db8::5', port: 5},
		{host: '192.168.1.5', port: 5},
	];
	const {probing} = started(t, {addresses, socketFor: ({host}) => (host.includes(':') ? undefined : 1)});
	t.deepEqual(
		sent(runUntil(probing, 0, 10)).map(({to, socket}) => [to.host, socket]),
		[
			['192.168.1.5', 1],
			[observed.host, 1],
		],
	);
});

test('a second CALLED of a name takes the place of the first, and what is asked under the first is dropped', t => {
	const probing = new Probing(random);
	const [first, second] = [introduced({role: 'responder'}), introduced({role: 'responder'})];
	probing.begin(first, 0);
	probing.begin(second, 10);
	t.deepEqual(probing.receive(otherSide(first).ask(), address(31), 0, 20), []);
	t.is(probing.receive(otherSide(second).ask(), address(31), 0, 20).length, 1);
	t.deepEqual(probing.drops, {tag: 1});
});

test('six CALLED a minute of one name, thirty of all', t => {
	const probing = new Probing(random);
	const called = (name: string, now: number) => {
		const begun = probing.begin(introduced({role: 'responder', name}), now);
		return 'drop' in begun ? begun.drop : 'begun';
	};
	for (let count = 0; count < CALLED_OF_ONE; count++) t.is(called('bob', count), 'begun');
	t.is(called('bob', 10), 'rate-one');
	for (let count = CALLED_OF_ONE; count < CALLED_OF_ALL; count++) t.is(called(`carol${count}`, 20), 'begun');
	t.is(called('dave', 30), 'rate-all');
	t.is(called('bob', CALLED_WINDOW_MS), 'begun');
});

test('no more introductions at once than the table holds, and none with the tag of another', t => {
	const probing = new Probing(random);
	const first = introduced({name: 'first'});
	probing.begin(first, 0);
	t.deepEqual(probing.begin({...first, name: 'other'}, 0), {drop: 'tag'});
	for (let count = 1; count < PROBE_TAG_LIMIT; count++)
		t.true('id' in probing.begin(introduced({name: `n${count}`}), 0));
	t.deepEqual(probing.begin(introduced({name: 'full'}), 0), {drop: 'full'});
	t.true('id' in probing.begin(introduced({name: 'full'}), PROBE_LIFE_MS));
});

test('all introductions share one rate: past it asks wait, and an ask that comes is dropped', t => {
	const probing = new Probing(random);
	const others = Array.from({length: 30}, (_, count) => {
		const peer = introduced({name: `n${count}`});
		probing.begin(peer, 0);
		return otherSide(peer);
	});
	let answers = 0;
	for (let round = 0; round < 3; round++) {
		for (const other of others) answers += probing.receive(other.ask(), address(31), 0, 0).length;
	}

	t.is(answers, PROBE_BURST);
	t.deepEqual(probing.drops, {bucket: 90 - PROBE_BURST});
	t.deepEqual(probing.run(0), []);
	t.is(sent(runUntil(probing, 1, 1000)).length, PROBES_A_SECOND);
});

test('who was told late ends the first round with the other side, but not before 2 s', t => {
	for (const [age, endsAt] of [
		[0, ROUND_MS],
		[-50, ROUND_MS],
		[500, ROUND_MS - 500],
		[60_000, ROUND_MS - LATE_LIMIT_MS],
	] as const) {
		const {probing} = started(t, {age});
		const unanswered = runUntil(probing, 0, ROUND_MS).find(({action}) => action.kind === 'unanswered');
		t.is(unanswered?.at, endsAt);
	}
});

test('nothing is asked, answered or proven after the end', t => {
	const {probing, other} = started(t);
	const [ask] = sent(runUntil(probing, 0, 0));
	probing.close();
	t.is(probing.deadline(1), Number.POSITIVE_INFINITY);
	t.deepEqual(probing.run(60), []);
	t.deepEqual(probing.receive(other.answer(ask!.datagram), address(31), 0, 61), []);
	t.deepEqual(probing.drops, {tag: 1});
});

test('the addresses are asked in the order private, IPv6, IPv4, whatever the order of the server', t => {
	const addresses = [address(31), {host: '2001:db8::5', port: 5}, {...observed, port: 6}, {host: '10.0.0.5', port: 5}];
	const {probing} = started(t, {addresses});
	t.deepEqual(
		sent(runUntil(probing, 0, 15)).map(({to}) => to.host),
		['10.0.0.5', '2001:db8::5', address(31).host, observed.host],
	);
});

test('after a long silence as many probes go at once as ever, and not more', t => {
	const probing = new Probing(random);
	const hour = 3_600_000;
	const others = Array.from({length: 30}, (_, count) => {
		const peer = introduced({name: `n${count}`});
		probing.begin(peer, hour);
		return otherSide(peer);
	});
	const answers = [0, 1, 2].flatMap(() => others.flatMap(other => probing.receive(other.ask(), address(31), 0, hour)));
	t.is(answers.length, PROBE_BURST);
});

test('a stranger gets no byte, and what it sends is counted by reason', t => {
	const {probing} = started(t);
	const stranger = otherSide(introduced());
	t.deepEqual(probing.receive(stranger.ask(), address(66), 0, 1), []);
	t.deepEqual(probing.receive(Buffer.alloc(64), address(66), 0, 1), []);
	t.deepEqual(probing.drops, {tag: 1, malformed: 1});
});

test('what a hostile server makes a client send stays below 64 datagrams and 32 a second, and is even less by CALLED', t => {
	const probing = new Probing(random);
	const addresses = [1, 2, 3, 4, 5, 6].map(last => address(30 + last));
	let count = 0;
	for (let now = 0; now < 120_000; now++) {
		if (now % 10 === 0) probing.begin(introduced({role: 'responder', name: `n${now}`, addresses}), now);
		count += sent(probing.run(now).map(action => ({at: now, action}))).length;
	}

	t.true(count <= PROBE_BURST + 120 * PROBES_A_SECOND);
	// Two minutes of 30 CALLED with two rounds each, and what the rate leaves of them.
	t.log(`${count} asks in 120 s, ${Math.round((count * 64) / 120)} B/s`);
	t.true(count <= 2 * CALLED_OF_ALL * 2 * ASK_LIMIT);
});

test('whatever comes when, a run sends no more than its bounds', t => {
	const events = fc.array(
		fc.record({after: fc.nat(4000), from: fc.nat(5), what: fc.constantFrom('ask', 'answer', 'again', 'noise')}),
		{maxLength: 120},
	);
	const property = fc.property(events, happened => {
		const {probing, other} = started(t, {addresses: [1, 2, 3].map(last => address(30 + last))});
		let [now, asks, answers] = [0, 0, 0];
		let last = other.ask();
		for (const {after, from, what} of happened) {
			const until = now + after;
			for (const {datagram} of sent(runUntil(probing, now, until))) {
				last = datagram;
				asks++;
			}

			now = until;
			if (what === 'ask') last = other.ask();
			const bytes = what === 'answer' ? other.answer(last) : what === 'noise' ? Buffer.from(last).fill(7, 40) : last;
			answers += probing.receive(bytes, address(31, 4000 + from), 0, now).filter(({kind}) => kind === 'send').length;
		}

		return asks <= 2 * ASK_LIMIT && answers <= ANSWER_LIMIT;
	});
	t.notThrows(() => fc.assert(property, {numRuns: 60}));
	t.is(ASK_PAUSES_MS.length, 6);
});
