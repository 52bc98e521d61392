// What two real clients do about messages, over real sockets and disks: the other side, and both after a restart, show the same.
import test, {type ExecutionContext} from 'ava';
import {localClock} from '../../source/os/local-clock.ts';
import {ClientError} from '../../source/client/facade.ts';
import {type Change, type Message} from '../../source/client/snapshot.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, signedUp, someone} from '../twins/people.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

async function twoWhoTalk(t: ExecutionContext) {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	bob.client.addContact('alice');
	const id = alice.client.send(talkWith('bob'), 'first');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	return {server, alice, bob, id};
}

function talk(who: Someone, peer: string): readonly Message[] {
	return who.client.snapshot().conversations.get(talkWith(peer))?.messages ?? [];
}

async function restarted(t: ExecutionContext, who: Someone, name: string): Promise<Someone> {
	await who.client.close();
	const again = await someone(t, {folder: who.folder});
	await again.client.signIn(passwordOf(name));
	return again;
}

test('an edit, a reaction, an answer and a deletion are seen on both sides, and after a restart of both', async t => {
	const {alice, bob, id} = await twoWhoTalk(t);
	const changes: Change[] = [];
	bob.client.onChange(change => changes.push(change));
	alice.client.edit(talkWith('bob'), id, 'first, again');
	await bob.until(() => talk(bob, 'alice')[0]?.text === 'first, again', 'the edit');
	bob.client.react(talkWith('alice'), {direction: 'in', id}, '👍');
	alice.client.react(talkWith('bob'), {direction: 'out', id}, '🎉');
	bob.client.send(talkWith('alice'), 'an answer', {reply: {direction: 'in', id}});
	await alice.until(() => talk(alice, 'bob')[1]?.reply?.text === 'first, again', 'the answer');
	await alice.until(() => talk(alice, 'bob')[0]?.reactions?.length === 2, 'the reaction');
	await bob.until(() => talk(bob, 'alice')[0]?.reactions?.length === 2, 'the other reaction');
	t.deepEqual(
		changes.map(({kind, value}) => [kind, value]),
		[
			['edit', 'first, again'],
			['reaction', '🎉'],
		],
	);
	const [ours, theirs] = [await restarted(t, alice, 'alice'), await restarted(t, bob, 'bob')];
	for (const [who, peer] of [
		[ours, 'bob'],
		[theirs, 'alice'],
	] as const) {
		const [first, second] = talk(who, peer);
		t.is(first?.text, 'first, again');
		t.true((first?.edited ?? 0) > 0);
		t.is(first?.reactions?.length, 2);
		t.is(second?.reply?.text, 'first, again');
		const name = {direction: first!.direction, id: first!.id};
		t.deepEqual(
			who.client.edits(talkWith(peer), name).map(({text}) => text),
			['first'],
		);
	}

	ours.client.erase(talkWith('bob'), id);
	await theirs.until(() => talk(theirs, 'alice')[0]?.deleted === true, 'the deletion');
	for (const [who, peer] of [
		[ours, 'bob'],
		[theirs, 'alice'],
	] as const) {
		const [first, second] = talk(who, peer);
		t.is(first?.text, '');
		t.is(first?.reactions, undefined);
		t.is(second?.reply?.text, undefined);
		t.deepEqual(who.client.edits(talkWith(peer), {direction: first!.direction, id: first!.id}), []);
	}

	t.throws(() => ours.client.edit(talkWith('bob'), id, 'once more'), {
		instanceOf: ClientError,
		message: /not there any more/,
	});
	t.throws(() => theirs.client.react(talkWith('alice'), {direction: 'in', id}, '👍'), {instanceOf: ClientError});
	t.throws(() => theirs.client.edit(talkWith('alice'), id, 'not mine'), {instanceOf: ClientError});
});

