// Birthday probing: how much each side sends and how fast, that no port is asked twice, and who may have it when.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {birthdayAsk, startBirthday} from '../../../source/protocol/path/birthday.ts';
import {createAnswer, createAsk, deriveProbeKeys} from '../../../source/protocol/path/probe-keys.ts';
import {
	BIRTHDAYS_OF_ALL,
	BIRTHDAY_AFTER_MS,
	BIRTHDAY_EVERY_MS,
	BIRTHDAY_FIRST_SOCKETS,
	BIRTHDAY_LOWEST_PORT,
	BIRTHDAY_MORE_MS,
	BIRTHDAY_MS,
	BIRTHDAY_PORTS,
	BIRTHDAY_PORT_PAUSE_MS,
	BIRTHDAY_SOCKETS,
	BIRTHDAY_SOCKET_PAUSE_MS,
	PROBE_LIFE_MS,
} from '../../../source/protocol/path/probe-limits.ts';
import {Probing, type ProbingAction} from '../../../source/protocol/path/probing.ts';
import {type Address} from '../../../source/wire/address.ts';
import {type Random} from '../../../source/crypto/random.ts';
import {seededRandom} from '../../twins/random.ts';

const random = seededRandom('birthday');
const other: Address = {host: '203.0.113.31', port: 4000};
const own: Address = {host: '203.0.113.21', port: 5000};
const sockets = Array.from({length: 600}, (_, index) => 2 + index);

function asksOf(plan: Parameters<typeof startBirthday>[0], step = 1) {
	const birthday = startBirthday(plan, 0);
	const asks: Array<{at: number; socket: number; address: Address}> = [];
	for (let at = 0; at < BIRTHDAY_MS; at += step) {
		const ask = birthdayAsk(birthday, at, random);
		if (ask) asks.push({at, socket: ask.socket, address: ask.address});
	}

	return asks;
}

test('many ports: 1024 of them, 100 a second, none twice, none below 1024', t => {
	const asks = asksOf({kind: 'many-ports', socket: 7, host: other.host});
	t.is(asks.length, BIRTHDAY_PORTS);
	t.is(asks.at(-1)!.at, (BIRTHDAY_PORTS - 1) * BIRTHDAY_PORT_PAUSE_MS);
	t.is(new Set(asks.map(({address}) => address.port)).size, BIRTHDAY_PORTS);
	t.true(
		asks.every(({address, socket}) => address.port >= BIRTHDAY_LOWEST_PORT && address.port <= 65_535 && socket === 7),
	);
	t.true(asks.every(({address}) => address.host === other.host));
	// Spread over the whole range, as a fair shuffle is.
	const low = asks.filter(({address}) => address.port < 33_280).length;
	t.true(low > 400 && low < 624, `${low}`);
});

/** When the socket of this index asks, ms. */
function dueAt(index: number): number {
	return index < BIRTHDAY_FIRST_SOCKETS
		? index * BIRTHDAY_SOCKET_PAUSE_MS
		: BIRTHDAY_MORE_MS + (index - BIRTHDAY_FIRST_SOCKETS) * BIRTHDAY_SOCKET_PAUSE_MS;
}

test('many sockets: 512 of them, one ask each to the one address, half of them after 2 s', t => {
	const asks = asksOf({kind: 'many-sockets', sockets, address: other});
	t.is(asks.length, BIRTHDAY_SOCKETS);
	t.deepEqual(
		asks.map(({at, socket}) => [at, socket]),
		sockets.slice(0, BIRTHDAY_SOCKETS).map((socket, index) => [dueAt(index), socket]),
	);
	t.true(asks.every(({address}) => address === other));
});

