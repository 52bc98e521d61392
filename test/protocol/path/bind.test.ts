// BIND and BOUND: each counts once, for its own session, and not with one bit changed.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {
	BIND_MEMORY,
	BIND_SKEW_MS,
	type Bindable,
	consumeBind,
	consumeBound,
	createBind,
	createBound,
} from '../../../source/protocol/path/bind.ts';
import {BIND_SIZE} from '../../../source/wire/messages/path.ts';

const NOW = 1_800_000_000_000;
const at = {host: '192.0.2.1', port: 40_000};

type Member = {session: Bindable['session']; bindTimes: readonly number[]; last: Map<string, number>};

function member(): Member {
	return {session: {sessionId: random(16), bindKey: random(32)}, bindTimes: [], last: new Map()};
}

type Take = (datagram: Buffer, now?: number, reflector?: string) => ReturnType<typeof consumeBind<Member>>;

/** A server that knows these: it notes what it takes, and at which reflector. */
function server(...members: Member[]): Take {
	const find = (sessionId: Buffer) => members.find(({session}) => session.sessionId.equals(sessionId));
	return (datagram, now = NOW, reflector = '') => {
		const taken = consumeBind(datagram, now, find, ({last}) => last.get(reflector) ?? 0);
		if (taken) taken.sender.bindTimes = taken.bindTimes;
		taken?.sender.last.set(reflector, taken.time);
		return taken;
	};
}

function* altered(genuine: Buffer): Generator<[string, Buffer]> {
	for (let bit = 0; bit < genuine.length * 8; bit++) {
		const bytes = Buffer.from(genuine);
		bytes[bit >> 3]! ^= 1 << (bit & 7);
		yield [`bit ${bit}`, bytes];
	}

	for (let size = 0; size < genuine.length; size++) yield [`cut to ${size}`, genuine.subarray(0, size)];
	for (const byte of [0, 0xff]) yield [`${byte} added`, Buffer.concat([genuine, Buffer.of(byte)])];
}

test('a BIND tells the server who and when, its BOUND tells the client from where', t => {
	const alice = member();
	const bind = createBind(alice.session, NOW);
	t.deepEqual(server(member(), alice)(bind), {sender: alice, time: NOW, bindTimes: [NOW]});
	const bound = createBound(alice.session, NOW, at);
	t.deepEqual(consumeBound(alice.session, bound, [NOW]), at);
	t.deepEqual([bind.length, bound.length], [BIND_SIZE, BIND_SIZE]);
});

test('BIND: every flipped bit, every cut and a byte more is refused, and nothing is noted', t => {
	const [alice, bob] = [member(), member()];
	const take = server(alice, bob);
	const genuine = createBind(alice.session, NOW);
	for (const [damage, bytes] of altered(genuine)) t.is(take(bytes), undefined, damage);
	t.deepEqual([alice.bindTimes, bob.bindTimes], [[], []]);
	t.truthy(take(genuine));
});

test('BOUND: every flipped bit, every cut and a byte more is refused', t => {
	const {session} = member();
	const genuine = createBound(session, NOW, at);
	for (const [damage, bytes] of altered(genuine)) t.is(consumeBound(session, bytes, [NOW]), undefined, damage);
	t.deepEqual(consumeBound(session, genuine, [NOW]), at);
});

test('a BIND is no BOUND and a BOUND no BIND, also with the type changed', t => {
	const alice = member();
	const take = server(alice);
	const [bind, bound] = [createBind(alice.session, NOW), createBound(alice.session, NOW, at)];
	for (const bytes of [bind, Buffer.concat([bound.subarray(0, 1), bind.subarray(1)])]) {
		t.is(consumeBound(alice.session, bytes, [NOW]), undefined);
	}

	for (const bytes of [bound, Buffer.concat([bind.subarray(0, 1), bound.subarray(1)])]) t.is(take(bytes), undefined);
	// The bodies alike in every byte but the first: the labels tell them apart.
	const mac = bind.subarray(64);
	t.is(take(Buffer.concat([bind.subarray(0, 64), bound.subarray(64)])), undefined);
	t.is(consumeBound(alice.session, Buffer.concat([bound.subarray(0, 64), mac]), [NOW]), undefined);
});

