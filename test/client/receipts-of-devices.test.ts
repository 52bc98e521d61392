// What one device of a person has said is done with on all of them, whichever of them hears that it has arrived.
import test, {type ExecutionContext} from 'ava';
import {talkWith} from '../../source/messaging/conversation.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const toBob = talkWith('bob');
const toAlice = talkWith('alice');

async function friendsAndLaptop(t: ExecutionContext) {
	const {joinLink} = await startTestServer(t);
	const [alice, bob] = [await signedUp(t, joinLink, 'alice'), await signedUp(t, joinLink, 'bob')];
	alice.client.send(toBob, 'hello');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	await alice.until(() => alice.client.snapshot().devices !== undefined, 'the own log is known');
	const {link} = alice.client.devices.offer('device');
	const laptop = await someone(t);
	await laptop.client.join(link, passwordOf('alice'), 'laptop');
	await reachable(laptop);
	await laptop.until(() => texts(laptop).length === 1, 'what was said is there');
	return {alice, bob, laptop};
}

function texts({client}: Someone, talk = toBob): readonly string[] {
	const messages = client.snapshot().conversations.get(talk)?.messages ?? [];
	return messages.filter(({deleted}) => deleted !== true).map(({text, state}) => `${state} ${text}`);
}

test('two devices write to the same person by turns, and none of them waits for a receipt that the other one was given', async t => {
	const {alice, bob, laptop} = await friendsAndLaptop(t);
	for (let round = 1; round <= 3; round++) {
		for (const [device, name] of [
			[alice, 'desk'],
			[laptop, 'laptop'],
		] as const) {
			device.client.send(toBob, `${name} ${round}`);
			await bob.until(() => texts(bob, toAlice).some(text => text.endsWith(`${name} ${round}`)), 'bob has it');
		}
	}

	for (const device of [alice, laptop]) {
		await device.until(() => texts(device).length === 7, 'all of it is there');
		await device.until(() => texts(device).every(text => text.startsWith('delivered')), 'all of it has arrived');
		await device.until(() => device.contact('bob')?.outbox === 0, 'nothing waits');
		t.is(texts(device).length, 7);
	}
});

test('a message is deleted, and one that another device has written goes out all the same', async t => {
	const {alice, bob, laptop} = await friendsAndLaptop(t);
	await bob.client.signOff();
	for (const device of [alice, laptop])
		await device.until(() => device.contact('bob')?.presence === 'offline', 'bob is gone');
	laptop.client.send(toBob, 'from the laptop');
	await alice.until(() => texts(alice).length === 2, 'the first device has it');
	const [id] = alice.client.sendAll(toBob, ['a mistake']);
	await laptop.until(() => texts(laptop).length === 3, 'the laptop has that');
	await laptop.client.signOff();
	await alice.until(() => alice.contact('bob')?.outbox === 2, 'what the laptop wrote is sent from here');
	alice.client.erase(toBob, id!);
	await bob.client.signIn(passwordOf('bob'));
	await bob.until(() => texts(bob, toAlice).some(text => text.endsWith('from the laptop')), 'bob has it');
	await alice.until(() => alice.contact('bob')?.outbox === 0, 'nothing waits');
	t.false(texts(bob, toAlice).some(text => text.endsWith('a mistake')));
});
