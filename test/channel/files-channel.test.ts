// The channel of files: what it carries beside talk, how long it keeps a session, and which device of an account it goes to.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type DeviceChannel} from '../../source/channel/channel.ts';
import {type ChannelUser} from '../../source/channel/channel-user.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {type EndpointPorts} from '../../source/channel/endpoint.ts';
import {Transport} from '../../source/channel/session-transport.ts';
import {localClock} from '../../source/os/local-clock.ts';
import {deviceIdOf} from '../../source/protocol/devices/device-log.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {FILE_QUEUE_LIMIT} from '../../source/protocol/delivery/delivery-limits.ts';
import {LIVELY_SILENCE_MS} from '../../source/protocol/path/path-limits.ts';
import {consumeResp} from '../../source/protocol/session/initiator.ts';
import {consumeFin} from '../../source/protocol/session/responder.ts';
import {IDLE_MS, REKEY_MS} from '../../source/protocol/session/timers.ts';
import {NOW, atAlice, atBob, meet, must, mustResp} from '../protocol/session/pair.ts';
import {Neighbourhood, type Person, until} from '../twins/neighbourhood.ts';

/** Alice and bob with a session, on one clock that the test moves; what each sends comes at once. */
async function inSession() {
	const meeting = await meet();
	const {datagram, state} = await mustResp(meeting);
	const {established, fin} = must(await consumeResp(meeting.initiating, datagram, NOW));
	const clock = {now: 0};
	const end = (of: typeof established, at: typeof atAlice) => {
		const out: Buffer[] = [];
		const heard: string[] = [];
		const transport = new Transport(of, {socket: 0, address: at}, undefined, {
			entropy: systemEntropy,
			elapsed: () => clock.now,
			transmit: bytes => out.push(bytes),
			onContent: messages => heard.push(...messages.map(String)),
			onFiles: messages => heard.push(...messages.map(each => `file ${String(each)}`)),
			onWork() {},
			onEnd: reason => heard.push(reason),
		});
		return {transport, out, heard, sent: [] as number[]};
	};

	const ends = [end(established, atBob), end(must(consumeFin(state, fin)).established, atAlice)] as const;
	/** So many ms in steps of so many, with whatever each step is to begin with. */
	const pass = async (ms: number, step: number, each: () => void = () => {}) => {
		for (const over = clock.now + ms; clock.now < over; clock.now += step) {
			each();
			for (const {transport} of ends) transport.pump();
			for (let busy = true; busy;) {
				// A DH on the thread pool.
				await new Promise(resolve => setImmediate(resolve));
				busy = ends.some(({transport}) => transport.session.rekey !== undefined);
				for (const [at, {transport, out, sent}] of ends.entries()) {
					const from = {socket: 0, address: at === 0 ? atAlice : atBob};
					for (const bytes of out.splice(0)) {
						busy = true;
						sent.push(clock.now);
						ends[1 - at]!.transport.receive(bytes, from);
					}

					transport.pump();
				}
			}
		}
	};

	return {clock, alice: ends[0], bob: ends[1], pass};
}

test('a session that carries nothing but a file stands, renews its keys by time, and ends when that is long over', async t => {
	const {clock, alice, bob, pass} = await inSession();
	const LONG = IDLE_MS + 3 * REKEY_MS;
	let said = 0;
	await pass(LONG, 1000, () => {
		for (let count = 0; count < 5; count++) alice.transport.enqueueFile(Buffer.from(`${said++}`));
	});
	t.deepEqual(
		bob.heard,
		Array.from({length: said}, (_, index) => `file ${index}`),
	);
	const {epoch} = alice.transport.session.receiving;
	t.true(epoch >= LONG / REKEY_MS - 2 && epoch <= LONG / REKEY_MS, `${epoch}`);
	t.is(alice.transport.session.messages, 0);
	const since = clock.now;
	await pass(10_000, 250);
	const pings = alice.sent.filter(at => at > since);
	t.true(
		pings.length > 0.5 * (10_000 / LIVELY_SILENCE_MS),
		'a path that carries a file is looked after as one that carries talk',
	);
	await pass(IDLE_MS - 12_000, 1000);
	t.false(alice.transport.ended || bob.transport.ended);
	await pass(13_000, 1000);
	t.true(alice.transport.ended && bob.transport.ended);
	t.true([alice, bob].some(({heard}) => heard.at(-1) === 'spent'));
});

