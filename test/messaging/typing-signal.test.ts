// The typing indicator: its rules by a clock in hand, then between two devices, then between whole clients.
import test from 'ava';
import {type Contact} from '../../source/client/snapshot.ts';
import {type Exchange} from '../../source/messaging/exchange.ts';
import {Typing} from '../../source/messaging/typing-signal.ts';
import {startTestServer} from '../server/servers.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';
import {signedUp} from '../twins/people.ts';
import {typedTalk} from '../../source/client/facade.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

/** A clock that leaps when told to, and one that stands still until then. */
function leaping(start = () => performance.now()) {
	let leapt = 0;
	return {
		now: Date.now,
		elapsed: () => start() + leapt,
		leap(ms: number) {
			leapt += ms;
		},
	};
}

async function turn(): Promise<void> {
	await new Promise(resolve => setImmediate(resolve));
}

function ruled() {
	const clock = leaping(() => 0);
	const said: string[] = [];
	const typing = new Typing(clock.elapsed, isTyping => said.push(`${clock.elapsed()} ${isTyping}`));
	const at = (time: number, act: () => void = () => {}) => {
		clock.leap(time - clock.elapsed());
		typing.run();
		act();
	};

	return {typing, said, at};
}

test('a key stroke every 100 ms is told at most once in 4 s, and its end 6 s after the last one', t => {
	const {typing, said, at} = ruled();
	for (let time = 0; time <= 9000; time += 100) at(time, () => typing.tell(true));
	t.is(typing.deadline, 15_000);
	at(14_999);
	t.deepEqual(said, ['0 true', '4000 true', '8000 true']);
	at(15_000);
	at(99_000);
	t.deepEqual(said.slice(3), ['15000 false']);
	t.is(typing.deadline, Number.POSITIVE_INFINITY);
});

test('an emptied draft is told once; whoever starts anew at once waits for their 4 s', t => {
	const {typing, said, at} = ruled();
	at(0, () => typing.tell(false));
	at(100, () => typing.tell(true));
	at(200, () => typing.tell(false));
	at(300, () => typing.tell(false));
	at(400, () => typing.tell(true));
	at(500, () => typing.tell(false));
	at(4099, () => typing.tell(true));
	at(4100, () => typing.tell(true));
	t.deepEqual(said, ['100 true', '200 false', '4100 true']);
});

test('a text says as much as false, and so does the end of a session', t => {
	for (const end of ['sent', 'forget'] as const) {
		const {typing, said, at} = ruled();
		at(0, () => typing.tell(true));
		at(1000, () => typing[end]());
		at(1001, () => typing.tell(false));
		at(60_000);
		t.deepEqual(said, ['0 true'], end);
	}
});

test('what a peer says holds for 8 s, or until it says otherwise', t => {
	const {typing, at} = ruled();
	t.false(typing.heard);
	at(0, () => typing.hear(true));
	at(4000, () => typing.hear(true));
	t.is(typing.deadline, 12_000);
	at(11_999, () => t.true(typing.heard));
	at(12_000, () => t.false(typing.heard));
	t.is(typing.deadline, Number.POSITIVE_INFINITY);
	at(13_000, () => typing.hear(true));
	t.true(typing.heard);
	typing.hear(false);
	t.false(typing.heard);
	typing.hear(true);
	typing.forget();
	t.false(typing.heard);
});

function acquainted() {
	const town = new Neighbourhood();
	const clocks = {alice: leaping(), bob: leaping()};
	const alice = town.join('alice', undefined, {clock: clocks.alice});
	/** What bob's screen would have shown of alice, at each change. */
	const shown: boolean[] = [];
	const bob = town.join('bob', undefined, {clock: clocks.bob, onChange: ({typing}) => shown.push(typing)});
	town.meet();
	return {town, alice, clocks, shown, bobOfAlice: alice.with('bob'), aliceOfBob: bob.with('alice')};
}

async function talking() {
	const all = acquainted();
	all.alice.send('bob', 'hello');
	await until(() => all.alice.delivered.length === 1);
	return all;
}

/** Every acknowledgement is out: what is due next is not the transport's. */
async function quiet({channel}: Exchange, {elapsed}: {elapsed: () => number}): Promise<void> {
	await until(() => channel.run() - elapsed() > 1000);
}

