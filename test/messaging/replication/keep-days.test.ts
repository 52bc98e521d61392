// Devices that keep what was said for different times: what is discarded with age is gone on the one that does so, and nowhere else.
import test from 'ava';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {type Message} from '../../../source/messaging/message.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {Link, TestDevice} from './devices.ts';

const DAY = 86_400_000;
const bob = talkWith('bob');

test('a device that keeps longer still has what another one discarded, a new one gets it from there, and nothing comes back', t => {
	const clock = {now: 1_700_000_000_000};
	const folder = temporaryFolder(t);
	const [a, b, c] = [1, 2, 3].map(number => new TestDevice(folder, number, clock)) as [
		TestDevice,
		TestDevice,
		TestDevice,
	];
	t.teardown(() => {
		for (const each of [a, b, c]) each.close();
	});
	const say = (number: number, text: string): Message => ({
		id: number.toString(16).padStart(32, '0'),
		conversation: bob,
		direction: 'in',
		time: clock.now,
		text,
		state: 'delivered',
		reason: undefined,
	});
	const texts = ({history}: TestDevice) => history.page(bob, 99).map(({text}) => text);
	a.history.append([say(1, 'old')]);
	new Link(a, b, clock).run();
	clock.now += 40 * DAY;
	b.history.append([say(2, 'new')]);
	t.deepEqual(a.history.discard(clock.now - 30 * DAY, clock.now - 30 * DAY), [bob]);
	const meet = () => {
		for (const [one, other] of [
			[a, b],
			[b, c],
			[c, a],
			[a, b],
		] as const)
			new Link(one, other, clock).run();
	};

	meet();
	for (let round = 0; round < 3; round++) {
		t.deepEqual(texts(a), ['new'], 'it does not come back');
		t.deepEqual(texts(b), ['old', 'new']);
		t.deepEqual(texts(c), ['old', 'new'], 'the new device has it from the one that keeps it');
		// A log that begins anew tells everything once more.
		for (const each of [a, b, c]) each.history.replica.renew();
		meet();
	}

	const edit = {
		...say(3, 'old, with a word'),
		kind: 'edit',
		target: {direction: 'in', id: say(1, '').id},
		value: 'old, changed',
	};
	b.history.append([edit]);
	meet();
	t.deepEqual(texts(a), ['new'], 'not by what is said of it either');
	t.is(texts(b)[0], texts(c)[0]);
});
