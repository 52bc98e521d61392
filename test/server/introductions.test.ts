// Introductions without sockets: who is told what, in which order and in one turn; that nobody else is told anything; and the rates.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {systemRandom} from '../../source/crypto/random.ts';
import {deviceIdOf} from '../../source/protocol/devices/device-log.ts';
import {redeemTicket} from '../../source/protocol/introduce/ticket.ts';
import {recordState} from '../../source/protocol/login/records.ts';
import {createBind} from '../../source/protocol/path/bind.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {Arrivals} from '../../source/server/arrivals.ts';
import {Guests} from '../../source/server/guests.ts';
import {type Member, createMember} from '../../source/server/member.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {CALLED_NAMES, LIMITS} from '../../source/server/rate-limits.ts';
import {answerBind} from '../../source/server/reflector.ts';
import {type Verdict} from '../../source/server/request-handler.ts';
import {handleRequest} from '../../source/server/requests.ts';
import {type Directory} from '../../source/server/sessions.ts';
import {type DirectoryStore} from '../../source/server/store/directory-store.ts';
import {type Address} from '../../source/wire/address.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeCandidates, decodeRefused, encodeCandidates} from '../../source/wire/messages/directory.ts';
import {encodeIntroduceDevice} from '../../source/wire/messages/devices.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {CALLED_SIZE, WAYS_SIZE, decodeCalled, decodeWays} from '../../source/wire/messages/ways.ts';

const NOW = 1_800_000_000_000;
const at = (host: string, port: number): Address => ({host, port});
const REFLECTORS = [at('192.0.2.9', 7406), at('192.0.2.9', 7407), at('2001:db8:9::9', 7406)];

type Sent = {readonly to: string; readonly type: number; readonly body: Buffer};

/** Nobody is introduced later than in the turn in which it was asked for. */
function atOnce(verdict: Verdict | Promise<Verdict>): Verdict {
	if (typeof verdict !== 'string') throw new Error('it waits for the store');
	return verdict;
}

/** A directory of members without connections, whose monotonic clock stands still, and all that it has sent, in order. */
function made() {
	const sent: Sent[] = [];
	const clock = {elapsed: 0};
	const presence = new PresenceRegistry();
	const directory: Directory = {
		store: {} as DirectoryStore,
		presence,
		arrivals: new Arrivals(),
		guests: new Guests(),
		limits: LIMITS,
		random: systemRandom,
		clock: {now: () => NOW, elapsed: () => clock.elapsed},
		emit() {},
	};
	let times = NOW;
	return {
		sent,
		clock,
		/** Signed in from `host`, and seen there by each reflector of its family, at these ports in turn. */
		join(name: string, host: string, ports: readonly number[] = [4000, 4000], isFounding = true): Member {
			const session = {
				sessionId: systemRandom(16),
				ticketKeyId: systemRandom(8),
				ticketKey: systemRandom(64),
				bindKey: systemRandom(32),
				send: recordState(Buffer.alloc(64), 0),
				receive: recordState(Buffer.alloc(64), 0),
				observed: at(host, 9),
				clockOffset: 0,
			};
			const connection = {
				send: (type: number, body: Buffer) => void sent.push({to: name, type, body: Buffer.from(body)}),
				end() {},
			};
			const identityKey = systemRandom(32);
			const member = createMember(
				{name, identityKey, generation: 1},
				{...FOUNDING, isFounding},
				session,
				connection,
				[],
				LIMITS,
				directory.clock,
			);
			presence.add(member);
			for (const [index, port] of ports.entries()) this.bind(member, at(host, port), REFLECTORS[index]!);
			sent.length = 0;
			return member;
		},
		bind(member: Member, from: Address, reflector: Address) {
			return answerBind(createBind(member.session, ++times), from, reflector, presence, NOW);
		},
		ask(member: Member, name: string, type: number = FRAME.introduce, request = 7) {
			return atOnce(handleRequest(directory, member, type, encodeIntroduce({request, name, time: NOW})));
		},
		say: (member: Member, type: number, body: Buffer) => atOnce(handleRequest(directory, member, type, body)),
		/** What was sent since the last call: to whom and of which type. */
		told(): Array<readonly [string, number]> {
			return sent.splice(0).map(({to, type}) => [to, type] as const);
		},
	};
}