/** Within how many asks of the one side a port of the other is met, with this chance; undefined where all of them are too few. */
function asksUntil(chance: number): number | undefined {
	const ports = 65_536 - BIRTHDAY_LOWEST_PORT;
	let missed = 1;
	for (let asked = 0; asked < BIRTHDAY_PORTS; asked++) {
		const at = asked * BIRTHDAY_PORT_PAUSE_MS;
		const since = (start: number) => Math.max(0, Math.floor((at - start) / BIRTHDAY_SOCKET_PAUSE_MS) + 1);
		const open = Math.min(BIRTHDAY_FIRST_SOCKETS, since(0));
		const more = Math.min(BIRTHDAY_SOCKETS - BIRTHDAY_FIRST_SOCKETS, since(BIRTHDAY_MORE_MS));
		missed *= 1 - (open + more) / (ports - asked);
		if (1 - missed >= chance) return asked + 1;
	}

	return undefined;
}

/** How many asks it took until one met an open port of a NAT that gives each socket a random one; undefined for never. */
function asksTaken(chance: Random): number | undefined {
	const [opening, asking] = [
		startBirthday({kind: 'many-sockets', sockets, address: other}, 0),
		startBirthday({kind: 'many-ports', socket: 0, host: other.host}, 0),
	];
	const open = new Set<number>();
	for (let now = 0; now < BIRTHDAY_MS; now = Math.min(opening.dueAt, asking.dueAt)) {
		if (birthdayAsk(opening, now, chance)) {
			const size = open.size;
			while (open.size === size) open.add(1024 + (chance(4).readUInt32BE() % 64_512));
		}

		const ask = birthdayAsk(asking, now, chance);
		if (ask && open.has(ask.address.port)) return asking.sent;
	}

	return undefined;
}

/** Since the introduction, when this ask goes out. */
function seconds(asks: number): string {
	return ((BIRTHDAY_AFTER_MS + (asks - 1) * BIRTHDAY_PORT_PAUSE_MS) / 1000).toFixed(1);
}

test('how many asks it takes: as computed, and 99 of 100 within 8.5 s of the introduction', t => {
	const runs = 500;
	const taken = Array.from({length: runs}, () => asksTaken(random) ?? Number.POSITIVE_INFINITY);
	for (const chance of [0.5, 0.9, 0.95, 0.99]) {
		const asks = asksUntil(chance)!;
		const within = taken.filter(each => each <= asks).length;
		t.log(
			`${chance * 100} %: ${asks} asks, ${seconds(asks)} s; ${((within / runs) * 100).toFixed(1)} % of ${runs} runs`,
		);
		// Four standard deviations of a binomial distribution.
		t.true(Math.abs(within - runs * chance) <= 4 * Math.sqrt(runs * chance * (1 - chance)) + 1, `${chance}`);
	}

	t.true(BIRTHDAY_AFTER_MS + asksUntil(0.99)! * BIRTHDAY_PORT_PAUSE_MS <= 8500);
	t.true(asksUntil(0.999)! < BIRTHDAY_PORTS);
	t.true(taken.filter(each => each === Number.POSITIVE_INFINITY).length <= runs / 100);
});

test('whenever the clock is looked at, and whatever is random, the bounds hold', t => {
	const property = fc.property(
		fc.array(fc.nat(300), {minLength: 1500, maxLength: 1500}),
		fc.uint8Array({minLength: 4, maxLength: 4}),
		fc.boolean(),
		(steps, bytes, isMany) => {
			const plan = isMany
				? ({kind: 'many-sockets', sockets, address: other} as const)
				: ({kind: 'many-ports', socket: 0, host: other.host} as const);
			const birthday = startBirthday(plan, 0);
			const same = Buffer.alloc(12, Buffer.from(bytes));
			const ports = new Set<number>();
			let [now, count] = [0, 0];
			for (const step of steps) {
				now += step;
				const ask = birthdayAsk(birthday, now, size => same.subarray(0, size));
				if (!ask) continue;
				count++;
				ports.add(ask.address.port);
			}

			return isMany ? count <= BIRTHDAY_SOCKETS : count <= BIRTHDAY_PORTS && ports.size === count;
		},
	);
	t.notThrows(() => fc.assert(property, {numRuns: 20}));
});