test('without a session nothing is sent, nothing waits, and nobody is introduced', async t => {
	const {town, alice, bobOfAlice, aliceOfBob} = acquainted();
	bobOfAlice.tellTyping(true);
	t.is(bobOfAlice.channel.run(), Number.POSITIVE_INFINITY);
	t.false(bobOfAlice.channel.active);
	t.deepEqual([town.introductions, town.datagrams.length, bobOfAlice.outboxSize], [0, 0, 0]);
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.false(aliceOfBob.typing);
	// Nor has it used up the 4 s.
	bobOfAlice.tellTyping(true);
	await until(() => aliceOfBob.typing);
	town.close();
});

test('typing ends when it is told, and by itself when its end is lost', async t => {
	const {town, clocks, bobOfAlice, aliceOfBob} = await talking();
	bobOfAlice.tellTyping(true);
	await until(() => aliceOfBob.typing);
	bobOfAlice.tellTyping(false);
	await until(() => !aliceOfBob.typing);
	clocks.alice.leap(4000);
	bobOfAlice.tellTyping(true);
	await until(() => aliceOfBob.typing);
	await quiet(aliceOfBob, clocks.bob);
	town.filter = () => false;
	const due = aliceOfBob.channel.run() - clocks.bob.elapsed();
	t.true(due > 0 && due <= 8000, String(due));
	clocks.bob.leap(8000);
	aliceOfBob.channel.run();
	t.false(aliceOfBob.typing);
	town.close();
});

test('who stops without a word is told of by their client, 6 s after the last key stroke', async t => {
	const {town, clocks, bobOfAlice, aliceOfBob} = await talking();
	bobOfAlice.tellTyping(true);
	await until(() => aliceOfBob.typing);
	await quiet(bobOfAlice, clocks.alice);
	const due = bobOfAlice.channel.run() - clocks.alice.elapsed();
	t.true(due > 0 && due <= 6000, String(due));
	clocks.alice.leap(6000);
	bobOfAlice.channel.run();
	await until(() => !aliceOfBob.typing);
	town.close();
});

test('after a text nothing more is said of what was typed', async t => {
	const {town, alice, clocks, bobOfAlice, aliceOfBob} = await talking();
	bobOfAlice.tellTyping(true);
	await until(() => aliceOfBob.typing);
	alice.send('bob', 'this');
	await until(() => alice.delivered.length === 2);
	t.false(aliceOfBob.typing);
	await quiet(bobOfAlice, clocks.alice);
	const before = town.datagrams.length;
	bobOfAlice.tellTyping(false);
	bobOfAlice.channel.run();
	t.is(town.datagrams.length, before);
	town.close();
});

test('a session that ends, a peer that goes: nobody is typing, and nothing of it goes to the next session', async t => {
	const {town, alice, clocks, shown, bobOfAlice, aliceOfBob} = await talking();
	const type = async () => {
		clocks.alice.leap(4000);
		bobOfAlice.tellTyping(true);
		await until(() => aliceOfBob.typing);
	};

	await type();
	bobOfAlice.channel.drop();
	await until(() => !aliceOfBob.typing && aliceOfBob.channel.path.kind === 'none');
	alice.send('bob', 'again');
	await until(() => alice.delivered.length === 2);
	t.false(aliceOfBob.typing);
	await type();
	await quiet(bobOfAlice, clocks.alice);
	await quiet(aliceOfBob, clocks.bob);
	aliceOfBob.presence('offline');
	t.false(aliceOfBob.typing);
	const before = town.datagrams.length;
	aliceOfBob.tellTyping(true);
	aliceOfBob.channel.run();
	t.is(town.datagrams.length, before, 'a session that may be gone is told nothing');
	aliceOfBob.presence('online');
	await type();
	aliceOfBob.channel.halt('sending');
	t.false(aliceOfBob.typing);
	shown.length = 0;
	alice.send('bob', 'who I am is in question');
	await until(() => alice.delivered.length === 3);
	clocks.alice.leap(4000);
	bobOfAlice.tellTyping(true);
	await quiet(bobOfAlice, clocks.alice);
	t.true(shown.length > 0);
	t.false(shown.includes(true));
	town.close();
});

