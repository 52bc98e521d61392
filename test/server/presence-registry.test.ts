// Presence without sockets: which member is told what, and that the lists shrink again.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {deviceIdOf} from '../../source/protocol/devices/device-log.ts';
import {recordState} from '../../source/protocol/login/records.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {type Member, createMember} from '../../source/server/member.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {LIMITS} from '../../source/server/rate-limits.ts';
import {TOLD_A_TURN} from '../../source/server/long-work.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeOnlineDevices} from '../../source/wire/messages/devices.ts';
import {decodeNames, decodePresence} from '../../source/wire/messages/directory.ts';

let sessions = 0;
/** What a test calls a device, by its id. */
const labels = new Map<string, string>();

function member(name: string, heard: string[] = [], key = Buffer.alloc(32), isFounding = true): Member {
	const sessionId = Buffer.alloc(16);
	sessionId.writeUInt32BE(++sessions);
	const empty = Buffer.alloc(0);
	const session = {
		sessionId,
		ticketKeyId: empty,
		ticketKey: empty,
		bindKey: empty,
		send: recordState(empty, 0),
		receive: recordState(empty, 0),
		observed: {host: '127.0.0.1', port: 1},
		clockOffset: 0,
	};
	const connection = {
		send(type: number, body: Buffer) {
			if (type === FRAME.unbound) heard.push(...(decodeNames(body) ?? []).map(each => `${each} unbound`));
			if (type === FRAME.onlineDevices) {
				for (const {name: about, devices} of decodeOnlineDevices(body) ?? []) {
					heard.push(
						`${about}: ${devices.map(({id, role}) => `${labels.get(id.toString('hex'))} ${role}`).join(', ')}`,
					);
				}
			}

			if (type !== FRAME.presence) return;
			for (const entry of decodePresence(body) ?? []) heard.push(`${entry.name} ${entry.online ? 'on' : 'off'}`);
		},
		end() {},
	};
	const standing = {...FOUNDING, isFounding};
	const clock = {now: () => 0, elapsed: () => 0};
	return createMember({name, identityKey: key, generation: 1}, standing, session, connection, [], LIMITS, clock);
}

/** Alice watches bob, of whom there are two sessions of one device. */
function watched() {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const watcher = member('alice', heard);
	presence.add(watcher);
	presence.watch(watcher, ['bob'], 10);
	const [first, second] = [member('bob'), member('bob')];
	return {presence, heard, first, second};
}

test('when a session replaces another of the same device, watchers are told once that it went and came, when it can be reached', t => {
	const {presence, heard, first, second} = watched();
	t.is(presence.add(first), undefined);
	presence.setState(first, 'online');
	presence.sweep();
	t.is(presence.add(second), first);
	presence.remove(first);
	t.deepEqual(presence.devicesOf('bob'), [second]);
	t.deepEqual(heard.splice(0), ['bob off', 'bob on']);
	presence.setState(second, 'online');
	presence.setState(second, 'online');
	presence.sweep();
	t.deepEqual(heard.splice(0), ['bob off', 'bob on']);
	presence.sweep();
	presence.remove(second);
	t.deepEqual(heard, ['bob off']);
});

test('who is killed and back in the same second was gone: watchers are told so, and that it is there', t => {
	const {presence, heard, first, second} = watched();
	for (const each of [first, second]) {
		presence.add(each);
		presence.setState(each, 'online');
		if (each === first) presence.remove(each);
	}

	t.deepEqual(heard.splice(0), ['bob off', 'bob on']);
	presence.sweep();
	t.deepEqual(heard.splice(0), ['bob off', 'bob on']);
	presence.sweep();
	t.deepEqual(heard, []);
});

test('of several devices the one that is killed and back was gone, and the others were there meanwhile', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const alice = member('alice', heard);
	const [pc, laptop, again] = [device('bob', 'd0', true), device('bob', 'e0'), device('bob', 'e0')];
	for (const each of [alice, pc, laptop, again]) presence.knowsDevices(each);
	presence.add(alice);
	for (const each of [pc, laptop]) {
		presence.add(each);
		presence.setState(each, 'online');
	}

	presence.watch(alice, ['bob'], 10);
	t.deepEqual(heard.splice(0), ['bob: d0 device, e0 device', 'bob on']);
	presence.add(again);
	presence.remove(laptop);
	presence.setState(again, 'online');
	t.deepEqual(heard, ['bob on', 'bob: d0 device, e0 device', 'bob on']);
});

