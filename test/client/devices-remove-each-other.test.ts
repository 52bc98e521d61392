// Two devices of an account that remove each other at the same moment: one of them stays, and the account goes on with it.
import test from 'ava';
import {talkWith} from '../../source/messaging/conversation.ts';
import {within} from '../../tools/within.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

function idOf({client}: Someone): string {
	return client.snapshot().devices!.list.find(({isThis}) => isThis)!.id;
}

function isOut({client}: Someone): boolean {
	return client.snapshot().connection.state === 'stopped';
}

test('two devices remove each other at once: one is out and says so, the other is what the account has, and contacts talk to that one', async t => {
	const {joinLink} = await startTestServer(t);
	const [alice, bob] = [await signedUp(t, joinLink, 'alice'), await signedUp(t, joinLink, 'bob')];
	alice.client.send(talkWith('bob'), 'hello bob');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	bob.client.send(talkWith('alice'), 'hello alice');
	await alice.until(() => alice.inbox.length === 1, 'alice has the answer');
	await alice.until(() => alice.client.snapshot().devices !== undefined, 'the own log is known');
	const {link} = alice.client.devices.offer('device');
	const laptop = await someone(t);
	await laptop.client.join(link, passwordOf('alice'), 'laptop');
	await reachable(laptop);
	const both = [alice, laptop];
	for (const each of both)
		await each.until(() => each.client.snapshot().devices?.list.length === 2, 'both know of both');
	await laptop.until(() => laptop.contact('bob') !== undefined, 'the laptop knows bob');

	const [idOfAlice, idOfLaptop] = [idOf(alice), idOf(laptop)];
	await Promise.allSettled([alice.client.devices.remove(idOfLaptop), laptop.client.devices.remove(idOfAlice)]);
	const heard = new Promise<void>(resolve => {
		for (const each of both) each.client.subscribe(() => isOut(each) && resolve());
	});
	if (!both.some(each => isOut(each))) await within(heard, 120_000, () => 'none of them is out');
	const [out, stays] = isOut(alice) ? [alice, laptop] : [laptop, alice];
	await stays.until(() => stays.client.snapshot().devices?.list.length === 1, 'the other is what the account has');
	t.false(isOut(stays));

	t.deepEqual(
		stays.client.snapshot().devices?.list.map(({id}) => id),
		[stays === alice ? idOfAlice : idOfLaptop],
	);
	t.false(stays.client.snapshot().devices?.isAlarmed);
	stays.client.send(talkWith('bob'), 'from the one that stays');
	await bob.until(() => bob.inbox.length === 2, 'bob has it');
	bob.client.send(talkWith('alice'), 'to the one that stays');
	await stays.until(() => stays.inbox.some(({text}) => text === 'to the one that stays'), 'it has the answer');
	t.is(bob.contact('alice')?.identity, 'pinned');
	t.false(out.inbox.some(({text}) => text === 'to the one that stays'));
});