test('what is done while the other is away is done when they come back', async t => {
	const {alice, bob, id} = await twoWhoTalk(t);
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	await bob.client.close();
	await alice.until(() => alice.contact('bob')?.presence === 'offline', 'bob is away');
	alice.client.edit(talkWith('bob'), id, 'later');
	const second = alice.client.send(talkWith('bob'), 'second');
	alice.client.edit(talkWith('bob'), second, 'second, changed while it waits');
	const third = alice.client.send(talkWith('bob'), 'third, a secret');
	alice.client.erase(talkWith('bob'), third);
	const ours = await restarted(t, alice, 'alice');
	const theirs = await someone(t, {folder: bob.folder});
	await theirs.client.signIn(passwordOf('bob'));
	await theirs.until(() => talk(theirs, 'alice')[2]?.deleted === true, 'all of it');
	t.deepEqual(
		talk(theirs, 'alice').map(({text}) => text),
		['later', 'second, changed while it waits', ''],
	);
	t.deepEqual(
		talk(ours, 'bob').map(({text}) => text),
		['later', 'second, changed while it waits', ''],
	);
});

test('a reading is told in one act, only when wanted, and not by who has not accepted', async t => {
	const {alice, bob, id} = await twoWhoTalk(t);
	const second = alice.client.send(talkWith('bob'), 'second');
	await bob.until(() => bob.inbox.length === 2, 'both');
	bob.client.markRead(talkWith('alice'));
	await alice.until(() => alice.states('bob').join(' ') === 'read read', 'read');
	const ours = await restarted(t, alice, 'alice');
	t.deepEqual(
		talk(ours, 'bob').map(message => [message.id, message.state]),
		[
			[id, 'read'],
			[second, 'read'],
		],
	);
	bob.client.setPreferences({receipts: false});
	ours.client.send(talkWith('bob'), 'third');
	await bob.until(() => bob.inbox.length === 3, 'the third');
	bob.client.markRead(talkWith('alice'));
	bob.client.send(talkWith('alice'), 'after it');
	await ours.until(() => ours.inbox.length === 1, 'what comes after');
	t.deepEqual(
		talk(ours, 'bob').map(({state}) => state),
		['read', 'read', 'delivered', 'delivered'],
	);
});

test('a stranger is held apart: their messages are kept, and they learn nothing until they are accepted', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	bob.client.setAway('on the moon');
	alice.client.send(talkWith('bob'), 'hello?');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	t.is(bob.contact('alice')?.request, true);
	t.is(alice.contact('bob')?.request, undefined);
	bob.client.markRead(talkWith('alice'));
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	const again = await restarted(t, bob, 'bob');
	t.is(again.contact('alice')?.request, true);
	again.client.accept('alice');
	t.is(again.contact('alice')?.request, undefined);
	again.client.setAway('back on earth soon');
	again.client.send(talkWith('alice'), 'here I am');
	await alice.until(() => alice.inbox.length === 1, 'the answer');
	await alice.until(() => alice.contact('bob')?.away === 'back on earth soon', 'why bob is away');
	t.deepEqual(alice.states('bob'), ['delivered']);
	again.client.setAway(undefined);
	await alice.until(() => alice.contact('bob')?.away === undefined, 'bob is back');
});

test('a nickname is kept here and goes with undefined; a timer is for both', async t => {
	const {alice, bob} = await twoWhoTalk(t);
	alice.client.setNickname('bob', 'Bobby');
	t.is(alice.contact('bob')?.nickname, 'Bobby');
	const ours = await restarted(t, alice, 'alice');
	t.is(ours.contact('bob')?.nickname, 'Bobby');
	ours.client.setNickname('bob', undefined);
	t.is(ours.contact('bob')?.nickname, undefined);
	ours.client.setTimer(talkWith('bob'), 3600);
	await bob.until(() => bob.contact('alice')?.agreed?.timer?.value === '3600', 'the timer');
	bob.client.send(talkWith('alice'), 'this goes');
	await ours.until(() => ours.inbox.length === 1, 'what goes');
	t.is(ours.inbox[0]?.lifetime, 3600);
	t.is(talk(ours, 'bob')[1]?.expires, undefined);
	ours.client.markRead(talkWith('bob'));
	t.true((talk(ours, 'bob')[1]?.expires ?? 0) > 0);
	await bob.until(() => (talk(bob, 'alice')[1]?.expires ?? 0) > 0, 'the sender’s clock runs');
	bob.client.setTimer(talkWith('alice'), 0);
	await ours.until(() => ours.contact('bob')?.agreed === undefined, 'no timer');
	for (const seconds of [-1, 0.5, 31_536_001])
		t.throws(() => ours.client.setTimer(talkWith('bob'), seconds), {instanceOf: ClientError});
});

