// What whole clients make of a directory that lies about devices: a real one, altered in what it says.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {openVault} from '../../source/client/vault.ts';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {extendLog, joinConsent, replayLog} from '../../source/protocol/devices/device-log.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeDeviceEntry, encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {decodeLinkRequest, encodeLinkRequest} from '../../source/wire/messages/link-request.ts';
import {decodeLog, decodeLogs, encodeLog, encodeLogs} from '../../source/wire/messages/devices.ts';
import {startTestServer} from '../server/servers.ts';
import {type Lie, lieToMembers} from '../twins/lying-directory.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const toBob = talkWith('bob');
const toAlice = talkWith('alice');

function devicesOf({client}: Someone) {
	return client.snapshot().devices;
}

async function known(person: Someone, count: number): Promise<void> {
	await person.until(() => devicesOf(person)?.list.length === count, `${count} devices are known`);
}

async function joined(t: ExecutionContext, by: Someone, label: string) {
	await known(by, 1);
	const {link} = by.client.devices.offer('device');
	const device = await someone(t);
	await device.client.join(link, passwordOf('alice'), label);
	await reachable(device);
	await Promise.all([known(by, 2), known(device, 2)]);
	return device;
}

test.serial(
	'a directory that swaps the joining key while a device joins by link gets nobody in, and alice is told that somebody tries',
	async t => {
		const {identity: hostile} = generateIdentity(systemRandom);
		let foundingKey = Buffer.alloc(0);
		const lie: Lie = (_, type, body) => {
			const request = type === FRAME.linkRequest ? decodeLinkRequest(body) : undefined;
			if (request === undefined) return body;
			const consent = joinConsent(hostile, 'alice', foundingKey);
			return encodeLinkRequest({...request, subject: hostile.publicKey, consent});
		};

		const {joinLink} = await startTestServer(t);
		lieToMembers(t, lie);
		const alice = await signedUp(t, joinLink, 'alice');
		await known(alice, 1);
		foundingKey = Buffer.from(alice.client.snapshot().account!.identityKey, 'hex');
		const {link} = alice.client.devices.offer('device');
		const left = () => {
			const {link: state} = devicesOf(alice)!;
			return state?.kind === 'open' ? state.left : 0;
		};

		for (const expected of [2, 1, 0]) {
			const laptop = await someone(t);
			const giveUp = new AbortController();
			const joining = laptop.client.join(link, passwordOf('alice'), 'laptop', {signal: giveUp.signal});
			await alice.until(() => left() === expected, `${expected} tries are left`);
			giveUp.abort();
			t.like(await t.throwsAsync(joining, {instanceOf: ClientError}), {code: 'refused'});
			t.is(laptop.client.account, undefined);
		}

		t.like(devicesOf(alice), {link: {kind: 'over', reason: 'guessed'}});
		t.is(devicesOf(alice)?.list.length, 1);
	},
);

/** Alice, her laptop, and bob, who talks with the laptop. */
async function talking(t: ExecutionContext) {
	const {joinLink} = await startTestServer(t);
	const alice = await signedUp(t, joinLink, 'alice');
	const bob = await signedUp(t, joinLink, 'bob');
	alice.client.send(toBob, 'hello bob');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	const laptop = await joined(t, alice, 'laptop');
	await laptop.until(() => laptop.contact('bob') !== undefined, 'the laptop knows bob');
	laptop.client.send(toBob, 'from the laptop');
	await hears(bob, 'from the laptop');
	await laptop.until(() => laptop.states('bob').every(state => state === 'delivered'), 'and the laptop knows');
	return {joinLink, alice, laptop, bob};
}

async function hears(person: Someone, text: string): Promise<void> {
	await person.until(() => person.inbox.some(each => each.text === text), `it hears: ${text}`);
}

/** What is said of alice's log when no more than `upTo` entries of it are shown. */
function shorter(type: number, body: Buffer, upTo: number): Buffer | undefined {
	if (type === FRAME.logs) {
		const lengths = decodeLogs(body)!;
		return encodeLogs(lengths.map(each => (each.name === 'alice' ? {...each, count: upTo} : each)));
	}

	const page = type === FRAME.log ? decodeLog(body)! : undefined;
	if (page?.name !== 'alice') return body;
	if (page.request === 0) return undefined;
	return encodeLog({...page, count: upTo, entries: page.entries.filter(entry => indexOf(entry) < upTo)});
}

function indexOf(entry: Buffer): number {
	return decodeDeviceEntry(entry)!.index;
}