/** A client that was introduced to somebody, 1 s later. */
function unmet(probing: Probing, name: string, now: number) {
	const peer = {role: 'initiator', name, key: random(32), ticket: random(248)} as const;
	const begun = probing.begin(
		{...peer, addresses: [other], standpoint: {server: own, observed: own}, age: 0, socketFor: () => 0},
		now,
	);
	const said = runUntil(probing, now, now + BIRTHDAY_AFTER_MS).filter(
		action => action.kind === 'unmet' && action.name === name,
	);
	if (said.length !== 1) throw new Error('it is not said once that nobody was met');
	return {id: 'id' in begun ? begun.id : '', keys: deriveProbeKeys(peer.key, peer.ticket, 'responder')};
}

function runUntil(probing: Probing, from: number, to: number): ProbingAction[] {
	const actions: ProbingAction[] = [];
	for (let now = from; now <= to; now = Math.max(now + 1, Math.ceil(probing.deadline(now)))) {
		actions.push(...probing.run(now));
		if (probing.deadline(now) === Number.POSITIVE_INFINITY) break;
	}

	return actions;
}

const released = (actions: readonly ProbingAction[]) =>
	actions.flatMap(action => (action.kind === 'release' ? action.sockets : []));

const manySockets = {kind: 'many-sockets', sockets: sockets.slice(0, BIRTHDAY_SOCKETS)} as const;

test('the sockets are given back when nobody was met, and the introduction has failed then', t => {
	const probing = new Probing(random);
	const {id} = unmet(probing, 'bob', 0);
	t.is(probing.birthday(id, manySockets, BIRTHDAY_AFTER_MS), undefined);
	const actions = runUntil(probing, BIRTHDAY_AFTER_MS, PROBE_LIFE_MS - 1);
	t.deepEqual(released(actions), manySockets.sockets);
	t.is(actions.filter(({kind}) => kind === 'failed').length, 1);
	const asked = actions.flatMap(action => (action.kind === 'send' ? [action.socket] : []));
	t.is(asked.filter(socket => socket !== 0).length, BIRTHDAY_SOCKETS);
	t.is(asked.filter(socket => socket === 0).length, 2, 'the end of the first round, and no second one');
});

test('the socket that was heard stays, is asked from, and belongs to the pair that it proves', t => {
	const probing = new Probing(random);
	const {id, keys} = unmet(probing, 'bob', 0);
	probing.birthday(id, manySockets, BIRTHDAY_AFTER_MS);
	const now = BIRTHDAY_AFTER_MS + 500;
	runUntil(probing, BIRTHDAY_AFTER_MS, now);
	const from = {host: other.host, port: 9};
	const heard = probing.receive(createAsk(keys, random(12)), from, 77, now);
	t.deepEqual(
		released(heard),
		manySockets.sockets.filter(socket => socket !== 77),
	);
	const [ask, ...more] = probing.run(now);
	t.deepEqual(more, []);
	t.like(ask, {kind: 'send', socket: 77, to: from});
	const nonce = ask?.kind === 'send' ? ask.datagram.subarray(8, 20) : random(12);
	t.like(probing.receive(createAnswer(keys, nonce, own), from, 77, now + 5)[0], {kind: 'proven', pair: {socket: 77}});
	t.deepEqual(runUntil(probing, now + 5, PROBE_LIFE_MS), []);
});

test('the socket that was heard is given back when nothing comes of it', t => {
	const probing = new Probing(random);
	const {id, keys} = unmet(probing, 'bob', 0);
	probing.birthday(id, manySockets, BIRTHDAY_AFTER_MS);
	probing.receive(createAsk(keys, random(12)), other, 77, BIRTHDAY_AFTER_MS + 1);
	t.deepEqual(released(runUntil(probing, BIRTHDAY_AFTER_MS + 2, PROBE_LIFE_MS - 1)), [77]);
});