test('blocking hides a member from a watcher at once, unblocking shows it again, each told once', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const [alice, bob] = [member('alice', heard), member('bob')];
	presence.add(alice);
	presence.add(bob);
	presence.setState(bob, 'online');
	presence.watch(alice, ['bob'], 10);
	for (const blocked of [true, true, false, false]) {
		presence.block(bob, 'alice', blocked);
		presence.sweep();
	}

	t.deepEqual(heard, ['bob on', 'bob off', 'bob on']);
	presence.sweep();
	presence.block(bob, 'alice', true);
	t.is(presence.seenBy(alice, 'bob'), 'offline');
	presence.remove(bob);
	presence.sweep();
	t.deepEqual(heard, ['bob on', 'bob off', 'bob on', 'bob off']);
});

test('one that is blocked and unblocked all the time is told at most twice a second, and always the last state', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const [alice, bob] = [member('alice', heard), member('bob')];
	presence.add(alice);
	presence.add(bob);
	presence.setState(bob, 'online');
	presence.watch(alice, ['bob'], 10);
	heard.length = 0;
	for (let count = 0; count < 85; count++) presence.block(bob, 'alice', count % 2 === 0);
	t.deepEqual(heard, ['bob off']);
	// The state is what was told last: nothing to add.
	presence.sweep();
	t.deepEqual(heard, ['bob off']);
	for (let second = 0; second < 10; second++) {
		for (let count = 0; count < 85; count++) presence.block(bob, 'alice', (count + second) % 2 === 1);
		presence.sweep();
	}

	t.true(heard.length <= 1 + 2 * 10, String(heard.length));
	t.is(heard.at(-1), `bob ${presence.seenBy(alice, 'bob') === 'online' ? 'on' : 'off'}`);
});

test('a member is not told to be online before it can be reached, and one that cannot be reached is told to be unbound', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const [alice, bob] = [member('alice', heard), member('bob')];
	presence.add(alice);
	presence.watch(alice, ['bob'], 10);
	presence.add(bob);
	t.deepEqual(heard, ['bob off']);
	presence.setState(bob, 'unbound');
	t.deepEqual(heard, ['bob off', 'bob off', 'bob unbound']);
	presence.sweep();
	presence.setState(bob, 'online');
	presence.setState(bob, 'online');
	t.deepEqual(heard, ['bob off', 'bob off', 'bob unbound', 'bob on']);
	presence.remove(bob);
	presence.sweep();
	t.is(heard.at(-1), 'bob off');
});

/** One of several devices, by what it is called in what is heard. */
function device(name: string, label: string, isFounding = false, heard: string[] = []): Member {
	const key = Buffer.alloc(32, label);
	labels.set(deviceIdOf(key).toString('hex'), label);
	return member(name, heard, key, isFounding);
}

test('who knows of devices is told which are there, ahead of PRESENCE, and nothing more of a name with one', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const alice = member('alice', heard);
	const [pc, laptop, keeper] = [device('bob', 'd0', true), device('bob', 'e0'), device('bob', 'f0')];
	keeper.role = 'keeper';
	for (const each of [alice, pc, laptop, keeper]) {
		presence.add(each);
		presence.knowsDevices(each);
	}

	presence.watch(alice, ['bob'], 10);
	presence.setState(pc, 'online');
	t.deepEqual(heard.splice(0), ['bob off', 'bob on']);
	for (const each of [laptop, keeper]) {
		presence.sweep();
		presence.setState(each, 'online');
	}

	t.deepEqual(heard.splice(0), [
		'bob: d0 device, e0 device',
		'bob on',
		'bob: d0 device, e0 device, f0 keeper',
		'bob on',
	]);
	presence.sweep();
	for (const each of [pc, laptop]) presence.remove(each);
	presence.sweep();
	t.deepEqual(heard.splice(0), ['bob: e0 device, f0 keeper', 'bob on', 'bob: f0 keeper', 'bob on']);
	presence.sweep();
	presence.setRole(keeper, 'device');
	t.deepEqual(heard.splice(0), ['bob: f0 device', 'bob on']);
	presence.sweep();
	presence.remove(keeper);
	t.deepEqual(heard, ['bob off']);
});

