// What is shown of the own devices and done about them: roles, when each was last seen and how it is reached, and another list than the known one.
import {Buffer} from 'node:buffer';
import {cpSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {DatabaseSync} from 'node:sqlite';
import test, {type ExecutionContext} from 'ava';
import {OwnDevices, type OwnDevicesPorts} from '../../source/client/own-devices.ts';
import {type OwnDevicesState} from '../../source/client/snapshot.ts';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {localClock} from '../../source/os/local-clock.ts';
import {followEntry, foundLog} from '../../source/protocol/devices/device-log.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const PASSWORD = passwordOf('alice');

async function known(person: Someone, count: number): Promise<void> {
	await person.until(() => devicesOf(person)?.list.length === count, `${count} devices are known`);
}

function devicesOf({client}: Someone) {
	return client.snapshot().devices;
}

async function joined(t: ExecutionContext, by: Someone, label: string, role: 'device' | 'keeper' = 'device') {
	const before = devicesOf(by)?.list.length ?? 0;
	const {link} = by.client.devices.offer(role);
	const device = await someone(t);
	await device.client.join(link, PASSWORD, label);
	await reachable(device);
	await Promise.all([known(by, before + 1), known(device, before + 1)]);
	return device;
}

async function owner(t: ExecutionContext, joinLink: string) {
	const alice = await signedUp(t, joinLink, 'alice');
	await known(alice, 1);
	return alice;
}

function shown(person: Someone, label: string) {
	return devicesOf(person)?.list.find(each => each.label === label);
}

test('a device is made a keeper and a keeper a device again, all are told, and the last device stays one', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const laptop = await joined(t, alice, 'laptop');
	const {id} = alice.client.devices.meant('laptop');
	await alice.client.devices.setRole(id, 'keeper');
	await laptop.until(() => shown(laptop, 'laptop')?.role === 'keeper', 'the laptop knows that it is a keeper');
	t.is(shown(alice, 'laptop')?.role, 'keeper');
	t.like(devicesOf(laptop)?.news.at(-1), {kind: 'role', id, role: 'keeper'}, 'it is told there');
	t.throws(() => laptop.client.devices.offer('device'), {message: /a keeper neither adds/});
	t.like(await t.throwsAsync(laptop.client.devices.setRole(id, 'device')), {code: 'bad-device'}, 'not by itself');
	const own = devicesOf(alice)!.list.find(({isThis}) => isThis)!;
	t.like(
		await t.throwsAsync(alice.client.devices.setRole(own.id, 'keeper')),
		{code: 'bad-device'},
		'who would sign then',
	);
	await alice.client.devices.setRole(id, 'keeper');
	await alice.client.devices.setRole(id, 'device');
	await laptop.until(() => shown(laptop, 'laptop')?.role === 'device', 'and that it is none any more');
	t.notThrows(() => laptop.client.devices.offer('device'));
});

test('of a device that is there it is said how it is reached, and of one that is away when it was last seen', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const laptop = await joined(t, alice, 'laptop');
	await alice.until(() => shown(alice, 'laptop')?.path?.kind === 'lan', 'the way to it is shown');
	t.like(shown(alice, 'laptop'), {online: true, lastSeen: undefined});
	const before = Date.now();
	await laptop.client.signOff();
	await alice.until(() => shown(alice, 'laptop')?.online === false, 'it is away');
	t.is(shown(alice, 'laptop')?.path, undefined);
	const {lastSeen = 0} = shown(alice, 'laptop') ?? {};
	t.true(Math.abs(lastSeen - before) < 60_000, String(lastSeen - before));
	await alice.client.signOff();
	await alice.client.signIn(PASSWORD);
	await alice.until(() => shown(alice, 'laptop')?.lastSeen === lastSeen, 'after a restart, too');
	t.pass();
});

