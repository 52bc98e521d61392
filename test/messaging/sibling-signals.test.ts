// What own devices tell each other that holds for a while: on which one the person is, and what contacts say of themselves. By hand, then between
// whole clients.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {SiblingSignals, USED_EVERY_MS} from '../../source/messaging/sibling-signals.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {type SignalFrame, decodeReplicationFrame} from '../../source/wire/messages/replication.ts';
import {startTestServer} from '../server/servers.ts';
import {until} from '../twins/neighbourhood.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const START = 1_700_000_000_000;

function device() {
	const clock = {now: START};
	const told: SignalFrame[] = [];
	const shown: string[] = [];
	const signals = new SiblingSignals({
		elapsed: () => clock.now,
		serverTime: () => clock.now,
		tell: signal => told.push(signal),
		has: account => account !== 'mallory',
		onContact: account => shown.push(account),
	});
	return {signals, clock, told, shown};
}

test('the device where a key was pressed last is the one in use, as long as it is there', t => {
	const {signals, clock} = device();
	t.is(signals.usedElsewhere, undefined, 'nobody has pressed anything');
	signals.heard('desk', {kind: 'used', time: START - 5000});
	t.is(signals.usedElsewhere, START - 5000);
	signals.pressed();
	t.is(signals.usedElsewhere, undefined);
	clock.now += 10_000;
	signals.heard('desk', {kind: 'used', time: START + 7000});
	signals.heard('laptop', {kind: 'used', time: START + 9000});
	t.is(signals.usedElsewhere, START + 9000);
	signals.heard('laptop', undefined);
	t.is(signals.usedElsewhere, START + 7000);
	signals.heard('desk', undefined);
	t.is(signals.usedElsewhere, undefined, 'nobody else is there');
});

test('a key that is pressed here comes after what another device told, whose clock is ahead', t => {
	const {signals, told} = device();
	signals.heard('desk', {kind: 'used', time: START + 2000});
	t.is(signals.usedElsewhere, START + 2000);
	signals.pressed();
	t.is(signals.usedElsewhere, undefined);
	t.deepEqual(told, [{kind: 'used', time: START + 2001}], 'and the other one learns of it');
});

test('that keys are pressed is told once in a while, and who claims to be used in a year is not believed', t => {
	const {signals, clock, told} = device();
	for (let key = 0; key < 1000; key++, clock.now += 10) signals.pressed();
	t.is(told.length, 10_000 / USED_EVERY_MS);
	signals.heard('broken', {kind: 'used', time: START + 365 * 86_400_000});
	t.is(signals.usedElsewhere, undefined);
	t.like(signals.all(), [{kind: 'used', time: clock.now - 10}]);
});

test('what a contact says is passed on when it is news, and forgotten with the session that told it', t => {
	const {signals, told, shown} = device();
	signals.contact('bob', {isTyping: false, away: ''});
	signals.contact('bob', {isTyping: true, away: ''});
	signals.contact('bob', {isTyping: true, away: ''});
	t.deepEqual(told, [{kind: 'contact', account: 'bob', isTyping: true, away: ''}]);
	t.deepEqual(signals.all(), told, 'and to who comes now');
	signals.heard('desk', {kind: 'contact', account: 'carol', isTyping: true, away: 'at lunch'});
	t.deepEqual(signals.of('carol'), {isTyping: true, away: 'at lunch'});
	t.false(
		signals.all().some(each => each.kind === 'contact' && each.account === 'carol'),
		'hearsay is not passed on',
	);
	signals.heard('desk', {kind: 'contact', account: 'mallory', isTyping: true, away: 'x'});
	t.deepEqual(signals.of('mallory'), {isTyping: false, away: ''});
	signals.heard('desk', undefined);
	t.deepEqual(signals.of('carol'), {isTyping: false, away: ''});
	t.deepEqual(shown, ['carol', 'carol']);
});

function frame(...parts: readonly Buffer[]) {
	return decodeReplicationFrame(Buffer.concat([Buffer.of(7), ...parts]));
}