/** A user that keeps what comes, wants what the test wants, and pours a file where it is told to. */
function filesOnly() {
	const state = {
		wanted: false,
		wantedDevice: undefined as Buffer | undefined,
		channel: undefined as DeviceChannel | undefined,
		/** Messages of files that wait, and for which device. */
		waiting: [] as Buffer[],
		to: undefined as Buffer | undefined,
		heard: [] as string[],
		events: [] as string[],
		most: 0,
	};
	const use = (channel: DeviceChannel): ChannelUser => {
		state.channel = channel;
		return {
			get wanted() {
				return state.wanted;
			},
			get wantedDevice() {
				return state.wantedDevice;
			},
			dueAt: Number.POSITIVE_INFINITY,
			onTurn() {
				let taken = 0;
				while (state.waiting.length > 0 && channel.enqueueFile(state.waiting[0]!, state.to ?? channel.peerId)) {
					taken += state.waiting.shift()!.length;
				}

				state.most = Math.max(state.most, taken);
			},
			onTurnEnd() {},
			onContent: contents => state.heard.push(...contents.map(String)),
			onFiles: (messages, peerId) =>
				state.heard.push(...messages.map(each => `${peerId.toString('hex')} ${each.length} ${each[0]}`)),
			onSession: () => state.events.push('came'),
			onSessionEnd: () => state.events.push('ended'),
		};
	};

	return {state, use};
}

const onTurn = () => Number.POSITIVE_INFINITY;
const idOf = ({local}: Person) => deviceIdOf(local.identity.publicKey);

/** Alice, and bob with a laptop and a phone, which she knows to be his. */
function devices() {
	const town = new Neighbourhood();
	const hers = filesOnly();
	const [laptops, phones] = [filesOnly(), filesOnly()];
	const join = (name: string, user: ReturnType<typeof filesOnly>, ports: Partial<EndpointPorts> = {}) =>
		town.join(name, undefined, {use: user.use, onTurn, ...ports});
	const laptop = join('bob', laptops);
	town.people.delete('bob');
	const phone = join('bob', phones);
	town.people.delete('bob');
	town.people.set('laptop', laptop).set('phone', phone);
	const introduced: string[] = [];
	const bobs = {
		pin: (name: string) => {
			const founding = laptop.local.identity.publicKey;
			return name === 'bob' ? {identityKey: founding, suite: 1, admits: () => true} : undefined;
		},
	};
	/** Hers, which the test may stop and move. */
	const clock = {
		stoppedAt: undefined as number | undefined,
		now: Date.now,
		elapsed: () => clock.stoppedAt ?? localClock.elapsed(),
	};
	const alice = join('alice', hers, {
		...bobs,
		clock,
		async introduce(_, id = idOf(laptop)) {
			const [named] = [...town.people].find(([, person]) => idOf(person).equals(id)) ?? [];
			introduced.push(named ?? 'nobody');
			town.people.set('bob', town.people.get(named ?? 'laptop')!);
			const answer = town.introduce(alice, 'bob');
			town.people.delete('bob');
			return answer;
		},
	});
	for (const {endpoint} of [laptop, phone]) endpoint.channel(foundingDevice('alice')).presence('online');
	const channel = alice.endpoint.channel(foundingDevice('bob'));
	const both = [laptop, phone].map(each => ({id: idOf(each), role: 'device' as const}));
	return {
		clock,
		town,
		introduced,
		alice,
		laptop,
		phone,
		hers: hers.state,
		laptops: laptops.state,
		phones: phones.state,
		channel,
		both,
	};
}

