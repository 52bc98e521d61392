// An account on several devices: what one has the others have, and who is away is written to all the same.
import test, {type ExecutionContext} from 'ava';
import {talkWith} from '../../source/messaging/conversation.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const toBob = talkWith('bob');
const toAlice = talkWith('alice');

/** One more device of somebody's account, by a link of this one. */
async function joined(t: ExecutionContext, first: Someone, label: string, role: 'device' | 'keeper' = 'device') {
	const {name} = first.client.account!;
	await first.until(() => first.client.snapshot().devices !== undefined, 'the own log is known');
	const {link} = first.client.devices.offer(role);
	const device = await someone(t);
	await device.client.join(link, passwordOf(name), label);
	await reachable(device);
	return device;
}

function texts({client}: Someone, talk = toBob): readonly string[] {
	const messages = client.snapshot().conversations.get(talk)?.messages ?? [];
	return messages.map(({direction, text, state}) => `${direction} ${state} ${text}`);
}

async function friends(t: ExecutionContext) {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	alice.client.send(toBob, 'hello bob');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	bob.client.send(toAlice, 'hello alice');
	await alice.until(() => texts(alice).length === 2, 'alice has the answer');
	await alice.until(() => alice.states('bob').every(state => state === 'delivered'), 'and bob has hers');
	return {server, alice, bob};
}

test('a new device has contacts, verified marks and everything that was said', async t => {
	const {alice} = await friends(t);
	alice.client.setNickname('bob', 'Bobby');
	alice.client.verify('bob');
	const laptop = await joined(t, alice, 'laptop');
	await laptop.until(() => texts(laptop).length === 2, 'what was said is there');
	t.deepEqual(texts(laptop), texts(alice));
	await laptop.until(() => laptop.contact('bob')?.identity === 'verified', 'bob is verified');
	t.is(laptop.contact('bob')?.nickname, 'Bobby');
	t.is(laptop.client.safetyNumber('bob'), alice.client.safetyNumber('bob'));
});

test('a new device knows that the first one is online, and opens a session with it', async t => {
	const {alice} = await friends(t);
	const laptop = await joined(t, alice, 'laptop');
	const others = () => laptop.client.snapshot().devices!.list.filter(({isThis}) => !isThis);
	await laptop.until(() => others().some(({online}) => online === true), 'the first one is shown as online');
	await alice.client.signOff();
	await laptop.until(() => others().every(({online}) => online === false), 'and as gone');
	t.pass();
});

test('what is said on one device is on the other, in both directions', async t => {
	const {alice, bob} = await friends(t);
	const laptop = await joined(t, alice, 'laptop');
	await laptop.until(() => texts(laptop).length === 2, 'what was said is there');
	laptop.client.send(toBob, 'from the laptop');
	await bob.until(() => bob.inbox.length === 2, 'bob has it');
	await alice.until(() => texts(alice).includes('out delivered from the laptop'), 'the first device shows it');
	bob.client.send(toAlice, 'to both');
	for (const device of [alice, laptop]) await device.until(() => texts(device).length === 4, 'both have it');
	t.deepEqual(texts(alice), texts(laptop));
});

test('alice writes and quits; bob, who was away, has it from her keeper', async t => {
	const {alice, bob} = await friends(t);
	const keeper = await joined(t, alice, 'keeper', 'keeper');
	await keeper.until(() => texts(keeper).length === 2, 'the keeper has what was said');
	await bob.client.signOff();
	await alice.until(() => alice.contact('bob')?.presence === 'offline', 'bob is gone');
	alice.client.send(toBob, 'while you were away');
	await keeper.until(() => texts(keeper).length === 3, 'the keeper has it');
	await alice.client.signOff();
	await bob.client.signIn(passwordOf('bob'));
	await bob.until(() => texts(bob, toAlice).includes('in delivered while you were away'), 'bob has it');
	await keeper.until(() => texts(keeper).includes('out delivered while you were away'), 'and the keeper knows');
	await alice.client.signIn(passwordOf('alice'));
	await alice.until(() => texts(alice).includes('out delivered while you were away'), 'and alice does');
	t.is(texts(bob, toAlice).length, 3);
});