test('signals that are short, long, of no name or no text are no frame', t => {
	const name = Buffer.concat([Buffer.of(3), Buffer.from('bob'), Buffer.alloc(29)]);
	t.like(frame(name, Buffer.of(1, 0, 1, 0x61)), {account: 'bob', isTyping: true, away: 'a'});
	for (const wrong of [
		frame(name, Buffer.of(2, 0, 0)),
		frame(name, Buffer.of(1, 0, 1, 0xff)),
		frame(name, Buffer.of(1, 0, 2, 0x61)),
		frame(name, Buffer.of(1, 0, 0, 0)),
		frame(Buffer.alloc(33), Buffer.of(1, 0, 0)),
		frame(name, Buffer.of(1, 1, 1), Buffer.alloc(257, 0x61)),
		decodeReplicationFrame(Buffer.of(6, 1)),
	])
		t.is(wrong, 'malformed');
});

async function joined(t: ExecutionContext, first: Someone, label: string): Promise<Someone> {
	await first.until(() => first.client.snapshot().devices !== undefined, 'the own log is known');
	const {link} = first.client.devices.offer('device');
	const other = await someone(t);
	await other.client.join(link, passwordOf('alice'), label);
	await reachable(other);
	await other.until(() => other.contact('bob') !== undefined, 'the other device knows bob');
	return other;
}

test('who has several devices sees on each that a contact is writing, or away, and is away on all of them', async t => {
	const {joinLink} = await startTestServer(t);
	const [alice, bob] = [await signedUp(t, joinLink, 'alice'), await signedUp(t, joinLink, 'bob')];
	const [toBob, toAlice] = [talkWith('bob'), talkWith('alice')];
	alice.client.send(toBob, 'hello bob');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	bob.client.send(toAlice, 'hello alice');
	await alice.until(() => alice.inbox.length === 1, 'alice has the answer');
	alice.client.setAway('gone fishing');
	await bob.until(() => bob.contact('alice')?.away === 'gone fishing', 'bob knows');
	const laptop = await joined(t, alice, 'laptop');
	await laptop.until(() => laptop.client.snapshot().away === 'gone fishing', 'the account is away, not the device');
	bob.client.typing(toAlice, true);
	bob.client.setAway('at lunch');
	for (const each of [alice, laptop]) {
		await each.until(() => each.contact('bob')?.away === 'at lunch', 'that bob is away is on both');
		await each.until(() => each.contact('bob')?.typing === true, 'and so is that bob is writing');
	}

	t.not(laptop.contact('bob')?.path.kind, 'lan', 'the laptop has no session with bob');
	bob.client.send(toAlice, 'that is it');
	for (const each of [alice, laptop]) await each.until(() => each.contact('bob')?.typing === false, 'it is said');
	laptop.client.setAway(undefined);
	await alice.until(() => alice.client.snapshot().away === undefined, 'the account is back');
	await bob.until(() => bob.contact('alice')?.away === undefined, 'and bob is told');
});

/** What is told of keys is no news for a screen: something that is follows each of them. */
async function follows(by: Someone, other: Someone, away: string): Promise<void> {
	by.client.setAway(away);
	await other.until(() => other.client.snapshot().away === away, 'what was said behind it is there');
}

test('a key on one device makes the others quiet, until one is pressed there or that one has gone', async t => {
	const {joinLink} = await startTestServer(t);
	const [alice, bob] = [await signedUp(t, joinLink, 'alice'), await signedUp(t, joinLink, 'bob')];
	alice.client.addContact('bob');
	const laptop = await joined(t, alice, 'laptop');
	laptop.client.use.pressed();
	await follows(laptop, alice, 'one');
	t.is(typeof alice.client.use.elsewhere, 'number');
	t.is(laptop.client.use.elsewhere, undefined);
	alice.client.use.pressed();
	await follows(alice, laptop, 'two');
	t.is(alice.client.use.elsewhere, undefined);
	t.is(typeof laptop.client.use.elsewhere, 'number');
	await alice.client.signOff();
	// A session in doubt has no way any more, and is there until it is known to be lost.
	await until(() => laptop.client.use.elsewhere === undefined);
	const devices = laptop.client.snapshot().devices?.list ?? [];
	t.true(devices.length === 2 && devices.every(each => each.isThis || each.path === undefined), 'alice has gone');
	t.is(bob.inbox.length, 0);
});