test.serial(
	'a directory that hides a removal from bob is found out when he talks with alice: he is told, the removed device is not heard any more, nor after a restart',
	async t => {
		let isHidden = true;
		let keyOfAlice = '';
		lieToMembers(t, (to, type, body) => {
			const isAlice = keyOfAlice === '' || to.identityKey.toString('hex') === keyOfAlice;
			return isHidden && !isAlice ? shorter(type, body, 2) : body;
		});
		const {alice, laptop, bob} = await talking(t);
		keyOfAlice = alice.client.snapshot().account!.identityKey;
		await alice.client.devices.remove(alice.client.devices.meant('laptop').id);
		await known(alice, 1);
		laptop.client.send(toBob, 'still here');
		await hears(bob, 'still here');
		t.is(laptop.client.snapshot().connection.state, 'online');
		t.is(bob.contact('alice')?.identity, 'pinned', 'he knows of nothing');

		alice.client.send(toBob, 'the laptop is gone');
		await hears(bob, 'the laptop is gone');
		await bob.until(() => bob.contact('alice')?.identity === 'changed', 'he is told');
		t.throws(() => bob.client.send(toAlice, 'what?'), {instanceOf: ClientError});
		laptop.client.send(toBob, 'it is me');
		alice.client.send(toBob, 'do not believe it');
		await hears(bob, 'do not believe it');

		await bob.client.close();
		const again = await someone(t, {folder: bob.folder});
		await again.client.signIn(passwordOf('bob'));
		await reachable(again);
		await again.until(() => again.contact('alice')?.identity === 'changed', 'he is told after a restart, too');
		alice.client.send(toBob, 'still me');
		await hears(again, 'still me');

		// The directory shows it at last, and bob has asked alice.
		isHidden = false;
		again.client.trust('alice');
		again.client.send(toAlice, 'now I see');
		await hears(alice, 'now I see');
		alice.client.send(toBob, 'good');
		await hears(again, 'good');
		t.not(again.contact('alice')?.identity, 'changed');
		t.false([...bob.inbox, ...again.inbox].some(({text}) => text === 'it is me'));
		t.false(laptop.inbox.some(({text}) => text === 'now I see'));
		t.true(laptop.states('bob').includes('queued') || laptop.states('bob').includes('sent'), 'it waits there');
	},
);

test.serial(
	'a directory that shows bob and carol two histories of what alice’s devices are is found out by whoever talks with alice, and she is told',
	async t => {
		let keyOfCarol = '';
		/** Alice's log as it was said, and the entry that carol is shown in the place of the third. */
		const entries: Buffer[] = [];
		let forged: Buffer | undefined;
		lieToMembers(t, (to, type, body) => {
			const page = type === FRAME.log ? decodeLog(body)! : undefined;
			if (page?.name !== 'alice') return body;
			for (const entry of page.entries) entries[indexOf(entry)] = entry;
			if (forged === undefined || to.identityKey.toString('hex') !== keyOfCarol) return body;
			return encodeLog({...page, entries: page.entries.map(entry => (indexOf(entry) === 2 ? forged! : entry))});
		});
		const {joinLink, alice, laptop, bob} = await talking(t);
		const carol = await signedUp(t, joinLink, 'carol');
		keyOfCarol = carol.client.snapshot().account!.identityKey;
		carol.client.send(toAlice, 'hello alice');
		await hears(alice, 'hello alice');
		alice.client.send(talkWith('carol'), 'hello carol');
		await hears(carol, 'hello carol');
		await known(alice, 2);

		// The thief of the laptop plants a device, in a history that carol alone is shown.
		const vault = await openVault(path.join(laptop.folder, 'vault'), passwordOf('alice'), systemEntropy);
		const {identity: thief} = generateIdentity(systemRandom);
		const foundingKey = Buffer.from(alice.client.snapshot().account!.identityKey, 'hex');
		const log = replayLog(entries)!;
		const consent = joinConsent(thief, 'alice', foundingKey);
		const change = {kind: 'add', subject: thief.publicKey, role: 'device', consent} as const;
		forged = encodeDeviceEntry(extendLog(log, vault.identity, change, Date.now()));
		vault.close();
		await alice.client.devices.remove(alice.client.devices.meant('laptop').id);

		alice.client.send(talkWith('carol'), 'what do you see?');
		await hears(carol, 'what do you see?');
		await carol.until(() => carol.contact('alice')?.identity === 'changed', 'carol is told');
		await alice.until(
			() => devicesOf(alice)?.contradictedBy === 'carol',
			'and alice is told who was shown another list',
		);
		t.throws(() => carol.client.send(toAlice, 'this'), {instanceOf: ClientError});
		bob.client.send(toAlice, 'all is well here');
		await hears(alice, 'all is well here');
		alice.client.send(toBob, 'good');
		await hears(bob, 'good');
		t.is(bob.contact('alice')?.identity, 'pinned');
		t.deepEqual(
			devicesOf(alice)?.list.map(({isThis}) => isThis),
			[true],
		);
	},
);