test('each BIND counts once and only behind the last', t => {
	const alice = member();
	const take = server(alice);
	const [earlier, first, later] = [NOW - 1, NOW, NOW + 1].map(time => createBind(alice.session, time));
	t.truthy(take(first!));
	t.is(take(first!), undefined);
	t.is(take(earlier!), undefined);
	t.truthy(take(later!));
	t.is(take(first!), undefined);
	t.deepEqual(alice.bindTimes, [NOW, NOW + 1]);
});

test('at several reflectors BINDs overtake each other, and each still counts once', t => {
	const alice = member();
	const take = server(alice);
	const bind = (time: number) => createBind(alice.session, NOW + time);
	t.truthy(take(bind(1), NOW, 'second'));
	t.truthy(take(bind(0), NOW, 'first'));
	// Who has copied them is heard at no other reflector, neither with what has counted there nor with what has not.
	for (const reflector of ['first', 'second', 'third']) {
		for (const time of [0, 1]) t.is(take(bind(time), NOW, reflector), undefined, `${time} at ${reflector}`);
	}

	// At one and the same reflector an older one never follows.
	t.truthy(take(bind(3), NOW, 'first'));
	t.is(take(bind(2), NOW, 'first'), undefined);
	t.truthy(take(bind(2), NOW, 'second'));
});

test('as many times are remembered as the limit says, and what is older than all of them does not count', t => {
	const alice = member();
	const take = server(alice);
	const times = Array.from({length: BIND_MEMORY + 1}, (_, index) => NOW + index * 2);
	for (const time of times) t.truthy(take(createBind(alice.session, time), NOW, 'first'));
	t.deepEqual(alice.bindTimes, times.slice(1));
	for (const time of [NOW, NOW + 1]) t.is(take(createBind(alice.session, time), NOW, 'second'), undefined);
	t.truthy(take(createBind(alice.session, NOW + 3), NOW, 'second'));
	t.is(alice.bindTimes.length, BIND_MEMORY);
});

test('a BIND is good within a minute of server time, either way', t => {
	for (const [skew, good] of [
		[-BIND_SKEW_MS - 1, false],
		[-BIND_SKEW_MS, true],
		[BIND_SKEW_MS, true],
		[BIND_SKEW_MS + 1, false],
	] as const) {
		const alice = member();
		t.is(server(alice)(createBind(alice.session, NOW), NOW + skew) !== undefined, good, `${skew} ms`);
	}
});

test('a BOUND answers a BIND that was sent and is not answered yet', t => {
	const {session} = member();
	const bound = createBound(session, NOW, at);
	t.deepEqual(consumeBound(session, bound, [NOW - 5, NOW, NOW + 5]), at);
	t.is(consumeBound(session, bound, [NOW - 5, NOW + 5]), undefined);
	t.is(consumeBound(session, bound, []), undefined);
});

test('between two sessions nothing passes, not even under the other’s id', t => {
	const [alice, bob] = [member(), member()];
	const forged = createBind({sessionId: bob.session.sessionId, bindKey: alice.session.bindKey}, NOW);
	t.is(server(alice, bob)(forged), undefined);
	t.is(server(bob)(createBind(alice.session, NOW)), undefined);
	t.is(consumeBound(bob.session, createBound(alice.session, NOW, at), [NOW]), undefined);
	const other = createBound({sessionId: bob.session.sessionId, bindKey: alice.session.bindKey}, NOW, at);
	t.is(consumeBound(bob.session, other, [NOW]), undefined);
	const renamed = createBound({sessionId: bob.session.sessionId, bindKey: alice.session.bindKey}, NOW, at);
	t.is(consumeBound(alice.session, renamed, [NOW]), undefined);
});

test('no bytes at all make either side throw', t => {
	const alice = member();
	const take = server(alice);
	const bytes = fc.oneof(
		fc.uint8Array({maxLength: 128}),
		fc.uint8Array({minLength: 95, maxLength: 95}).map(rest => Uint8Array.of(6, ...rest)),
		fc.uint8Array({minLength: 95, maxLength: 95}).map(rest => Uint8Array.of(7, ...rest)),
	);
	fc.assert(
		fc.property(bytes, array => {
			const datagram = Buffer.from(array);
			t.is(take(datagram), undefined);
			t.is(consumeBound(alice.session, datagram, [NOW]), undefined);
		}),
	);
});
