// Messages between pairs of homes, several pairs at once, where no home is in two of them at the same time.
import {type Delivery, deliveryOf} from './delivery.ts';
import {WAIT_S} from './expected.ts';
import {type Listener, type Person} from './person.ts';

export type Pair = {
	readonly from: Person;
	readonly to: Person;
	/** What the ends are called in the outcome. */
	readonly names: {readonly from: string; readonly to: string};
};

/** How many pairs at once: enough that those who wait for nothing do not take all of the time. */
const AT_ONCE = 6;

/** A receiver listens until it has to send; each sender is started anew for each message. `onDelivery` hears in the order of ends. */
export async function deliverAll<P extends Pair>(
	pairs: readonly P[],
	onDelivery: (delivery: Delivery, pair: P) => void,
): Promise<void> {
	const delivering = new Delivering();
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
			for (const person of [pair.from, pair.to]) busy.add(person);
			onDelivery(await delivering.deliver(pair).catch(notTried(pair)), pair);
			for (const person of [pair.from, pair.to]) busy.delete(person);
			freed.resolve();
			freed = Promise.withResolvers();
		}
	};

	await Promise.all(Array.from({length: AT_ONCE}, worker));
	await delivering.end();
}

/** The receiver did not come online, for one. */
function notTried({names}: Pair): (error: unknown) => Delivery {
	return error => {
		const why = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
		return {...names, isDelivered: false, heard: 0, exitCode: null, seconds: 0, why, asks: 0};
	};
}

/** Who listens at the moment. */
class Delivering {
	readonly #listeners = new Map<Person, Listener>();

	async deliver({from, to, names}: Pair): Promise<Delivery> {
		await this.#silence(from);
		const listener = this.#listeners.get(to) ?? (await to.listen());
		this.#listeners.set(to, listener);
		for (const person of [from, to]) person.counter.take();
		const text = `hello from ${names.from} to ${names.to}`;
		const sent = await from.send(to.name, text, WAIT_S);
		const heard = listener.heard().filter(each => each.peer === from.name && each.text === text).length;
		return deliveryOf(names, sent, {
			signedIn: from.directory.signedInAt(from.name, sent.began),
			heard,
			counts: [from, to].map(person => person.counter.take()),
		});
	}

	async end(): Promise<void> {
		await Promise.all([...this.#listeners.keys()].map(async person => this.#silence(person)));
	}

	/** A profile is one program's at a time. */
	async #silence(person: Person): Promise<void> {
		await this.#listeners.get(person)?.program.stop();
		this.#listeners.delete(person);
	}
}