test('a device that was added has everything in the end, and who waits for that is told when', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	alice.client.addContact('bob');
	await joined(t, alice, 'cellar', 'keeper');
	const {id} = alice.client.devices.meant('cellar');
	const whole = async () => {
		while (alice.client.devices.lacks(id) !== 0) await pause(5);
	};

	await within(whole(), 60_000, () => `it lacks ${alice.client.devices.lacks(id)}`);
	t.is(alice.client.devices.lacks('00'.repeat(8)), undefined);
});

test('another list of the own devices is accepted by who has looked into it, and the account goes on with it', async t => {
	const first = await startTestServer(t);
	const alice = await owner(t, first.joinLink);
	const older = temporaryFolder(t);
	const laptop = await joined(t, alice, 'laptop');
	const {id} = alice.client.devices.meant('laptop');
	t.deepEqual(await alice.client.devices.differences(), [], 'there is nothing to look into');
	const {port} = first.address;
	await first.close();
	// A copy from before the laptop came: the account alone, whose log has one entry.
	cpSync(first.data, older, {recursive: true});
	const database = new DatabaseSync(path.join(older, 'directory.db'));
	database.exec('DELETE FROM device_log WHERE place > 0');
	database.close();
	await startTestServer(t, {data: older, listen: {host: '127.0.0.1', port}});
	await alice.until(() => devicesOf(alice)?.isAlarmed === true, 'the alarm is there');
	t.deepEqual(await alice.client.devices.differences(), [{id, what: 'missing'}]);
	t.true(devicesOf(alice)?.isAlarmed, 'looking accepts nothing');
	await alice.client.devices.accept();
	await known(alice, 1);
	t.false(devicesOf(alice)?.isAlarmed);
	await laptop.until(() => laptop.client.snapshot().connection.state === 'stopped', 'the laptop is none of that list');
	t.pass();
	const phone = await joined(t, alice, 'phone');
	t.is(devicesOf(phone)?.list.length, 2);
	await alice.client.signOff();
	await alice.client.signIn(PASSWORD);
	await known(alice, 2);
	t.false(devicesOf(alice)?.isAlarmed, 'after a restart, too');
});

/** The part of a signed-in client that is about its devices, over a log of its own. */
function ownDevices() {
	const {identity} = generateIdentity(systemRandom);
	const first = encodeDeviceEntry(foundLog(identity, 'alice', 0));
	const log = followEntry({name: 'alice', foundingKey: identity.publicKey}, first);
	const memory = new Map<string, string>();
	const snapshots: {devices?: OwnDevicesState} = {};
	const parts = {
		name: 'alice',
		identity,
		snapshots,
		history: {
			recall: (key: string) => memory.get(key),
			remember: (key: string, value: string) => void memory.set(key, value),
			replica: {register: () => undefined, setRegister() {}},
		},
		directory: {logs: {alarm: () => undefined, log: () => log, entries: () => [first]}},
		may: <T>(work: () => T) => work(),
		clock: localClock,
		serverTime: () => 0,
		hostName: 'study',
		beginAnew() {},
		lacks: () => undefined,
	};
	return {snapshots, open: () => new OwnDevices(parts as unknown as OwnDevicesPorts)};
}

test('what a contact says of the own list stays on the screen until somebody has looked into it, and comes again when they say something else', async t => {
	const {open, snapshots} = ownDevices();
	const heads = [1, 2].map(byte => ({count: 3, head: Buffer.alloc(32, byte)}));
	const devices = open();
	devices.contradicted('bob', heads[0]!);
	devices.look();
	t.is(snapshots.devices?.contradictedBy, 'bob', 'to look at the list is not to know why');
	await devices.accept();
	t.is(snapshots.devices?.contradictedBy, undefined);
	const again = open();
	again.refresh();
	again.contradicted('bob', heads[0]!);
	t.is(snapshots.devices?.contradictedBy, undefined, 'the same is not said again, after a restart either');
	again.contradicted('carol', heads[0]!);
	t.is(snapshots.devices?.contradictedBy, 'carol');
	await again.accept();
	again.contradicted('bob', heads[1]!);
	t.is(snapshots.devices?.contradictedBy, 'bob');
});
