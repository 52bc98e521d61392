// A keeper lets go of what the other devices of its account have: here it is gone without a trace, there it stays, and nothing is lost by it.
import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {type Act} from '../../../source/messaging/history/history.ts';
import {type Message} from '../../../source/messaging/message.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {seededNumbers} from '../../twins/random.ts';
import {plainPages} from '../history/plain-pages.ts';
import {type Clock, KEY, Link, TestDevice} from './devices.ts';

const START = 1_700_000_000_000;
const DAY = 86_400_000;
const bob = talkWith('bob');

function devices(t: ExecutionContext, count: number) {
	const clock: Clock = {now: START};
	const folder = temporaryFolder(t);
	const made = Array.from({length: count}, (_, index) => new TestDevice(folder, index + 1, clock));
	t.teardown(() => made.forEach(device => device.close()));
	return {clock, folder, made: made as [TestDevice, TestDevice, TestDevice, TestDevice]};
}

function message(
	direction: Message['direction'],
	number: number,
	text: string,
	state: Message['state'] = 'delivered',
): Message {
	const id = number.toString(16).padStart(32, '0');
	return {id, conversation: bob, direction, time: START - 5000 + number, text, state, reason: undefined};
}

function act(
	kind: Act['kind'],
	number: number,
	value: string,
	[direction, target]: readonly [Message['direction'], number],
): Act {
	const head = {id: message('in', number, '').id, conversation: bob, direction: 'in', reason: undefined} as const;
	const to = {direction, id: message('in', target, '').id};
	return {...head, kind, value, target: to, time: START - 5000 + number, state: 'delivered'};
}

const texts = ({history}: TestDevice) => history.page(bob, 1000).map(({text}) => text);

/** What the keeper does from time to time; how much it let go. */
function letGo({history}: TestDevice, holders: readonly TestDevice[], arrivedBefore = Number.MAX_SAFE_INTEGER): number {
	let count = 0;
	for (let after: number | undefined = 0; after !== undefined;) {
		const step = history.replica.letGo({holders: holders.map(({id}) => id), arrivedBefore}, after);
		count += step.count;
		after = step.next;
	}

	history.replica.finishLettingGo();
	return count;
}

test('what every other device has leaves the keeper without a trace, and stays with them', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	keeper.history.append([message('in', 1, 'rumpelstiltskin'), message('in', 2, 'straw')]);
	keeper.history.append([act('edit', 3, 'spindle', ['in', 1])]);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0, 'one of them has not been there yet');
	new Link(keeper, phone, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 3);
	t.deepEqual(texts(keeper), []);
	t.deepEqual(keeper.history.find('straw', 9, [bob]), []);
	const plain = plainPages(keeper.file, KEY).toString('latin1').toLowerCase();
	for (const word of ['rumpelstiltskin', 'straw', 'spindle', 'rumpelstil']) t.false(plain.includes(word), word);
	t.true(readFileSync(keeper.file).length > 0);
	for (const device of [laptop, phone]) t.deepEqual(texts(device), ['spindle', 'straw']);
	// They tell it of all that they have once more, and of what is new.
	laptop.history.replica.renew();
	laptop.history.append([message('in', 4, 'new')]);
	for (const device of [laptop, phone]) new Link(keeper, device, clock).run();
	t.deepEqual(texts(keeper), ['new']);
	for (const device of [laptop, phone]) t.deepEqual(texts(device), ['spindle', 'straw', 'new']);
	t.deepEqual(keeper.history.append([message('in', 2, 'straw')]), [], 'nor does its author bring it back');
});

test('without another device a keeper lets nothing go, and none of what one of them lacks', t => {
	const {clock, made} = devices(t, 2);
	const [keeper, laptop] = made;
	keeper.history.append([message('in', 1, 'one')]);
	t.is(letGo(keeper, []), 0);
	t.is(letGo(keeper, [laptop]), 0);
	new Link(keeper, laptop, clock).run();
	keeper.history.append([message('in', 2, 'two')]);
	t.is(letGo(keeper, [laptop]), 1);
	t.deepEqual(texts(keeper), ['two']);
	t.is(letGo(keeper, []), 0);
});

