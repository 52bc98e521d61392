// Asks other servers to end the older session of a device that signs in here, before it is let in.
import {type Buffer} from 'node:buffer';
import {type Bus} from './bus.ts';
import {type Claim} from './cluster-port.ts';

/** How long the server of an older session has to say that it has ended, ms. */
const ANSWER_MS = 1000;

export class OlderSessions {
	/** Runs that did not answer, until they are heard of, or the next renewal: nobody waits for them. At most as many as there are servers. */
	readonly #silent = new Set<string>();

	/** Resolves when it has ended, or its server does not answer. */
	async end(bus: Bus | undefined, name: string, key: Buffer, {epoch, before}: Claim): Promise<void> {
		if (before === undefined || bus === undefined) return;
		const message = {kind: 'displace', name, key, below: epoch} as const;
		if (this.#silent.has(before.boot)) return bus.send(before.node, message);
		const answer = await bus.ask(before.node, message, ANSWER_MS);
		if (answer === undefined) this.#silent.add(before.boot);
	}

	heardOf(boot: string): void {
		this.#silent.delete(boot);
	}

	/** Waits for everybody again. */
	renew(): void {
		this.#silent.clear();
	}
}
