// Where a message rings when somebody has several devices: on the one where they pressed a key last; and on another one when nobody has
// done anything there for a minute, and the message is still not read.
import {type Client} from '../../client/facade.ts';

/** Ms. */
export const SILENT_MS = 60_000;

export type RingingPorts = {
	readonly client: Pick<Client, 'use' | 'snapshot'>;
	readonly ring: (from: string, isMention: boolean) => void;
	/** Calls `work` after so many ms; the result ends that. */
	readonly after: (ms: number, work: () => void) => () => void;
};

export class Ringing {
	readonly #ports: RingingPorts;
	/** By name, as many as there are contacts: who has written while another device was in use. */
	readonly #later = new Map<string, () => void>();

	constructor(ports: RingingPorts) {
		this.#ports = ports;
	}

	/** A message is to be told of. */
	notify(from: string, isMention: boolean): void {
		const {client, ring, after} = this.#ports;
		const usedAt = client.use.elsewhere;
		if (usedAt === undefined) return ring(from, isMention);
		this.#later.get(from)?.();
		const end = after(SILENT_MS, () => {
			this.#later.delete(from);
			const now = client.use.elsewhere;
			const isSilent = now === undefined || now === usedAt;
			const unread = client.snapshot().contacts.find(({name}) => name === from)?.unread ?? 0;
			if (isSilent && unread > 0) ring(from, isMention);
		});
		this.#later.set(from, end);
		return undefined;
	}

	/** Nothing rings any more. */
	end(): void {
		for (const end of this.#later.values()) end();
		this.#later.clear();
	}
}

/** As `after` wants it. */
export function afterMs(ms: number, work: () => void): () => void {
	const timer = setTimeout(work, ms);
	// It keeps no process that is about to end.
	timer.unref();
	return () => clearTimeout(timer);
}