test('two people: typing is seen, a text ends it, who is blocked does not type, and none of it is a message', async t => {
	const server = await startTestServer(t);
	const clock = leaping();
	const alice = await signedUp(t, server.joinLink, 'alice', {clock});
	const bob = await signedUp(t, server.joinLink, 'bob');
	const seen: boolean[] = [];
	bob.client.subscribe(() => {
		const typing = bob.contact('alice')?.typing ?? false;
		if (typing !== (seen.at(-1) ?? false)) seen.push(typing);
	});
	alice.client.addContact('bob');
	await alice.until(() => alice.contact('bob')?.presence === 'online', 'bob is there');
	alice.client.typing(talkWith('bob'), true);
	alice.client.send(talkWith('bob'), 'one');
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	t.deepEqual(seen, []);
	alice.client.typing(typedTalk('@Bob'), true);
	await bob.until(() => bob.contact('alice')?.typing === true, 'she types');
	alice.client.send(talkWith('bob'), 'two');
	await bob.until(() => bob.contact('alice')?.unread === 2, 'bob has it');
	t.false(bob.contact('alice')?.typing);
	clock.leap(4000);
	alice.client.typing(talkWith('bob'), true);
	await bob.until(() => bob.contact('alice')?.typing === true, 'she types again');
	alice.client.typing(talkWith('bob'), false);
	await bob.until(() => bob.contact('alice')?.typing === false, 'and does not');
	t.deepEqual(seen, [true, false, true, false]);
	t.is(bob.contact('alice')?.unread, 2);
	t.is(bob.client.snapshot().conversations.get(talkWith('alice'))?.messages.length, 2);
	t.is(alice.contact('bob')?.outbox, 0);

	clock.leap(4000);
	alice.client.typing(talkWith('bob'), true);
	await bob.until(() => bob.contact('alice')?.typing === true, 'she types once more');
	bob.client.block('alice', true);
	t.like(bob.contact('alice'), {blocked: true, typing: false});
	t.notThrows(() => bob.client.typing(talkWith('alice'), true));
});

test('who cannot be told is not told, without a word', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	await signedUp(t, server.joinLink, 'bob');
	for (const name of ['bob', 'alice', 'no such/name', '', 'nobody']) alice.client.typing(talkWith(name), true);
	await turn();
	t.deepEqual(alice.client.snapshot().contacts, []);
	await alice.client.signOff();
	t.notThrows(() => alice.client.typing(talkWith('bob'), true));
});

test('a flood of typing changes what is seen once', async t => {
	const server = await startTestServer(t);
	const clock = leaping();
	const alice = await signedUp(t, server.joinLink, 'alice', {clock});
	const bob = await signedUp(t, server.joinLink, 'bob');
	alice.client.send(talkWith('bob'), 'one');
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	const shown: Contact[] = [bob.contact('alice')!];
	bob.client.subscribe(() => {
		const contact = bob.contact('alice')!;
		if (contact !== shown.at(-1)) shown.push(contact);
	});
	for (let told = 1; told <= 100; told++) {
		// Her rule is outwitted, and her session does not notice.
		clock.leap(told * 4000);
		alice.client.typing(talkWith('bob'), true);
		clock.leap(told * -4000);
		await turn();
	}

	await bob.until(() => bob.contact('alice')?.typing === true, 'she types');
	alice.client.send(talkWith('bob'), 'two');
	await bob.until(() => bob.contact('alice')?.unread === 2, 'bob has it, and all that came before');
	const typing = shown.map(contact => contact.typing).filter((each, index, all) => each !== all[index - 1]);
	t.deepEqual(typing, [false, true, false]);
	for (const [index, contact] of shown.slice(1).entries()) {
		const earlier = shown[index]!;
		const isMoved = Math.abs(rttOf(contact) - rttOf(earlier)) > 1;
		if (!isMoved) t.notDeepEqual(withoutRtt(contact), withoutRtt(earlier), 'every change is one to see');
	}
});

/** Ms; as far away as can be before it is known. */
function rttOf({path}: Contact): number {
	return 'rtt' in path ? (path.rtt ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
}

function withoutRtt(contact: Contact): Contact {
	const {path} = contact;
	return {...contact, path: 'rtt' in path ? {...path, rtt: undefined} : path};
}
