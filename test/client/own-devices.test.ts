// The own devices: joining by a link, what becomes of a link, removing, renaming, and what other devices have done.
import {Buffer} from 'node:buffer';
import {cpSync, existsSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {joinAsDevice} from '../../source/client/join.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {LINK_LIFE_MS} from '../../source/protocol/devices/link-offer.ts';
import {formatDeviceLink, parseDeviceLink} from '../../source/wire/device-link.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, quickScrypt, signedUp, someone} from '../twins/people.ts';

const PASSWORD = passwordOf('alice');

/** Signed up, and told of its devices. */
async function owner(t: ExecutionContext, joinLink: string, options: Parameters<typeof signedUp>[3] = {}) {
	const alice = await signedUp(t, joinLink, 'alice', options);
	await known(alice, 1);
	return alice;
}

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
	await Promise.all([known(by, before + 1), known(device, before + 1)]);
	return device;
}

function labels(person: Someone): string[] {
	return (devicesOf(person)?.list ?? []).map(({label}) => label);
}

/** Waits for a device that never answers, and gives up as soon as `until` is true of `host`. */
async function askInVain(t: ExecutionContext, asker: Someone, link: string, until: Promise<unknown>): Promise<void> {
	const giveUp = new AbortController();
	const joining = asker.client.join(link, PASSWORD, 'thief', {signal: giveUp.signal});
	await until;
	giveUp.abort();
	t.like(await t.throwsAsync(joining, {instanceOf: ClientError}), {code: 'refused'});
	t.is(asker.client.account, undefined);
}

test('the only device of an account is called what its machine is, and not unnamed', async t => {
	const {joinLink} = await startTestServer(t);
	t.deepEqual(labels(await owner(t, joinLink)), [hostname()]);
});

test('a link and the password make a second profile a device of the account, and both know what it is called', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const {link, number} = alice.client.devices.offer('device');
	t.like(devicesOf(alice)?.link, {kind: 'open', number, role: 'device'});
	const laptop = await someone(t);
	const waits: string[] = [];
	await laptop.client.join(link, PASSWORD, 'the laptop', {onWait: what => waits.push(what)});
	t.deepEqual(waits, ['asked']);
	t.is(laptop.client.snapshot().account?.name, 'alice');
	await Promise.all([known(alice, 2), known(laptop, 2)]);
	t.like(devicesOf(alice)?.link, {kind: 'joined', number, label: 'the laptop'});
	const [here, there] = devicesOf(alice)?.list ?? [];
	t.like(here, {isThis: true, by: undefined, role: 'device'});
	t.like(there, {isThis: false, by: here?.id, label: 'the laptop', role: 'device'});
	const [own, first] = devicesOf(laptop)?.list ?? [];
	t.like(own, {id: there?.id, isThis: true, label: 'the laptop'});
	t.is(first?.id, here?.id);
	// What a device does itself is no news to it, nor what was done before it came.
	for (const each of [alice, laptop]) t.deepEqual(devicesOf(each)?.news, []);
	await laptop.client.signOff();
	await laptop.client.signIn(PASSWORD);
	await known(laptop, 2);
});

test('a wrong password is counted, and nothing of the device stays', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const {link} = alice.client.devices.offer('device');
	const thief = await someone(t);
	const error = await t.throwsAsync(thief.client.join(link, 'a guess', 'thief'), {instanceOf: ClientError});
	t.like(error, {code: 'wrong-password', triesLeft: 4});
	t.false(existsSync(path.join(thief.folder, 'vault')));
	t.like(devicesOf(alice)?.link, {kind: 'open', left: undefined});
});

test('what is no device link, and a device without a name, are refused before anybody is asked', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const {link} = alice.client.devices.offer('device');
	const laptop = await someone(t);
	t.like(await t.throwsAsync(laptop.client.join(joinLink, PASSWORD, 'laptop')), {code: 'bad-link'});
	t.like(await t.throwsAsync(laptop.client.join(link, PASSWORD, ' ')), {code: 'bad-device'});
	t.like(await t.throwsAsync(alice.client.join(link, PASSWORD, 'laptop')), {code: 'has-account'});
});

test('a link that is used twice lets in one device', async t => {
	const server = await startTestServer(t);
	const alice = await owner(t, server.joinLink);
	const {link} = alice.client.devices.offer('device');
	const laptop = await someone(t);
	await laptop.client.join(link, PASSWORD, 'laptop');
	await known(alice, 2);
	const thief = await someone(t);
	let guests = 0;
	const asked = server.event(({kind}) => kind === 'guest' && ++guests === 2);
	await askInVain(t, thief, link, asked);
	t.is(devicesOf(alice)?.list.length, 2);
});

