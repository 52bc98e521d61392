// Between any two homes: which pairs of NATs the probes get through, when, and with how many datagrams. A simulated network and clock.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {
	ANSWER_LIMIT,
	ASK_LIMIT,
	BIRTHDAY_AFTER_MS,
	BIRTHDAY_MS,
	BIRTHDAY_PORTS,
	BIRTHDAY_SOCKETS,
	ROUND_MS,
	ROUND_SILENCE_MS,
} from '../../../source/protocol/path/probe-limits.ts';
import {whyNoWay} from '../../../source/protocol/path/no-way.ts';
import {PROBE_SIZE} from '../../../source/wire/messages/probe.ts';
import {type FakeHome, FakeNet} from '../../twins/fake-net.ts';
import {Prober, type Told, introduceBoth} from '../../twins/prober.ts';

const HOMES = {
	none: {ipv4: 'open'},
	full: {ipv4: {mapping: 'same', filter: 'none'}},
	addr: {ipv4: {mapping: 'same', filter: 'host'}},
	port: {ipv4: {mapping: 'same', filter: 'port'}},
	// A carrier's NAT: by port, and it forgets early.
	cgnat: {ipv4: {mapping: 'same', filter: 'port', timeout: 30_000}},
	sym: {ipv4: {mapping: 'varies', filter: 'port'}},
	blocked: {ipv4: {mapping: 'same', filter: 'port'}, isBlocked: true},
} as const satisfies Record<string, FakeHome>;
type Home = keyof typeof HOMES;

/** d: by probes alone; b: by birthday probing; m: needs a mapped port or a relay; –: impossible. */
const TABLE: Record<Home, string> = {
	none: 'd d d d d d –',
	full: 'd d d d d d –',
	addr: 'd d d d d d –',
	port: 'd d d d d b –',
	cgnat: 'd d d d d b –',
	sym: 'd d d b b m –',
	blocked: '– – – – – – –',
};

type Wire = {readonly delay?: number; readonly seed?: number; readonly loss?: number; readonly jitter?: number};

/** Two people in these homes, introduced: what came of it. */
function meet(from: FakeHome, to: FakeHome, {delay = 40, seed = 1, loss = 0, jitter = 0, ...told}: Told & Wire = {}) {
	const net = new FakeNet(delay, seed);
	net.loss = loss;
	net.jitter = jitter;
	const alice = new Prober(net, net.home(from), 'alice');
	const bob = new Prober(net, net.home(to), 'bob');
	introduceBoth(net, alice, bob, told);
	return {net, alice, bob};
}

type Met = ReturnType<typeof meet>;

/** Both have a pair, and what alice sends on hers arrives. */
function isThrough({net, alice, bob}: Met): boolean {
	const [pair] = alice.proven;
	if (pair === undefined || bob.proven.length === 0) return false;
	alice.sendOn(pair, Buffer.from('INIT'));
	net.moveTo(net.now + 1000);
	return bob.others.length === 1;
}

const provenAt = ({alice, bob}: Met) =>
	Math.max(...[alice, bob].map(({proven}) => proven[0]?.at ?? Number.POSITIVE_INFINITY));

/** Nobody has sent more than its bounds, and what is held is given back. */
function isBounded(t: ExecutionContext, {alice, bob}: Met, title: string): void {
	for (const {name, sent, proven, openSockets} of [alice, bob]) {
		const counts = `${title}, ${name}: ${JSON.stringify(sent)}`;
		t.true(sent.asks <= 2 * ASK_LIMIT, counts);
		t.true(sent.birthdayAsks <= Math.max(BIRTHDAY_SOCKETS, BIRTHDAY_PORTS), counts);
		t.true(sent.answers <= ANSWER_LIMIT, counts);
		t.is(sent.bytes, (sent.asks + sent.birthdayAsks + sent.answers) * PROBE_SIZE);
		t.true(openSockets <= 2 + proven.length, counts);
	}
}

const homes = Object.keys(HOMES) as Home[];
for (const from of homes) {
	for (const [index, to] of homes.entries()) {
		const expected = TABLE[from].split(' ')[index]!;
		test(`${from} → ${to}: ${expected}`, t => {
			for (const late of [0, 60, 500]) {
				const met = meet(HOMES[from], HOMES[to], {late});
				const title = `${late} ms late`;
				isBounded(t, met, title);
				const at = provenAt(met);
				if (expected === 'd') {
					// Three one-way delays behind the later of the two, and what a schedule may add.
					t.true(at <= late + 120 + 250, `${title}: ${at} ms`);
					t.is(met.alice.sent.birthdayAsks + met.bob.sent.birthdayAsks, 0, title);
					t.true(met.alice.sent.asks <= 6 && met.bob.sent.asks <= 6, title);
				} else if (expected === 'b') {
					t.true(at > BIRTHDAY_AFTER_MS && at <= BIRTHDAY_AFTER_MS + BIRTHDAY_MS, `${title}: ${at} ms`);
				} else t.is(at, Number.POSITIVE_INFINITY, title);

				t.is(isThrough(met), expected === 'd' || expected === 'b', title);
			}
		});
	}
}

function why(from: FakeHome, to: FakeHome) {
	const {alice, bob} = meet(from, to);
	const tried = {own: alice.seen, other: bob.seen, ownMapping: alice.mapping, otherMapping: bob.mapping};
	return whyNoWay(tried);
}