test('to an earlier client a name is its founding device, and it is there for founding devices alone', t => {
	const presence = new PresenceRegistry();
	const [early, late]: [string[], string[]] = [[], []];
	const carol = member('carol', early);
	const laptop = device('bob', 'e0', false, late);
	const pc = device('bob', 'd0', true);
	for (const each of [carol, laptop, pc]) presence.add(each);
	for (const each of [laptop, pc]) presence.knowsDevices(each);
	presence.watch(carol, ['bob'], 10);
	presence.watch(laptop, ['carol'], 10);
	for (const each of [carol, laptop]) presence.setState(each, 'online');
	presence.sweep();
	t.deepEqual([early, late], [['bob off'], ['carol off']]);
	presence.setState(pc, 'online');
	t.is(presence.seenBy(pc, 'carol'), 'online');
	presence.sweep();
	// Carol is told of no device; once it says that it knows of them, the laptop sees it.
	t.deepEqual(early, ['bob off', 'bob on']);
	presence.knowsDevices(carol);
	t.deepEqual(late, ['carol off', 'carol on']);
});

test('of its own name a device is told the others', t => {
	const presence = new PresenceRegistry();
	const heard: string[] = [];
	const [pc, laptop] = [device('bob', 'd0', true, heard), device('bob', 'e0')];
	for (const each of [pc, laptop]) {
		presence.add(each);
		presence.knowsDevices(each);
	}

	presence.watch(pc, ['bob'], 10);
	presence.setState(pc, 'online');
	presence.sweep();
	presence.setState(laptop, 'online');
	presence.sweep();
	presence.remove(laptop);
	t.deepEqual(heard, ['bob off', 'bob: e0 device', 'bob on', 'bob off']);
});

test('a newer session of a device takes the place of the older, and of no other device', t => {
	const presence = new PresenceRegistry();
	const [pc, laptop, again] = [device('bob', 'd0', true), device('bob', 'e0'), device('bob', 'e0')];
	t.is(presence.add(pc), undefined);
	t.is(presence.add(laptop), undefined);
	t.is(presence.add(again), laptop);
	presence.remove(laptop);
	t.deepEqual(presence.devicesOf('bob'), [pc, again]);
	t.is(presence.size, 1);
});

test('what one device blocks, all devices of its account block, against all of the other’s', t => {
	const presence = new PresenceRegistry();
	const [pc, laptop] = [device('bob', 'd0', true), device('bob', 'e0')];
	const alices = [device('alice', 'a0', true), device('alice', 'a1')];
	for (const each of [pc, laptop, ...alices]) {
		presence.add(each);
		presence.knowsDevices(each);
		presence.setState(each, 'online');
	}

	presence.block(laptop, 'alice', true);
	t.deepEqual(
		alices.map(each => presence.seenBy(each, 'bob')),
		['offline', 'offline'],
	);
	t.deepEqual(presence.watchersOf('bob'), []);
	presence.block(pc, 'alice', false);
	t.is(presence.seenBy(alices[1]!, 'bob'), 'online');
});

test('a watch over the limit changes nothing', t => {
	const presence = new PresenceRegistry();
	const alice = member('alice');
	t.true(presence.watch(alice, ['a', 'b', 'b'], 2));
	t.false(presence.watch(alice, ['c'], 2));
	t.is(presence.watched, 2);
});