test('what waits to be delivered stays with the keeper, and so does that it was delivered until the others know', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	laptop.history.append([message('out', 1, 'wait', 'queued'), message('out', 2, 'taken back', 'queued')]);
	laptop.history.setState(bob, [message('out', 2, '').id], 'failed', 'cancelled');
	for (const device of [laptop, phone]) new Link(keeper, device, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0);
	t.deepEqual(
		keeper.history.replica.waitingOfOthers(bob).map(({entry}) => entry.id),
		[message('out', 1, '').id],
	);
	keeper.history.setState(bob, [message('out', 1, '').id], 'delivered');
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0, 'one of them takes it for waiting');
	new Link(keeper, phone, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 1);
	for (const device of [laptop, phone]) t.is(device.history.page(bob, 9)[0]?.state, 'delivered');
	t.deepEqual(texts(keeper), ['taken back'], 'it may be sent again');
});

test('what one device has written is let go once the others have it; it need not say that it has it itself', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	laptop.history.append([message('in', 1, 'at the laptop')]);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop]), 1, 'who has told of it has it');
	clock.now += 1000;
	phone.history.append([message('in', 2, 'at the phone')]);
	new Link(keeper, phone, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 1);
	t.deepEqual(texts(laptop), ['at the laptop', 'at the phone']);
});

test('an edit of what the keeper has let go reaches the devices that were off', t => {
	const {clock, made} = devices(t, 2);
	const [keeper, laptop] = made;
	laptop.history.append([message('out', 1, 'mine'), message('in', 2, 'theirs')]);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop]), 2);
	keeper.history.append([act('edit', 3, 'theirs, edited', ['in', 2]), act('reaction', 4, '👍', ['out', 1])]);
	keeper.restart();
	new Link(keeper, laptop, clock).run();
	t.deepEqual(texts(laptop), ['mine', 'theirs, edited']);
	t.deepEqual(
		laptop.history.page(bob, 1).map(({id}) => id),
		[message('in', 2, '').id],
	);
	t.is(letGo(keeper, [laptop]), 2);
});

test('what was done about a message stays with the keeper until that has come, and may go, too', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	const meetAll = () => {
		for (const device of [laptop, phone, laptop]) new Link(keeper, device, clock).run();
	};

	// What they have done about it is everywhere before the message is anywhere but on the device that wrote it.
	keeper.history.append([act('reaction', 2, '👍', ['out', 1]), act('read', 3, '', ['out', 1])]);
	meetAll();
	t.is(letGo(keeper, [laptop, phone]), 0);
	laptop.history.append([message('out', 1, 'mine')]);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0, 'the phone does not have it');
	for (const {history} of [keeper, laptop]) {
		t.is(history.page(bob, 1)[0]?.reactions?.length, 1);
		t.is(history.readUpTo(bob)?.id, message('out', 1, '').id);
	}

	meetAll();
	t.is(letGo(keeper, [laptop, phone]), 3);
	t.deepEqual(texts(keeper), []);
});

test('a device that joins later has from the keeper what came since, and the rest from the others', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, fresh] = made;
	keeper.history.append([message('in', 1, 'before')]);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop]), 1);
	keeper.history.append([message('in', 2, 'since')]);
	const link = new Link(keeper, fresh, clock);
	link.run();
	t.deepEqual(texts(fresh), ['since']);
	t.deepEqual(link.faults, []);
	t.is(link.progress[1]?.place, link.progress[1]?.head, 'it knows that this is all there is');
	new Link(laptop, fresh, clock).run();
	t.deepEqual(texts(fresh), ['before', 'since']);
	new Link(keeper, fresh, clock).run();
	t.deepEqual(texts(keeper), ['since'], 'and the keeper does not take the rest back');
});

test('what is forgotten or disappears on one device does so on all, though the keeper let it go', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	keeper.history.append([{...message('in', 1, 'for a minute'), lifetime: 60}, message('in', 2, 'for good')]);
	for (const device of [laptop, phone]) new Link(keeper, device, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 2);
	laptop.history.markRead(bob);
	laptop.history.startClocks(bob, clock.now);
	clock.now += 120_000;
	laptop.history.expire(clock.now);
	new Link(keeper, laptop, clock).run();
	new Link(keeper, phone, clock).run();
	t.deepEqual(texts(phone), ['for good']);
	laptop.history.forget(bob);
	new Link(keeper, laptop, clock).run();
	new Link(keeper, phone, clock).run();
	t.deepEqual(texts(phone), []);
	keeper.history.append([act('edit', 9, 'words about nothing', ['in', 2])]);
	t.false(plainPages(keeper.file, KEY).includes('words about nothing'), 'of what is forgotten no word stays');
});

