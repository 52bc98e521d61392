// Which devices an account has, as its device log says, for whoever talks to it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type LogKeeper} from '../../source/channel/directory/log-keeper.ts';
import {type LogHead} from '../../source/content/log-heads.ts';
import {FollowedLogs, STRANGERS_LIMIT} from '../../source/messaging/followed-logs.ts';
import {type Pin} from '../../source/messaging/pins.ts';
import {type DeviceLog} from '../../source/protocol/devices/device-log.ts';

const key = (byte: number) => Buffer.alloc(32, byte);
const head = (byte: number, count = 1): LogHead => ({count, head: key(byte)});

/** A client that knows its own log; what is `shown` is what the directory answers. */
function alices() {
	const logs = new Map<string, Pick<DeviceLog, 'foundingKey' | 'count' | 'head'>>([
		['alice', {foundingKey: key(1), count: 1, head: key(11)}],
	]);
	const kept = new Set<string>();
	const answered = new Set<string>();
	const looked: string[] = [];
	const told: string[] = [];
	const pins = new Map<string, Pin>();
	const shown = {
		foundingKey: undefined as Buffer | undefined,
		devices: [] as readonly Buffer[],
		has: true as boolean | undefined,
	};
	const disk = new Map<string, Buffer[]>();
	let now = 0;
	const keeper = {
		log: (name: string) => logs.get(name),
		entries: () => [],
		keep(name: string) {
			kept.add(name);
			return true;
		},
		keeps: (name: string) => kept.has(name),
		drop(name: string) {
			kept.delete(name);
			logs.delete(name);
		},
		admits: (name: string, device: Buffer) => logs.get(name)?.foundingKey.equals(device) === true,
		isAnswered: (name: string) => answered.has(name),
		look: (name: string) => looked.push(name),
		shown: async () =>
			shown.foundingKey && {
				foundingKey: shown.foundingKey,
				living: new Map(shown.devices.map(device => [device.toString('hex'), {key: device, role: 'device'}])),
			},
		has: async () => shown.has,
		contradict: (name: string) => told.push(`${name} contradicted`),
	};
	const followed = new FollowedLogs({
		own: {name: 'alice', foundingKey: key(1)},
		history: {
			deviceLogs: () => disk,
			addToDeviceLog: (name, entries) => disk.set(name, [...(disk.get(name) ?? []), ...entries]),
			removeDeviceLog: name => disk.delete(name),
		},
		pins: {pin: name => pins.get(name), setPin: (name, pin) => pins.set(name, pin)},
		logs: () => keeper as unknown as LogKeeper,
		elapsed: () => now,
		onGrown() {},
		onContradicted: by => told.push(`own log contradicted by ${by}`),
		trust: () => ({
			founded: (name, foundingKey) => told.push(`${name} was founded by ${foundingKey[0]}`),
			claimed: (name, foundingKey) => told.push(`${name} has key ${foundingKey[0]}`),
			forked: name => told.push(`${name} forked`),
		}),
	});
	const wait = (ms: number) => (now += ms);
	return {followed, logs, kept, answered, looked, told, pins, shown, disk, wait};
}

test('a stranger gets no answer until the directory has said which devices they have', t => {
	const {followed, logs, answered, looked, pins} = alices();
	t.is(followed.pinned('bob'), 'refuse');
	t.deepEqual(looked, ['bob']);
	answered.add('bob');
	t.is(followed.pinned('bob'), undefined, 'they have one device, as accounts of older clients have');
	logs.set('bob', {foundingKey: key(2), count: 2, head: key(22)});
	const pinned = followed.pinned('bob');
	if (pinned === undefined || pinned === 'refuse') return t.fail();
	t.deepEqual(pinned.identityKey, key(2));
	t.true(pinned.admits?.(key(2)));
	pins.set('bob', {identityKey: key(2), suite: 3, verified: true});
	t.like(followed.pinned('bob'), {suite: 3});
});

test('a directory that knows no device logs is believed as before', t => {
	const {followed, logs, looked} = alices();
	logs.delete('alice');
	t.is(followed.pinned('bob'), undefined);
	t.is(followed.heads('bob'), undefined);
	t.deepEqual(looked, []);
});

test('strangers who come in crowds do not use up memory, and push nobody of the list out', t => {
	const {followed, kept} = alices();
	followed.open(['carol']);
	for (let count = 0; count < STRANGERS_LIMIT * 2; count++) followed.pinned(`stranger-${count}`);
	t.is(kept.size, STRANGERS_LIMIT + 2);
	t.true(kept.has('carol'));
});

test('a log with another founding key is another account; a second history of the same one is told as a changed key, too', async t => {
	const {followed, told, shown, pins, looked} = alices();
	await followed.alarmed('bob');
	t.deepEqual(told, [], 'nothing was promised of whom nobody has met');
	t.deepEqual(looked, ['bob']);
	pins.set('bob', {identityKey: key(2), suite: 1, verified: true});
	shown.foundingKey = key(3);
	await followed.alarmed('bob');
	shown.foundingKey = key(2);
	await followed.alarmed('bob');
	shown.foundingKey = undefined;
	await followed.alarmed('bob');
	t.deepEqual(told, ['bob has key 3', 'bob forked', 'bob forked']);
});

test('who was met through a keeper before their device log was known is no changed key, but an account with a founding key of its own', async t => {
	const {followed, told, shown, pins, looked} = alices();
	pins.set('bob', {identityKey: key(5), suite: 1, verified: false});
	shown.foundingKey = key(2);
	shown.devices = [key(2), key(5)];
	await followed.alarmed('bob');
	t.deepEqual(told, ['bob was founded by 2']);
	t.deepEqual(looked, ['bob'], 'and is followed from there');
	shown.devices = [key(2), key(6)];
	await followed.alarmed('bob');
	t.is(told.at(-1), 'bob has key 2', 'a log without the pinned key is another account');
});

test('a directory that hides a removal from somebody is found out by the next honest talk', async t => {
	const {followed, told, shown, wait} = alices();
	await followed.compare('bob', {kind: 'log-heads', own: head(9), other: undefined});
	t.deepEqual(told, []);
	shown.has = false;
	wait(10_000);
	await followed.compare('bob', {kind: 'log-heads', own: head(9, 3), other: undefined});
	t.deepEqual(told, ['bob contradicted']);
	wait(10_000);
	await followed.compare('bob', {kind: 'log-heads', own: undefined, other: head(8, 2)});
	t.deepEqual(told, ['bob contradicted', 'own log contradicted by bob']);
	shown.has = undefined;
	wait(10_000);
	await followed.compare('bob', {kind: 'log-heads', own: head(9, 3), other: head(8, 2)});
	t.is(told.length, 2, 'a directory that does not answer has shown nothing');
});

test('who says of logs what they like has the directory asked once in a while', async t => {
	const {followed, told, shown} = alices();
	shown.has = false;
	for (let count = 0; count < 100; count++) {
		await followed.compare('bob', {kind: 'log-heads', own: head(count, count + 1), other: undefined});
	}

	t.deepEqual(told, ['bob contradicted']);
});