const types = (...names: ReadonlyArray<readonly [string, keyof typeof FRAME]>) =>
	names.map(([to, type]) => [to, FRAME[type]] as const);

test('both sides are told of each other before the handler returns, the asker of the ways first', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1', [4000, 4001]);
	const bob = town.join('bob', '203.0.113.2');
	town.bind(bob, at('2001:db8::2', 5000), REFLECTORS[2]!);
	town.ask(alice, 'bob');
	const [ways, introduction, called] = town.sent.map(({body}) => body);
	t.deepEqual(town.told(), types(['alice', 'ways'], ['alice', 'introduction'], ['bob', 'called']));
	t.deepEqual(decodeWays(ways!), {
		request: 7,
		mapping: 'same',
		addresses: [at('203.0.113.2', 4000), at('2001:db8::2', 5000)],
	});
	const grant = decodeIntroduction(introduction!)?.grant;
	t.deepEqual(grant?.addresses, [at('203.0.113.2', 4000), at('2001:db8::2', 5000)]);
	const call = decodeCalled(called!);
	t.like(call, {time: NOW, mapping: 'varies', addresses: [at('198.51.100.1', 4001)]});
	// The ticket is the one that alice got, and only bob can open it.
	t.deepEqual(call?.ticket, grant?.ticket);
	const redeemed = redeemTicket(call!.ticket, [{id: bob.session.ticketKeyId, key: bob.session.ticketKey}], NOW);
	t.true('body' in redeemed);
	if ('body' in redeemed) t.like(redeemed.body, {from: 'alice', to: 'bob', address: at('198.51.100.1', 4001)});
});

test('an introduction names a device: the ticket is for that one, and says which device asks', t => {
	const town = made();
	const [pc, laptop] = [town.join('bob', '203.0.113.2'), town.join('bob', '203.0.113.3', undefined, false)];
	const alice = town.join('alice', '198.51.100.1');
	const ask = (from: Member, to: Member) =>
		town.say(
			from,
			FRAME.introduceDevice,
			encodeIntroduceDevice({request: 7, name: to.name, time: NOW, device: deviceIdOf(to.identityKey)}),
		);
	const granted = () =>
		decodeIntroduction(town.sent.splice(0).find(({type}) => type === FRAME.introduction)!.body)?.grant;
	// To whom does not know of devices, and of whom does not, a name is its founding device.
	ask(alice, laptop);
	t.is(granted(), undefined);
	for (const each of [pc, laptop, alice]) each.speaksDevices = true;
	for (const peer of [pc, laptop]) {
		ask(alice, peer);
		const grant = granted();
		t.deepEqual(grant?.identityKey, peer.identityKey);
		const keys = [{id: peer.session.ticketKeyId, key: peer.session.ticketKey}];
		const redeemed = redeemTicket(grant!.ticket, keys, NOW);
		if (!('body' in redeemed)) throw new Error(redeemed.drop);
		t.like(redeemed.body, {from: 'alice', to: 'bob'});
		t.deepEqual(redeemed.body.identityKey, alice.identityKey);
	}

	// An earlier client's INTRODUCE means the founding device, whoever came last.
	town.ask(alice, 'bob');
	t.deepEqual(granted()?.identityKey, pc.identityKey);
	// Siblings meet, and no device meets itself.
	ask(pc, laptop);
	t.deepEqual(granted()?.identityKey, laptop.identityKey);
	ask(laptop, laptop);
	t.is(granted(), undefined);
	// One that is none.
	town.say(
		alice,
		FRAME.introduceDevice,
		encodeIntroduceDevice({request: 7, name: 'bob', time: NOW, device: Buffer.alloc(8)}),
	);
	t.is(granted(), undefined);
});