test('messages of files come whole and in order, and no more is taken than the queue holds', async t => {
	const {town, alice, laptop, channel, hers, laptops, both} = devices();
	t.teardown(() => town.close());
	t.false(channel.enqueueFile(Buffer.from('to nobody')));
	t.is(channel.peerId, undefined);
	hers.waiting = Array.from({length: 200}, (_, index) => Buffer.alloc(16_000 + index, index));
	hers.wanted = true;
	channel.presence('online', both);
	await until(() => laptops.heard.length === 200);
	t.deepEqual(
		laptops.heard,
		Array.from({length: 200}, (_, index) => `${idOf(alice).toString('hex')} ${16_000 + index} ${index}`),
	);
	t.true(hers.most > 0 && hers.most <= FILE_QUEUE_LIMIT);
	t.deepEqual(channel.peerId, idOf(laptop));
	t.deepEqual([hers.events, laptops.events], [['came'], ['came']]);
});

test('a session with the device that is wanted is opened and sent on, whatever stands, and only while it is online', async t => {
	const {town, introduced, laptop, phone, channel, hers, laptops, phones, both} = devices();
	t.teardown(() => town.close());
	hers.wantedDevice = idOf(phone);
	channel.presence('online', [both[0]!]);
	hers.wanted = true;
	channel.wake();
	await until(() => channel.stands);
	t.deepEqual([channel.peerId, introduced], [idOf(laptop), ['laptop']]);
	channel.presence('online', both);
	await until(() => channel.peerId?.equals(idOf(phone)) === true);
	t.deepEqual(
		[introduced, hers.events],
		[
			['laptop', 'phone'],
			['came', 'came'],
		],
	);
	// What each of them says in its session comes, and what the laptop opens anew does not take the place of what is wanted.
	phones.waiting = [Buffer.of(1)];
	laptops.waiting = [Buffer.of(2)];
	for (const {channel: his} of [phones, laptops]) his!.wake();
	await until(() => hers.heard.length === 2);
	laptops.channel!.drop();
	laptops.wanted = true;
	laptops.channel!.wake();
	await until(() => laptops.events.length === 3 && laptops.channel!.stands);
	laptops.waiting = [Buffer.of(3)];
	laptops.channel!.wake();
	await until(() => hers.heard.length === 3);
	t.deepEqual([channel.peerId, hers.events.length], [idOf(phone), 2]);
	// A file goes to either, and talk to the one that is wanted.
	channel.enqueue(Buffer.from('talk'));
	t.true(channel.enqueueFile(Buffer.of(4), idOf(laptop)));
	channel.wake();
	await until(() => laptops.heard.length === 1 && phones.heard.length === 1);
	t.deepEqual(phones.heard, ['talk']);
	// It stays where it is when nothing is wanted any more.
	hers.wantedDevice = undefined;
	channel.wake();
	channel.enqueue(Buffer.from('more'));
	await until(() => phones.heard.length === 2);
	// Wanted again, the session that stands with the other one is taken: nobody is introduced.
	const before = introduced.length;
	hers.wantedDevice = idOf(laptop);
	channel.wake();
	await until(() => channel.peerId?.equals(idOf(laptop)) === true);
	t.is(introduced.length, before);
});

test('where the directory introduces another device than the wanted one, the session that stands is kept and the next try waits', async t => {
	const {clock, town, introduced, laptop, phone, channel, hers, laptops, both} = devices();
	t.teardown(() => town.close());
	hers.wanted = true;
	channel.presence('online', both);
	await until(() => channel.stands);
	// It is online, and nobody can be introduced to it.
	town.people.set('phone', laptop);
	hers.wantedDevice = idOf(phone);
	const tries = () => introduced.length - 1;
	clock.stoppedAt = clock.elapsed();
	channel.wake();
	await until(() => tries() === 1);
	for (let turn = 0; turn < 20; turn++) {
		channel.wake();
		await new Promise(resolve => setImmediate(resolve));
	}

	t.is(tries(), 1);
	t.deepEqual([channel.peerId, channel.isTrusted], [idOf(laptop), true]);
	for (let count = 2; count < 6; count++) {
		clock.stoppedAt += 60_000;
		channel.wake();
		await until(() => tries() === count);
	}

	// Who has been called in vain so often is let be for long, and whoever goes on to talk is not.
	laptops.channel!.drop();
	await until(() => !channel.stands);
	clock.stoppedAt += 1000;
	channel.wake();
	await until(() => channel.stands);
	t.deepEqual(channel.peerId, idOf(laptop));
});