test('somebody with the password and a link of their own ends the link at the third try, and alice is told', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const {link} = alice.client.devices.offer('device');
	const forged = formatDeviceLink({...parseDeviceLink(link)!, secret: Buffer.alloc(32, 7)});
	const thief = await someone(t);
	const left = () => {
		const {link: state} = devicesOf(alice)!;
		return state?.kind === 'open' ? state.left : 0;
	};

	for (const expected of [2, 1, 0]) {
		await askInVain(
			t,
			thief,
			forged,
			alice.until(() => left() === expected, `${expected} tries are left`),
		);
	}

	t.like(devicesOf(alice)?.link, {kind: 'over', reason: 'guessed'});
	t.is(devicesOf(alice)?.list.length, 1);
});

test('a link that is used late lets nobody in', async t => {
	const {joinLink} = await startTestServer(t);
	let ahead = 0;
	const clock = {now: () => Date.now() + ahead, elapsed: () => performance.now() + ahead};
	const alice = await owner(t, joinLink, {clock});
	const {link} = alice.client.devices.offer('device');
	ahead = LINK_LIFE_MS;
	const laptop = await someone(t);
	await askInVain(
		t,
		laptop,
		link,
		alice.until(() => devicesOf(alice)?.link?.kind === 'over', 'the link is over'),
	);
	t.like(devicesOf(alice)?.link, {kind: 'over', reason: 'late'});
});

test('a link that was closed, or in whose place another was made, lets nobody in', async t => {
	const server = await startTestServer(t);
	const alice = await owner(t, server.joinLink);
	const former = alice.client.devices.offer('device');
	const {link, number} = alice.client.devices.offer('device');
	alice.client.devices.closeOffer(former.number);
	t.like(devicesOf(alice)?.link, {kind: 'open', number}, 'the newer one is still good');
	alice.client.devices.closeOffer(number);
	const laptop = await someone(t);
	await askInVain(
		t,
		laptop,
		link,
		server.event(({kind}) => kind === 'guest'),
	);
	t.is(devicesOf(alice)?.list.length, 1);
});

test('where no device is online that could answer, the person is told so, and what was begun goes on with the same link', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const keeper = await joined(t, alice, 'keeper', 'keeper');
	const {link} = alice.client.devices.offer('device');
	await alice.client.signOff();
	const laptop = await someone(t);
	const giveUp = new AbortController();
	const {promise, resolve} = Promise.withResolvers<void>();
	const onWait = (what: string) => (what === 'absent' ? resolve() : undefined);
	const joining = laptop.client.join(link, PASSWORD, 'laptop', {signal: giveUp.signal, onWait});
	await promise;
	giveUp.abort();
	t.like(await t.throwsAsync(joining), {code: 'refused'});
	// The link has gone with the sign-off; the key of the device stays, and another link takes it in.
	await alice.client.signIn(PASSWORD);
	await known(alice, 2);
	const {link: second} = alice.client.devices.offer('device');
	await laptop.client.join(second, PASSWORD, 'laptop');
	await Promise.all([known(alice, 3), known(keeper, 3)]);
});

test('cut short once it was let in, the same link and password go on, although the link is used', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const {link} = alice.client.devices.offer('device');
	const folder = temporaryFolder(t);
	const options = {
		vaultFile: path.join(folder, 'vault'),
		account: undefined,
		entropy: systemEntropy,
		scrypt: quickScrypt,
		now: Date.now,
	};
	const cut = await joinAsDevice(link, PASSWORD, 'laptop', options);
	cut.stretched.forget();
	cut.vault.close();
	await known(alice, 2);
	const laptop = await someone(t, {folder});
	t.is(laptop.client.account, undefined);
	await laptop.client.join(link, PASSWORD, 'laptop');
	await known(laptop, 2);
	t.is(devicesOf(alice)?.list.length, 2);
});

test('a vault that was begun as a device of alice makes no new account called alice', async t => {
	const server = await startTestServer(t);
	const alice = await owner(t, server.joinLink);
	const {link} = alice.client.devices.offer('device');
	alice.client.devices.closeOffer(1);
	const laptop = await someone(t);
	await askInVain(
		t,
		laptop,
		link,
		server.event(({kind}) => kind === 'guest'),
	);
	const other = await startTestServer(t);
	t.like(await t.throwsAsync(laptop.client.signUp(other.joinLink, 'alice', PASSWORD)), {code: 'has-account'});
});