test('the mapping of each side is what the server has seen, not what anybody says', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1', [4000]);
	for (const [name, ports, mapping] of [
		['same', [4000, 4000], 'same'],
		['varies', [4000, 4001], 'varies'],
		['unknown', [4000], 'unknown'],
	] as const) {
		town.join(name, '203.0.113.2', ports);
		town.ask(alice, name);
		t.is(decodeWays(town.sent[0]!.body)?.mapping, mapping);
		t.is(decodeCalled(town.sent[2]!.body)?.mapping, 'unknown');
		town.told();
	}
});

test('unknown, offline, blocked and oneself are one answer of one size, and nobody else hears of it', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	const bob = town.join('bob', '203.0.113.2');
	bob.blocked = new Set(['alice']);
	const answers = ['nobody', 'bob', 'alice'].map(name => {
		town.ask(alice, name);
		const bodies = town.sent.map(({body}) => body);
		t.deepEqual(town.told(), types(['alice', 'ways'], ['alice', 'introduction']));
		return bodies;
	});
	for (const [ways, introduction] of answers) {
		t.deepEqual(ways, Buffer.concat([Buffer.of(0, 0, 0, 7), Buffer.alloc(WAYS_SIZE - 4)]));
		t.is(introduction?.length, 432);
		t.is(decodeIntroduction(introduction!)?.grant, undefined);
	}

	// As for a punch.
	town.ask(alice, 'bob', FRAME.punchRequest);
	t.deepEqual(town.told(), []);
	bob.blocked = undefined;
	town.ask(alice, 'bob');
	t.deepEqual(
		town.sent.map(({body}) => body.length),
		[WAYS_SIZE, 432, CALLED_SIZE],
	);
});

test('while one side has not bound, it is told to ask again, and nothing else is sent', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	town.join('bob', '203.0.113.2', []);
	town.ask(alice, 'bob');
	t.deepEqual(town.told(), types(['alice', 'refused']));
	const carol = town.join('carol', '203.0.113.3', []);
	town.ask(carol, 'alice');
	t.deepEqual(town.told(), types(['carol', 'refused']));
});

test('one name is called six times, then once in ten seconds, by introductions and punches together', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	town.join('bob', '203.0.113.2');
	town.join('carol', '203.0.113.3');
	for (let call = 0; call < 6; call++) town.ask(alice, 'bob', call % 2 === 0 ? FRAME.introduce : FRAME.punchRequest);
	t.is(town.told().filter(([to]) => to === 'bob').length, 6);
	for (const type of [FRAME.introduce, FRAME.punchRequest]) {
		town.ask(alice, 'bob', type);
		t.deepEqual(decodeRefused(town.sent[0]!.body), {request: 7, retryAfter: 10});
		t.deepEqual(town.told(), types(['alice', 'refused']));
	}

	// Others are not concerned.
	town.ask(alice, 'carol');
	t.is(town.told().length, 3);
	town.clock.elapsed += 10_000;
	town.ask(alice, 'bob');
	t.is(town.told().length, 3);
	town.ask(alice, 'bob');
	t.deepEqual(town.told(), types(['alice', 'refused']));
});

test('who asks a thousand times a second for a minute causes eleven calls', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	town.join('bob', '203.0.113.2');
	let floods = 0;
	for (let ms = 0; ms < 60_000; ms++) {
		town.clock.elapsed = ms;
		if (town.ask(alice, 'bob') === 'flood') floods++;
	}

	// Six at once, and then one each ten seconds.
	t.is(town.told().filter(([to]) => to === 'bob').length, 11);
	t.true(floods > 50_000);
});

test('however many names are called, no more of them are counted than the limit says, and none is called more often for it', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	const names = Array.from({length: CALLED_NAMES + 50}, (_, index) => `n${index}`);
	for (const name of names) town.join(name, '203.0.113.2', [4000]);
	// As if the rate of all introductions did not hold.
	for (const name of names) {
		alice.introductions.tokens = 60;
		alice.frames.tokens = 400;
		town.ask(alice, name);
	}

	t.is(alice.calls?.size, CALLED_NAMES);
	t.is(town.told().filter(([, type]) => type === FRAME.called).length, CALLED_NAMES);
	town.clock.elapsed += 10_000;
	town.ask(alice, names.at(-1)!);
	t.is(town.told().filter(([, type]) => type === FRAME.called).length, 1);
	t.is(alice.calls?.size, 1);
});

