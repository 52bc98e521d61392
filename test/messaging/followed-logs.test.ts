// Which devices an account has, as its device log says, for whoever talks to it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type LogKeeper} from '../../source/channel/directory/log-keeper.ts';
import {type LogHead} from '../../source/content/log-heads.ts';
import {FollowedLogs, STRANGERS_LIMIT} from '../../source/messaging/followed-logs.ts';
import {type Pin} from '../../source/messaging/pins.ts';
import {CLAIMS_EVERY_MS} from '../../source/messaging/claimed-heads.ts';
import {type DeviceLog} from '../../source/protocol/devices/device-log.ts';
import {HandMovedTime} from '../channel/network/hand-moved-time.ts';

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
		asked: 0,
	};
	const disk = new Map<string, Buffer[]>();
	const time = new HandMovedTime();
	const memory = new Map<string, string>();
	const alarms = new Map<string, string>();
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
		async has() {
			shown.asked++;
			return shown.has;
		},
		alarm: (name: string) => alarms.get(name),
		contradict(name: string) {
			alarms.set(name, 'forked');
			told.push(`${name} contradicted`);
		},
	};
	const followed = new FollowedLogs({
		own: {name: 'alice', foundingKey: key(1)},
		history: {
			deviceLogs: () => disk,
			addToDeviceLog: (name, entries) => disk.set(name, [...(disk.get(name) ?? []), ...entries]),
			removeDeviceLog: name => disk.delete(name),
			recall: memoryKey => memory.get(memoryKey),
			remember(memoryKey, value) {
				if (value === undefined) memory.delete(memoryKey);
				else memory.set(memoryKey, value);
				return true;
			},
		},
		pins: {pin: name => pins.get(name), setPin: (name, pin) => pins.set(name, pin)},
		logs: () => keeper as unknown as LogKeeper,
		onDevices: (name, count) => told.push(`${name} uses ${count}`),
		timers: time.timers,
		may: work => work(),
		onGrown() {},
		onContradicted: by => told.push(`own log contradicted by ${by}`),
		trust: () => ({
			founded: (name, foundingKey) => told.push(`${name} was founded by ${foundingKey[0]}`),
			claimed: (name, foundingKey) => told.push(`${name} has key ${foundingKey[0]}`),
			forked: name => told.push(`${name} forked`),
		}),
	});
	/** All that is under way has ended, and `ms` are over. */
	const wait = async (ms = 0) => {
		for (let turn = 0; turn < 50; turn++) await Promise.resolve();
		time.pass(ms);
		for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	};

	return {followed, logs, alarms, kept, answered, looked, told, pins, shown, disk, wait};
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
	followed.open(['bob']);
	followed.compare('bob', {kind: 'log-heads', own: head(9), other: undefined});
	await wait(CLAIMS_EVERY_MS);
	t.deepEqual(told, []);
	shown.has = undefined;
	followed.compare('bob', {kind: 'log-heads', own: head(9, 3), other: undefined});
	await wait();
	t.deepEqual(told, [], 'a directory that does not answer has shown nothing');
	shown.has = false;
	await wait(CLAIMS_EVERY_MS);
	t.deepEqual(told, ['bob contradicted'], 'it is asked again');
	await wait(CLAIMS_EVERY_MS);
	followed.compare('bob', {kind: 'log-heads', own: undefined, other: head(8, 2)});
	await wait(CLAIMS_EVERY_MS);
	t.deepEqual(told, ['bob contradicted', 'own log contradicted by bob']);
	followed.compare('carol', {kind: 'log-heads', own: head(8, 2), other: undefined});
	await wait(CLAIMS_EVERY_MS);
	t.is(told.length, 2, 'of whom nothing is followed nothing is compared');
});

test('what one device of somebody says keeps nothing from being heard that another one says right behind it', async t => {
	const {followed, told, shown, wait} = alices();
	followed.open(['bob']);
	followed.compare('bob', {kind: 'log-heads', own: head(9), other: undefined});
	await wait();
	shown.has = false;
	followed.compare('bob', {kind: 'log-heads', own: head(9, 3), other: undefined});
	await wait(CLAIMS_EVERY_MS - 1);
	t.deepEqual(told, []);
	await wait(1);
	t.deepEqual(told, ['bob contradicted']);
});

test('who says of logs what they like has the directory asked once in a while, for both logs, and what waits is bounded', async t => {
	const {followed, told, shown, wait} = alices();
	followed.open(['bob']);
	shown.has = false;
	for (let count = 0; count < 100; count++) {
		followed.compare('bob', {kind: 'log-heads', own: head(count, count + 1), other: head(count, count + 1)});
	}

	await wait();
	t.deepEqual(told, ['bob contradicted', 'own log contradicted by bob']);
	t.is(shown.asked, 2);
	shown.has = undefined;
	await wait(CLAIMS_EVERY_MS);
	t.is(shown.asked, 4);
	followed.stop();
	await wait(CLAIMS_EVERY_MS * 10);
	t.is(shown.asked, 4, 'nobody is asked once it is stopped');
});
