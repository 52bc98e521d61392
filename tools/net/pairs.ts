// Messages between pairs of homes, several pairs at once, where no home is in two of them at the same time.
import {DatagramCounter} from './datagram-counter.ts';
import {type Delivery, deliveryOf} from './delivery.ts';
import {type Listener, type Person} from './person.ts';
import {type World} from './world.ts';

export type Pair = {
	readonly from: Person;
	readonly to: Person;
	/** What the ends are called in the outcome. */
	readonly names: {readonly from: string; readonly to: string};
};

/** How many pairs at once: enough that those who wait for nothing do not take all of the time. */
const AT_ONCE = 4;
/** How long `send` waits: longer than what takes longest (expected.ts). */
const WAIT_S = 15;

/** Every receiver listens all the time; each sender is started anew for each message. `onDelivery` hears in the order of ends. */
export async function deliverAll<P extends Pair>(
	world: World,
	pairs: readonly P[],
	onDelivery: (delivery: Delivery, pair: P) => void,
): Promise<void> {
	const listeners = new Map<Person, Listener>();
	const counters = new Map<Person, DatagramCounter>();
	for (const {from, to} of pairs) {
		if (!listeners.has(to)) listeners.set(to, await to.listen());
		for (const person of [from, to]) if (!counters.has(person)) counters.set(person, new DatagramCounter(person.host));
	}

	const waiting = [...pairs];
	const busy = new Set<Person>();
	let freed = Promise.withResolvers<void>();
	const worker = async () => {
		while (waiting.length > 0) {
			const index = waiting.findIndex(({from, to}) => !busy.has(from) && !busy.has(to));
			if (index < 0) {
				await freed.promise;
				continue;
			}

			const [pair] = waiting.splice(index, 1) as [P];
			const {from, to, names} = pair;
			for (const person of [from, to]) busy.add(person);
			const both = [counters.get(from)!, counters.get(to)!];
			for (const counter of both) counter.take();
			const text = `hello from ${names.from} to ${names.to}`;
			const sent = await from.send(to.name, text, WAIT_S);
			const heard = listeners.get(to)!.heard().filter(each => each.peer === from.name && each.text === text).length;
			const signedIn = world.directory.signedInAt(from.name, sent.began);
			onDelivery(deliveryOf(names, sent, {signedIn, heard, counts: both.map(counter => counter.take())}), pair);
			for (const person of [from, to]) busy.delete(person);
			freed.resolve();
			freed = Promise.withResolvers();
		}
	};

	await Promise.all(Array.from({length: AT_ONCE}, worker));
	for (const {program} of listeners.values()) await program.stop();
}