test('a message is pinned for both, by either; the later pin counts, and none that is deleted is shown', async t => {
	const {alice, bob} = await twoWhoTalk(t);
	const pinned = (who: typeof alice, peer: string) => who.contact(peer)?.agreed?.pin?.message?.text;
	const [first] = talk(alice, 'bob');
	alice.client.act(talkWith('bob'), {kind: 'pin', target: first, value: 'pinned'});
	t.is(pinned(alice, 'bob'), first!.text);
	await bob.until(() => pinned(bob, 'alice') === first!.text, 'the pin');
	bob.client.send(talkWith('alice'), 'at five');
	await alice.until(() => talk(alice, 'bob').length === 2, 'another message');
	const five = talk(bob, 'alice')[1]!;
	bob.client.act(talkWith('alice'), {kind: 'pin', target: five, value: 'pinned'});
	await alice.until(() => pinned(alice, 'bob') === 'at five', 'the later pin');
	bob.client.edit(talkWith('alice'), five.id, 'at six');
	await alice.until(() => pinned(alice, 'bob') === 'at six', 'its new text');
	const again = await restarted(t, alice, 'alice');
	t.is(pinned(again, 'bob'), 'at six');
	bob.client.erase(talkWith('alice'), five.id);
	await again.until(() => pinned(again, 'bob') === undefined, 'nothing any more');
	bob.client.act(talkWith('alice'), {kind: 'pin', target: talk(bob, 'alice')[0], value: 'pinned'});
	await again.until(() => pinned(again, 'bob') !== undefined, 'the first again');
	again.client.act(talkWith('bob'), {kind: 'pin', target: talk(again, 'bob')[0], value: ''});
	await bob.until(() => pinned(bob, 'alice') === undefined, 'taken off');
	t.throws(
		() => again.client.act(talkWith('bob'), {kind: 'reaction', target: talk(again, 'bob')[0], value: 'x'.repeat(65)}),
		{
			instanceOf: ClientError,
		},
	);
	t.throws(() => again.client.act(talkWith('bob'), {kind: 'pin', target: undefined, value: 'pinned'}), {
		instanceOf: ClientError,
	});
});

test('a message disappears on both sides when its time is over', async t => {
	const {alice, bob} = await twoWhoTalk(t);
	alice.client.setTimer(talkWith('bob'), 1);
	alice.client.send(talkWith('bob'), 'gone in a second');
	await bob.until(() => bob.inbox.length === 2, 'it came');
	bob.client.markRead(talkWith('alice'));
	await alice.until(() => talk(alice, 'bob').length === 1, 'gone here');
	await bob.until(() => talk(bob, 'alice').length === 1, 'gone there');
	const again = await restarted(t, bob, 'bob');
	t.deepEqual(
		talk(again, 'alice').map(({text}) => text),
		['first'],
	);
});

test('what somebody does whose clock is ahead is done on the other side when its time comes', async t => {
	const server = await startTestServer(t);
	const HOUR = 3_600_000;
	const ahead = {alice: 0, bob: 0};
	const clockOf = (name: 'alice' | 'bob') => ({now: () => Date.now() + ahead[name], elapsed: localClock.elapsed});
	const alice = await signedUp(t, server.joinLink, 'alice', {clock: clockOf('alice')});
	const bob = await signedUp(t, server.joinLink, 'bob', {clock: clockOf('bob')});
	bob.client.addContact('alice');
	const first = alice.client.send(talkWith('bob'), 'first');
	const second = alice.client.send(talkWith('bob'), 'second');
	await bob.until(() => bob.inbox.length === 2, 'bob has them');
	ahead.alice = HOUR;
	alice.client.erase(talkWith('bob'), first);
	t.true(talk(alice, 'bob')[0]?.deleted);
	await alice.until(() => alice.contact('bob')?.outbox === 0, 'it has its receipt');
	t.is(talk(bob, 'alice')[0]?.text, 'first');
	ahead.bob = HOUR;
	ahead.alice = 2 * HOUR;
	alice.client.edit(talkWith('bob'), second, 'second, edited');
	await bob.until(() => talk(bob, 'alice')[0]?.deleted === true, 'its time has come');
	await alice.until(() => alice.contact('bob')?.outbox === 0, 'the edit has its receipt');
	t.is(talk(bob, 'alice')[1]?.text, 'second');
});