test('a device that is removed is signed out and told so, and never comes back', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const laptop = await joined(t, alice, 'laptop');
	const {id} = alice.client.devices.meant('laptop');
	await alice.client.devices.remove(id);
	await known(alice, 1);
	await laptop.until(() => laptop.client.snapshot().connection.state === 'stopped', 'it is signed out');
	t.like(laptop.client.snapshot().connection, {problem: 'device-removed'});
	await laptop.client.signOff();
	t.like(await t.throwsAsync(laptop.client.signIn(PASSWORD)), {code: 'identity-unknown'});
	t.throws(() => alice.client.devices.meant('laptop'), {instanceOf: ClientError});
});

test('the last device stays, a keeper removes and adds nobody, and a device may remove itself', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const keeper = await joined(t, alice, 'keeper', 'keeper');
	const [own, other] = devicesOf(alice)?.list ?? [];
	t.is(other?.role, 'keeper');
	t.like(await t.throwsAsync(alice.client.devices.remove(own!.id)), {code: 'bad-device'}, 'a keeper is no last device');
	t.like(await t.throwsAsync(keeper.client.devices.remove(own!.id)), {code: 'bad-device'});
	t.like(
		t.throws(() => keeper.client.devices.offer('device')),
		{code: 'bad-device'},
	);
	t.like(await t.throwsAsync(alice.client.devices.remove('00'.repeat(8))), {code: 'unknown-device'});
	await keeper.client.devices.remove(other!.id);
	await known(alice, 1);
	await keeper.until(() => keeper.client.snapshot().connection.state === 'stopped', 'it is signed out');
});

test('a device is called what the person says, cut at a character, and meant by its label or the beginning of its id', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	await joined(t, alice, 'laptop');
	const {devices} = alice.client;
	const {id} = devices.meant('laptop');
	devices.rename(id, `  ${'ä'.repeat(40)} `);
	t.is(labels(alice)[1], 'ä'.repeat(31));
	t.is(devices.meant(id.slice(0, 6)).id, id);
	t.like(
		t.throws(() => devices.rename(id, ' ')),
		{code: 'bad-device'},
	);
	t.like(
		t.throws(() => devices.rename('00'.repeat(8), 'desk')),
		{code: 'unknown-device'},
	);
	t.like(
		t.throws(() => devices.meant(id.slice(0, 3))),
		{code: 'unknown-device'},
		'too little to mean one',
	);
	devices.rename(devicesOf(alice)!.list[0]!.id, 'same');
	devices.rename(id, 'same');
	t.like(
		t.throws(() => devices.meant('same')),
		{code: 'unknown-device'},
		'two are called so',
	);
});

test('a device that another one has added is told loudly until it is looked at, after a restart too', async t => {
	const {joinLink} = await startTestServer(t);
	const alice = await owner(t, joinLink);
	const laptop = await joined(t, alice, 'laptop');
	const phone = await joined(t, laptop, 'phone');
	await known(alice, 3);
	const by = laptop.client.devices.meant('laptop').id;
	t.like(devicesOf(alice)?.news[0], {kind: 'add', by, byLabel: 'laptop', role: 'device'});
	for (const each of [laptop, phone]) t.deepEqual(devicesOf(each)?.news, []);
	await alice.client.signOff();
	await alice.client.signIn(PASSWORD);
	await known(alice, 3);
	t.is(devicesOf(alice)?.news.length, 1);
	alice.client.devices.look();
	t.is(devicesOf(alice)?.news.length, 0);
	await alice.client.signOff();
	await alice.client.signIn(PASSWORD);
	await known(alice, 3);
	t.is(devicesOf(alice)?.news.length, 0);
	await laptop.client.devices.remove(phone.client.devices.meant('phone').id);
	await alice.until(() => devicesOf(alice)?.news.length === 1, 'the removal is told');
	t.like(devicesOf(alice)?.news[0], {kind: 'remove', by});
});

test('a server that shows an older list of the own devices is an alarm on each of them', async t => {
	const first = await startTestServer(t);
	const alice = await owner(t, first.joinLink);
	const older = temporaryFolder(t);
	await joined(t, alice, 'laptop');
	t.false(devicesOf(alice)?.isAlarmed);
	const {port} = first.address;
	await first.close();
	// A copy from before the laptop came: the account alone, whose log has one entry.
	cpSync(first.data, older, {recursive: true});
	const database = new DatabaseSync(path.join(older, 'directory.db'));
	database.exec('DELETE FROM device_log WHERE place > 0');
	database.close();
	await startTestServer(t, {data: older, listen: {host: '127.0.0.1', port}});
	await alice.until(() => devicesOf(alice)?.isAlarmed === true, 'the alarm is there');
	t.is(devicesOf(alice)?.list.length, 2, 'nothing of it is believed');
});