test('bob is away and his keeper takes it; he has it when he comes, though alice has gone', async t => {
	const {alice, bob} = await friends(t);
	const keeper = await joined(t, bob, 'keeper', 'keeper');
	await keeper.until(() => texts(keeper, toAlice).length === 2, 'the keeper has what was said');
	await bob.client.signOff();
	alice.client.send(toBob, 'for the keeper');
	await alice.until(() => texts(alice).includes('out delivered for the keeper'), 'the keeper took it');
	await alice.client.signOff();
	await bob.client.signIn(passwordOf('bob'));
	await bob.until(() => texts(bob, toAlice).includes('in delivered for the keeper'), 'bob has it');
	bob.client.send(toAlice, 'thank you');
	await alice.client.signIn(passwordOf('alice'));
	await alice.until(() => texts(alice).includes('in delivered thank you'), 'alice has the answer');
	t.is(texts(alice).length, 4);
});

test('who meets a second device first pins the account’s founding key, and has one conversation with all of them', async t => {
	const {server, alice} = await friends(t);
	const laptop = await joined(t, alice, 'laptop');
	const carol = await signedUp(t, server.joinLink, 'carol');
	laptop.client.send(talkWith('carol'), 'hello carol');
	await carol.until(() => carol.inbox.length === 1, 'carol has it');
	carol.client.send(toAlice, 'hello alice');
	for (const device of [alice, laptop]) {
		await device.until(() => texts(device, talkWith('carol')).length === 2, 'both have the answer');
	}

	t.is(carol.client.safetyNumber('alice'), alice.client.safetyNumber('carol'));
	await laptop.client.signOff();
	await carol.until(() => carol.contact('alice')?.path.kind !== 'direct', 'the session with the laptop is over');
	alice.client.send(talkWith('carol'), 'from the first device');
	await carol.until(() => carol.inbox.length === 2, 'carol has it, without a warning');
	t.is(carol.contact('alice')?.identity, 'pinned');
});

test('a removed device is signed out, is told nothing more, and nobody talks to it', async t => {
	const {alice, bob} = await friends(t);
	t.is(bob.contact('alice')?.devices, undefined);
	const laptop = await joined(t, alice, 'laptop');
	await bob.until(() => bob.contact('alice')?.devices?.count === 2, 'bob is told that alice uses two devices');
	await laptop.until(() => texts(laptop).length === 2, 'what was said is there');
	await alice.client.devices.remove(laptop.client.snapshot().devices!.list[0]!.id);
	await laptop.until(() => laptop.client.snapshot().connection.state === 'stopped', 'it is signed out');
	await bob.until(() => bob.contact('alice')?.devices?.count === 1, 'and that she uses one');
	alice.client.send(toBob, 'without the laptop');
	await bob.until(() => bob.inbox.length === 2, 'bob has it');
	laptop.client.send(toBob, 'from the laptop');
	bob.client.send(toAlice, 'to alice alone');
	await alice.until(() => texts(alice).length === 4, 'alice has it');
	t.is(texts(laptop).length, 3);
	t.false(texts(laptop).some(text => text.includes('alone') || text.includes('without')));
	t.is(bob.inbox.length, 2);
	await bob.client.signOff();
	await bob.client.signIn(passwordOf('bob'));
	t.is(bob.contact('alice')?.devices?.count, 1, 'it is told after a restart, too');
	bob.client.forget(toAlice);
	t.is(bob.contact('alice')?.devices, undefined, 'and goes with the conversation');
});

test('whoever talks with a device at the moment it is removed goes on with the others: it is told nothing more, and is not heard', async t => {
	const {alice, bob} = await friends(t);
	const laptop = await joined(t, alice, 'laptop');
	await laptop.until(() => texts(laptop).length === 2, 'what was said is there');
	laptop.client.send(toBob, 'from the laptop');
	await bob.until(() => bob.inbox.length === 2, 'bob talks with the laptop');
	await laptop.until(() => texts(laptop).includes('out delivered from the laptop'), 'which knows that he has it');
	await alice.client.devices.remove(laptop.client.snapshot().devices!.list[0]!.id);
	await laptop.until(() => laptop.client.snapshot().connection.state === 'stopped', 'it is signed out');
	laptop.client.send(toBob, 'from who was removed');
	bob.client.send(toAlice, 'to alice alone');
	await alice.until(() => texts(alice).includes('in delivered to alice alone'), 'alice has it');
	alice.client.send(toBob, 'thank you');
	await bob.until(() => bob.inbox.some(({text}) => text === 'thank you'), 'bob has the answer');
	t.false(bob.inbox.some(({text}) => text === 'from who was removed'));
	t.false(texts(laptop).some(text => text.includes('alone') || text.includes('thank you')));
});