test('a foreign address that a member names is told to nobody, in no frame', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	const mallory = town.join('mallory', '203.0.113.66');
	const victim = '192.0.2.77';
	const hostile = [victim, '10.0.0.1', '127.0.0.1', '::1', '224.0.0.1', '2001:db8::77', 'fe80::1', '255.255.255.255'];
	for (let start = 0; start < hostile.length; start += 4) {
		const named = hostile.slice(start, start + 4).map(host => at(host, 53));
		t.is(town.say(mallory, FRAME.candidates, encodeCandidates(named)), 'done');
		town.ask(mallory, 'alice');
		town.ask(alice, 'mallory');
		town.ask(mallory, 'alice', FRAME.punchRequest);
		const lists = town.sent.map(({type, body}) => {
			if (type === FRAME.ways) return decodeWays(body)?.addresses;
			if (type === FRAME.called) return decodeCalled(body)?.addresses;
			return type === FRAME.punch ? decodeCandidates(body) : decodeIntroduction(body)?.grant?.addresses;
		});
		t.is(lists.length, 7);
		const seen = new Set(['198.51.100.1', '203.0.113.66']);
		t.true(lists.flat().every(address => address !== undefined && seen.has(address.host)));
		town.told();
	}
});

test('of its own host another port is told, as a router has it that forwards one, and private ones to neighbours alone', t => {
	const town = made();
	const [alice, bob] = [town.join('alice', '198.51.100.1'), town.join('bob', '203.0.113.2')];
	const neighbour = town.join('neighbour', '203.0.113.2', [4100]);
	const [mapped, local] = [at('203.0.113.2', 7000), at('192.168.1.5', 4000)];
	town.say(bob, FRAME.candidates, encodeCandidates([local, mapped]));
	const waysOf = (member: Member) => {
		town.ask(member, 'bob');
		const addresses = decodeWays(town.sent[0]!.body)?.addresses;
		town.told();
		return addresses;
	};

	t.deepEqual(waysOf(alice), [at('203.0.113.2', 4000), mapped]);
	t.deepEqual(waysOf(neighbour), [at('203.0.113.2', 4000), mapped, local]);
	// Where bob is now decides, not where it was when it named them.
	town.bind(bob, at('203.0.113.9', 4000), REFLECTORS[0]!);
	town.say(bob, FRAME.candidates, encodeCandidates([at('203.0.113.9', 7000)]));
	t.deepEqual(waysOf(alice)?.slice(1), [at('203.0.113.9', 7000)]);
});

test('INTRODUCE, PUNCH_REQUEST and CANDIDATES that are short, long or no bytes of ours end the connection and cause nothing', t => {
	const town = made();
	const alice = town.join('alice', '198.51.100.1');
	town.join('bob', '203.0.113.2');
	const asked = encodeIntroduce({request: 7, name: 'bob', time: NOW});
	for (const type of [FRAME.introduce, FRAME.punchRequest]) {
		for (let size = 0; size < asked.length; size += 4)
			t.is(town.say(alice, type, asked.subarray(0, size)), 'malformed');
		t.is(town.say(alice, type, Buffer.concat([asked, Buffer.of(0)])), 'malformed');
	}

	// What only a server says: from a client it is passed over.
	for (const type of [FRAME.reflectors, FRAME.called, FRAME.ways]) t.is(town.say(alice, type, asked), 'done');
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 100}), array => {
			alice.frames.tokens = 400;
			const verdict = town.say(alice, FRAME.candidates, Buffer.from(array));
			t.true(verdict === 'malformed' || decodeCandidates(Buffer.from(array)) !== undefined);
		}),
	);
	t.deepEqual(town.told(), []);
});