test('an answer of the port that was met proves it, and the rest is not asked', t => {
	const probing = new Probing(random);
	const {id, keys} = unmet(probing, 'bob', 0);
	probing.birthday(id, {kind: 'many-ports', socket: 0}, BIRTHDAY_AFTER_MS);
	const ask = probing.run(BIRTHDAY_AFTER_MS).find(action => action.kind === 'send');
	const nonce = ask!.datagram.subarray(8, 20);
	t.deepEqual(
		probing.receive(createAnswer(keys, nonce, own), other, 0, BIRTHDAY_AFTER_MS + 1),
		[],
		'not from the port asked',
	);
	t.like(probing.receive(createAnswer(keys, nonce, own), ask!.to, 0, BIRTHDAY_AFTER_MS + 20)[0], {
		kind: 'proven',
		pair: {address: ask!.to, rtt: 20},
	});
	t.deepEqual(runUntil(probing, BIRTHDAY_AFTER_MS + 20, PROBE_LIFE_MS), []);
});

test('one at a time, once in 10 minutes for a contact, and not many of all', t => {
	const probing = new Probing(random);
	const bob = unmet(probing, 'bob', 0);
	const carol = unmet(probing, 'carol', 0);
	t.is(probing.birthday(bob.id, {kind: 'many-ports', socket: 0}, BIRTHDAY_AFTER_MS), undefined);
	t.is(probing.mayBirthday(carol.id, BIRTHDAY_AFTER_MS), 'busy');
	t.is(probing.mayBirthday('none', BIRTHDAY_AFTER_MS), 'gone');
	runUntil(probing, BIRTHDAY_AFTER_MS, BIRTHDAY_AFTER_MS + BIRTHDAY_MS);
	t.is(probing.mayBirthday(carol.id, BIRTHDAY_AFTER_MS + BIRTHDAY_MS), undefined);
	let now = 40_000;
	const begin = (name: string) => {
		const {id} = unmet(probing, name, now);
		now += BIRTHDAY_AFTER_MS;
		const drop = probing.birthday(id, {kind: 'many-ports', socket: 0}, now);
		probing.forget(id);
		return drop;
	};
	t.is(begin('bob'), 'again');
	for (let count = 1; count < BIRTHDAYS_OF_ALL; count++) t.is(begin(`n${count}`), undefined);
	t.is(begin('one more'), 'again');
	now = BIRTHDAY_AFTER_MS + BIRTHDAY_EVERY_MS;
	t.is(begin('bob'), undefined);
});

test('nobody is probed so who has no public IPv4 address, or too late in the life of a tag', t => {
	const probing = new Probing(random);
	const addresses = [{host: '2001:db8::1', port: 5}];
	const begun = probing.begin(
		{
			role: 'initiator',
			name: 'bob',
			key: random(32),
			ticket: random(248),
			addresses,
			standpoint: {server: own, observed: own},
			age: 0,
			socketFor: () => 0,
		},
		0,
	);
	t.is('id' in begun && probing.mayBirthday(begun.id, 0), 'target');
	const {id} = unmet(probing, 'carol', 0);
	t.is(probing.mayBirthday(id, PROBE_LIFE_MS - BIRTHDAY_MS + 1), 'gone');
});

test('a new introduction of the same name gives the sockets of the old one back', t => {
	const probing = new Probing(random);
	const {id} = unmet(probing, 'bob', 0);
	probing.birthday(id, manySockets, BIRTHDAY_AFTER_MS);
	unmet(probing, 'carol', BIRTHDAY_AFTER_MS);
	probing.begin(
		{
			role: 'initiator',
			name: 'bob',
			key: random(32),
			ticket: random(248),
			addresses: [other],
			standpoint: {server: own, observed: own},
			age: 0,
			socketFor: () => 0,
		},
		2 * BIRTHDAY_AFTER_MS,
	);
	t.deepEqual(released(probing.run(2 * BIRTHDAY_AFTER_MS)), manySockets.sockets);
});