test('after any order of events a watcher knows exactly who is online', t => {
	const names = ['a', 'b', 'c'];
	const event = fc.record({
		name: fc.constantFrom(...names),
		what: fc.constantFrom('arrive', 'leave', 'watch', 'unwatch', 'sweep'),
	});
	fc.assert(
		fc.property(fc.array(event, {maxLength: 40}), events => {
			const presence = new PresenceRegistry();
			const heard: string[] = [];
			const watcher = member('watcher', heard);
			presence.add(watcher);
			const online = new Map<string, Member>();
			const known = new Map<string, boolean>();
			for (const {name, what} of events) {
				heard.length = 0;
				const before = online.get(name);
				if (what === 'arrive') {
					const arrived = member(name);
					presence.add(arrived);
					if (before) presence.remove(before);
					presence.setState(arrived, 'online');
					online.set(name, arrived);
				}

				if (what === 'leave' && before) {
					presence.remove(before);
					online.delete(name);
				}

				if (what === 'watch') presence.watch(watcher, [name], 10);
				if (what === 'watch') known.set(name, false);
				if (what === 'unwatch') presence.unwatch(watcher, [name]);
				if (what === 'sweep') presence.sweep();
				if (what === 'unwatch') known.delete(name);
				for (const change of heard) known.set(change.split(' ')[0]!, change.endsWith('on'));
				// Between two sweeps the last state of a name may be late.
				if (what !== 'sweep') continue;
				t.deepEqual(
					[...known]
						.filter(([, there]) => there)
						.map(([each]) => each)
						.toSorted(),
					[...online.keys()].filter(each => known.has(each)).toSorted(),
				);
			}

			presence.remove(watcher);
			for (const each of online.values()) presence.remove(each);
			t.is(presence.size + presence.watched, 0);
		}),
	);
});

/** So many members that watch bob, who is there, and what each of them has heard. */
function crowd(count: number) {
	const presence = new PresenceRegistry();
	const bob = member('bob');
	presence.add(bob);
	const heard = Array.from({length: count}, () => [] as string[]);
	const watchers = heard.map((each, index) => member(`user${index}`, each));
	for (const watcher of watchers) {
		presence.add(watcher);
		presence.watch(watcher, ['bob'], 10);
	}

	for (const each of heard) each.length = 0;
	return {presence, bob, heard, watchers, told: () => heard.filter(each => each.length > 0).length};
}

const nextTurn = async () => new Promise(resolve => setImmediate(resolve));

test('who is back before all of a thousand watchers were told is said to have gone to each of them', async t => {
	const {presence, bob, heard} = crowd(1000);
	presence.setState(bob, 'online');
	while (!heard.every(each => each.length === 1)) await nextTurn();
	presence.sweep();
	await nextTurn();
	for (const each of heard) each.length = 0;
	const again = member('bob');
	presence.remove(bob);
	presence.add(again);
	presence.setState(again, 'online');
	for (let rounds = 0; rounds < 100; rounds++) await nextTurn();
	presence.sweep();
	for (let rounds = 0; rounds < 100; rounds++) await nextTurn();
	t.true(heard.every(each => each.slice(0, 2).join() === 'bob off,bob on' && each.at(-1) === 'bob on'));
});

test('a change that a thousand watch is told in many turns of the event loop, a few in each', async t => {
	const {presence, bob, heard, told} = crowd(1000);
	presence.setState(bob, 'online');
	let before = told();
	let rounds = 0;
	t.is(before, 0);
	while (told() < 1000) {
		await nextTurn();
		t.true(told() - before <= TOLD_A_TURN);
		before = told();
		rounds++;
	}

	t.true(rounds >= 20);
	t.true(heard.every(each => each.join() === 'bob on'));
});

test('who is blocked, or gone, before it is told is not told; and a change on the way is told to everybody', async t => {
	const {presence, bob, heard, watchers, told} = crowd(500);
	presence.setState(bob, 'online');
	presence.block(bob, 'user450', true);
	presence.remove(watchers[451]!);
	heard[450]!.length = 0;
	await nextTurn();
	t.true(told() > 0 && told() < 100);
	presence.remove(bob);
	// Those who were told in this second are told in the next one.
	for (let turn = 0; turn < 60; turn++) await nextTurn();
	presence.sweep();
	for (let turn = 0; turn < 60; turn++) await nextTurn();
	const others = heard.filter((_, index) => index !== 450 && index !== 451);
	t.deepEqual([heard[450], heard[451]], [[], []]);
	t.true(others.every(each => each.at(-1) === 'bob off'));
});
