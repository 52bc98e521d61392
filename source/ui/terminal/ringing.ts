// Where a message rings when somebody has several devices: on the one where they pressed a key last; and on another one when nobody has
// done anything there for a minute, and the message is still not read.
import {type Client} from '../../client/facade.ts';

/** Ms. */
export const SILENT_MS = 60_000;

export type RingingPorts = {
	readonly client: Pick<Client, 'use' | 'snapshot'>;
	readonly ring: (from: string, isMention: boolean) => void;
	/** Calls `work` after so many ms. */
	readonly after: (ms: number, work: () => void) => void;
};

export class Ringing {
	readonly #ports: RingingPorts;
	/** By name, as many as there are contacts: who has written while another device was in use, and whether they mentioned the person. */
	readonly #later = new Map<string, boolean>();

	constructor(ports: RingingPorts) {
		this.#ports = ports;
	}

	/** A message is to be told of. */
	notify(from: string, isMention: boolean): void {
		const {client, ring, after} = this.#ports;
		const usedAt = client.use.elsewhere;
		if (usedAt === undefined) return ring(from, isMention);
		const waiting = this.#later.get(from);
		this.#later.set(from, isMention || waiting === true);
		// Whoever goes on writing is not put off by that.
		if (waiting !== undefined) return undefined;
		after(SILENT_MS, () => {
			const hasMention = this.#later.get(from) === true;
			this.#later.delete(from);
			const now = client.use.elsewhere;
			const isSilent = now === undefined || now === usedAt;
			const unread = client.snapshot().contacts.find(({name}) => name === from)?.unread ?? 0;
			if (isSilent && unread > 0) ring(from, hasMention);
		});
		return undefined;
	}
}

/** As `after` wants it. */
export function afterMs(ms: number, work: () => void): void {
	// It keeps no process that is about to end.
	setTimeout(work, ms).unref();
}
