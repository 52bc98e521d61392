// Messages that disappear, between real clients and a server of whom one has a clock that is wrong: nothing goes before its time, and
// what is due goes.
import test, {type ExecutionContext} from 'ava';
import {type Message} from '../../source/client/snapshot.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

const HOUR_S = 3600;
const DAY = 86_400_000;

/** A local wall clock that can be set. */
function wallClock() {
	const wall = {ahead: 0};
	return {wall, clock: {now: () => Date.now() + wall.ahead, elapsed: () => performance.now()}};
}

/** Alice has written what disappears an hour after bob has read it, and he has: on both disks the hour runs. */
async function readByBob(t: ExecutionContext) {
	const server = await startTestServer(t);
	const {wall, clock} = wallClock();
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob', {clock});
	bob.client.addContact('alice');
	alice.client.setTimer(talkWith('bob'), HOUR_S);
	alice.client.send(talkWith('bob'), 'it goes in an hour');
	await bob.until(() => bob.inbox.length === 1, 'it came');
	bob.client.markRead(talkWith('alice'));
	await alice.until(() => talk(alice, 'bob')[0]?.expires !== undefined, 'the sender’s clock runs');
	return {server, wall, clock, alice, bob};
}

function talk(who: Someone, peer: string): readonly Message[] {
	return who.client.snapshot().conversations.get(talkWith(peer))?.messages ?? [];
}

const texts = (who: Someone, peer: string) => talk(who, peer).map(({text}) => text);

test('a server whose clock is 400 days ahead makes nothing disappear', async t => {
	const {server, alice, bob} = await readByBob(t);
	server.clock.ahead = 400 * DAY;
	for (const who of [alice, bob]) {
		await who.client.signOff();
		await who.client.signIn(passwordOf(who === alice ? 'alice' : 'bob'));
		await reachable(who);
	}

	await alice.until(() => alice.contact('bob')?.presence === 'online', 'bob is there');
	alice.client.setTimer(talkWith('bob'), 0);
	alice.client.send(talkWith('bob'), 'it stays');
	// Each of these looks what is due.
	await bob.until(() => texts(bob, 'alice').includes('it stays'), 'it came');
	bob.client.markRead(talkWith('alice'));
	await alice.until(
		() => alice.states('bob').at(-1) !== 'queued' && alice.states('bob').at(-1) !== 'sent',
		'delivered',
	);
	t.deepEqual(texts(alice, 'bob'), ['it goes in an hour', 'it stays']);
	t.deepEqual(texts(bob, 'alice'), ['it goes in an hour', 'it stays']);
});

test('a local clock that is set forward or back while the program is closed makes nothing disappear', async t => {
	const {wall, clock, bob} = await readByBob(t);
	for (const ahead of [400 * DAY, -400 * DAY, 0]) {
		await bob.client.signOff();
		wall.ahead = ahead;
		await bob.client.signIn(passwordOf('bob'));
		await reachable(bob);
		t.deepEqual(texts(bob, 'alice'), ['it goes in an hour'], `${ahead / DAY} days`);
	}

	await bob.client.close();
	wall.ahead = 400 * DAY;
	const again = await someone(t, {folder: bob.folder, clock});
	await again.client.signIn(passwordOf('bob'));
	await reachable(again);
	t.deepEqual(texts(again, 'alice'), ['it goes in an hour']);
});

test('nor does one that is set forward while the server is out of reach', async t => {
	const {server, wall, bob} = await readByBob(t);
	await bob.client.signOff();
	await server.close();
	wall.ahead = 400 * DAY;
	await bob.client.signIn(passwordOf('bob'));
	t.deepEqual(texts(bob, 'alice'), ['it goes in an hour']);
});

test('what ran out while the program was closed is gone when it is opened', async t => {
	const {server, wall, bob} = await readByBob(t);
	await bob.client.signOff();
	wall.ahead = DAY;
	server.clock.ahead = DAY;
	await bob.client.signIn(passwordOf('bob'));
	await bob.until(() => talk(bob, 'alice').length === 0, 'it is gone');
	t.pass();
});

test('what one wants kept for days is not thrown away for the time that a peer, a server or a clock says it was written at', async t => {
	const server = await startTestServer(t);
	const {wall, clock} = wallClock();
	const alice = await signedUp(t, server.joinLink, 'alice', {clock: {...clock, now: () => Date.now() - 400 * DAY}});
	const bob = await signedUp(t, server.joinLink, 'bob', {clock});
	bob.client.addContact('alice');
	bob.client.setPreferences({keepDays: 30});
	// A server that is as late has all messages of that day be old.
	server.clock.ahead = -400 * DAY;
	await alice.client.signOff();
	await alice.client.signIn(passwordOf('alice'));
	await reachable(alice);
	await bob.client.signOff();
	await bob.client.signIn(passwordOf('bob'));
	await reachable(bob);
	alice.client.send(talkWith('bob'), 'written today');
	await bob.until(() => bob.inbox.length === 1, 'it came');
	t.true(bob.inbox[0]!.time < Date.now() - 300 * DAY);
	server.clock.ahead = 0;
	for (const ahead of [0, 400 * DAY]) {
		await bob.client.signOff();
		wall.ahead = ahead;
		await bob.client.signIn(passwordOf('bob'));
		await reachable(bob);
		t.deepEqual(texts(bob, 'alice'), ['written today'], `${ahead / DAY} days`);
	}
});