test('two devices that were sent the same agree on where it stands, though the keeper between them let it go', t => {
	const {clock, made} = devices(t, 3);
	const [keeper, laptop, phone] = made;
	phone.history.append([message('in', 1, 'one')]);
	clock.now += 1000;
	keeper.history.append([message('in', 2, 'two')]);
	clock.now += 1000;
	keeper.history.append([message('in', 1, 'one')]);
	new Link(keeper, laptop, clock).run();
	t.deepEqual(texts(laptop), ['two', 'one']);
	t.is(letGo(keeper, [laptop]), 2);
	new Link(keeper, phone, clock).run();
	t.is(letGo(keeper, [laptop, phone]), 0, 'the laptop does not know where it stands');
	new Link(keeper, laptop, clock).run();
	t.deepEqual(texts(laptop), ['one', 'two']);
	t.true(letGo(keeper, [laptop, phone]) > 0);
	new Link(laptop, phone, clock).run();
	t.deepEqual(texts(phone), texts(laptop));
});

test('a keeper that holds for days lets go of what is older than that, and only of what the others have', t => {
	const {clock, made} = devices(t, 2);
	const [keeper, laptop] = made;
	keeper.history.append([message('in', 1, 'old')], clock.now);
	clock.now += 2 * DAY;
	keeper.history.append([message('in', 2, 'new')], clock.now);
	t.is(letGo(keeper, [laptop], clock.now - DAY), 0);
	new Link(keeper, laptop, clock).run();
	t.is(letGo(keeper, [laptop], clock.now - DAY), 1);
	t.deepEqual(texts(keeper), ['new']);
});

test('a device that was put back from a backup has not what it has lost, and the keeper holds what is new for it', t => {
	const {clock, made} = devices(t, 2);
	const [keeper, laptop] = made;
	keeper.history.append([message('in', 1, 'one')]);
	new Link(keeper, laptop, clock).run();
	laptop.backUp();
	keeper.history.append([message('in', 2, 'two')]);
	new Link(keeper, laptop, clock).run();
	laptop.putBack(true);
	const link = new Link(keeper, laptop, clock);
	link.step();
	link.step();
	t.is(letGo(keeper, [laptop]), 0, 'what it had before it was put back does not count');
	link.run();
	t.deepEqual(texts(laptop), ['one', 'two']);
});

test('in whatever order people talk and devices meet, a keeper that lets go loses nothing and changes nothing', t => {
	for (let seed = 1; seed <= 20; seed++) {
		const {clock, made} = devices(t, 4);
		const [keeper, laptop, phone, plain] = made;
		const number = seededNumbers(seed);
		const roll = (sides: number) => Math.floor(number() * sides);
		let count = 0;
		for (let step = 0; step < 40; step++) {
			clock.now += 1 + roll(2000);
			const at = [keeper, laptop, phone][roll(3)]!;
			const id = count + 1;
			const what = roll(8);
			if (what === 0 && count > 0)
				at.history.append([act('edit', 1000 + step, `edit ${step}`, ['in', 1 + roll(count)])]);
			else if (what === 1 && count > 0) at.history.append([act('delete', 1000 + step, '', ['in', 1 + roll(count)])]);
			else if (what === 2) letGo(keeper, [laptop, phone]);
			else if (what === 3) new Link(keeper, laptop, clock).run();
			else if (what === 4) new Link(keeper, phone, clock).run();
			else if (what === 5) keeper.restart();
			else {
				count = id;
				// Whoever was there had it; sometimes two of them, since the first receipt was lost.
				at.history.append([message('in', id, `text ${id}`)]);
				if (roll(4) === 0) keeper.history.append([message('in', id, `text ${id}`)]);
			}
		}

		for (let round = 0; round < 2; round++) {
			for (const device of [laptop, phone]) new Link(keeper, device, clock).run();
			letGo(keeper, [laptop, phone]);
		}

		t.deepEqual(laptop.history.page(bob, 99), phone.history.page(bob, 99), `seed ${seed}`);
		t.is(laptop.history.page(bob, 99).length, count, `seed ${seed}`);
		letGo(keeper, [laptop, phone]);
		t.deepEqual(texts(keeper), [], `seed ${seed}`);
		new Link(laptop, plain, clock).run();
		t.deepEqual(plain.history.page(bob, 99), laptop.history.page(bob, 99), `seed ${seed}`);
	}
});
