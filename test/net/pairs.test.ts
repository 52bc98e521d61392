// A part of what `npm run natlab` looks at, with the built programs: from home to home, while homes change, and over bad wires.
import {type Delivery, deliveryLine} from '../../tools/net/delivery.ts';
import {type HomeKind, reboot, renumber} from '../../tools/net/homes.ts';
import {deliverAll} from '../../tools/net/pairs.ts';
import {runAbuse} from '../../tools/net/parts/abuse.ts';
import {Talk} from '../../tools/net/talk.ts';
import {changeWire, makeWire} from '../../tools/net/wire.ts';
import {worldTest} from './networks.ts';

/** Each receiver and each sender is in one pair alone, so that all go at once. */
const DELIVERED: ReadonlyArray<readonly [from: HomeKind, to: HomeKind]> = [
	['none', 'none'],
	['port', 'none'],
	['sym', 'full'],
	['CGNAT', 'full'],
];

worldTest('a message gets from home to home, and is printed once', async (t, world) => {
	const pairs = await Promise.all(
		DELIVERED.map(async ([from, to], index) => ({
			from: (await world.resident(`from-${index}`, from)).person,
			to: (await world.resident(`to-${index}`, to)).person,
			names: {from, to},
		})),
	);
	const deliveries: Delivery[] = [];
	await deliverAll(pairs, delivery => deliveries.push(delivery));
	t.is(deliveries.length, DELIVERED.length);
	for (const delivery of deliveries) t.true(delivery.isDelivered && delivery.heard === 1, deliveryLine(delivery));
});

worldTest(
	'a talk goes on when the router reboots, when its address changes and over a bad wire: all once, in order',
	async (t, world) => {
		const wire = await makeWire(world.internet.lab, 'bad', {});
		const {person: a, home} = await world.resident('a', 'port', wire);
		const {person: b} = await world.resident('b', 'none');
		const talk = await Talk.open(a, b);
		t.teardown(async () => talk.close());
		const speak = async () => {
			for (let count = 0; count < 20; count++) {
				talk.say('a');
				talk.say('b', 3000);
			}

			t.is(await talk.faults(60_000), '');
		};

		await speak();
		reboot(home);
		await speak();
		renumber(home, home.number, world.homes.takeNumber());
		await speak();
		await changeWire(wire, {loss: 10, delay: 20, jitter: 15});
		await speak();
	},
);

worldTest(
	'others make a client send nothing to whom they name, nothing for who is blocked, and no more than they send',
	async (t, world) => {
		await runAbuse(world, {
			say: words => t.log(words),
			judge: (isGood, words) => t.true(isGood, words),
		});
	},
);