test('why not: in the words of what was tried', t => {
	t.deepEqual(why(HOMES.sym, HOMES.sym), {kind: 'both-vary'});
	t.deepEqual(why(HOMES.blocked, HOMES.none), {kind: 'udp-blocked'});
	t.deepEqual(why(HOMES.none, HOMES.blocked), {kind: 'nowhere'});
	t.deepEqual(why(HOMES.port, {ipv6: 'open'}), {kind: 'families', own: 'ipv4', other: 'ipv6'});
	t.deepEqual(why({...HOMES.sym, ipv6: 'open'}, {...HOMES.sym, ipv6: 'open'}), {kind: 'unanswered'});
});

test('birthday probing: over many runs nearly all get through, most within 3 s of its start', t => {
	const times: number[] = [];
	for (let seed = 1; seed <= 20; seed++) {
		const met = meet(HOMES.port, HOMES.sym, {seed});
		isBounded(t, met, `seed ${seed}`);
		if (isThrough(met)) times.push(provenAt(met) - BIRTHDAY_AFTER_MS);
	}

	times.sort((a, b) => a - b);
	t.log(`${times.length} of 20; median ${times[times.length >> 1]} ms, at most ${times.at(-1)} ms`);
	t.is(times.length, 20);
	t.true(times[10]! <= 3500);
	t.true(times.at(-1)! <= 8000);
});

test('where datagrams are lost and come in another order, the first round gets nearly all through', t => {
	for (const [loss, atLeast] of [
		[0.1, 40],
		[0.3, 37],
	] as const) {
		const times = Array.from({length: 40}, (_, seed) => {
			const met = meet(HOMES.port, HOMES.addr, {loss, jitter: 60, seed});
			isBounded(t, met, `${loss}, seed ${seed}`);
			return provenAt(met);
		});
		const inFirst = times.filter(at => at <= ROUND_MS).length;
		t.log(
			`${loss * 100} % lost: ${inFirst} of 40 in the first round, median ${Math.round(times.toSorted((a, b) => a - b)[20]!)} ms`,
		);
		t.true(inFirst >= atLeast);
		t.true(times.every(at => at < 60_000));
	}
});

const remembers: FakeHome = {ipv4: {mapping: 'same', filter: 'remembers', timeout: 30_000}};
for (const [title, from, to] of [
	['at the responder', HOMES.port, remembers],
	['at the initiator', remembers, HOMES.port],
	['at both', remembers, remembers],
] as const) {
	test(`a router that keeps early datagrams, ${title}: told at once, the first round gets through`, t => {
		for (const delay of [5, 40, 100]) {
			const met = meet(from, to, {delay});
			t.true(provenAt(met) <= 2 * delay + 50, `${delay} ms`);
			t.true(isThrough(met));
		}
	});
}

test('a router that keeps early datagrams, told late: the second round gets through when its side begins', t => {
	for (const late of [60, 500]) {
		const first = meet(HOMES.port, remembers, {late, delay: 5, isEven: false});
		t.true(isThrough(first), `${late} ms late`);
		t.true(provenAt(first) > ROUND_MS + ROUND_SILENCE_MS);
		isBounded(t, first, `${late} ms late`);
		// The other order helps only where the way is longer than the 60 ms between the two.
		t.false(isThrough(meet(HOMES.port, remembers, {late, delay: 5, isEven: true})));
		t.true(isThrough(meet(HOMES.port, remembers, {late, delay: 100, isEven: true})));
	}
});

for (const hairpin of [false, true]) {
	test(`behind one NAT ${hairpin ? 'with' : 'without'} hairpin: by the local addresses, at once`, t => {
		for (const mapping of ['same', 'varies'] as const) {
			const net = new FakeNet(40);
			const router = net.home({ipv4: {mapping, filter: 'port', hairpin}});
			const [alice, bob] = [new Prober(net, router, 'alice'), new Prober(net, router, 'bob')];
			introduceBoth(net, alice, bob);
			t.true(provenAt({net, alice, bob}) <= 5);
			t.regex(alice.proven[0]!.pair.address.host, /^192\.168\./);
			t.true(isThrough({net, alice, bob}));
		}
	});
}

const dual = {ipv4: {mapping: 'varies', filter: 'port'}, ipv6: 'firewall'} as const;
for (const [title, from, to, through] of [
	['two behind IPv6 firewalls, whose IPv4 NATs change ports', dual, dual, true],
	['IPv6 alone to dual stack', {ipv6: 'firewall'}, dual, true],
	['dual stack to open IPv6 alone', dual, {ipv6: 'open'}, true],
	['IPv4 alone to dual stack', HOMES.none, dual, true],
	['dual stack to IPv4 alone', dual, HOMES.addr, true],
	['dual stack with a usual NAT to IPv4 behind one', {...HOMES.port, ipv6: 'firewall'}, HOMES.port, true],
	['IPv4 alone to IPv6 alone', HOMES.port, {ipv6: 'open'}, false],
] as ReadonlyArray<[string, FakeHome, FakeHome, boolean]>) {
	test(`${title}: ${through ? 'd' : '–'}`, t => {
		for (const [a, b] of [
			[from, to],
			[to, from],
		] as const) {
			const met = meet(a, b);
			t.is(isThrough(met), through);
			if (through) t.true(provenAt(met) <= 400);
			isBounded(t, met, title);
		}
	});
}
