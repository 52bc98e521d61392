// Session ids that say, to the servers of a cluster alone, which of them has the session: for BINDs that reach another one.
import {Buffer} from 'node:buffer';
import {expandLabel} from '../../crypto/kdf.ts';

export class NodeIds {
	/** What the number of a server is hidden with. The same at all of them. */
	readonly #mask: number;

	constructor(signingSeed: Buffer) {
		this.#mask = expandLabel(signingSeed, 'session node', Buffer.alloc(0), 2).readUInt16BE(0);
	}

	/** 16 bytes: the first two are the server's, the others those of `random`. */
	idFor(node: number, random: Buffer): Buffer {
		const id = Buffer.from(random);
		id.writeUInt16BE(node ^ this.#mask, 0);
		return id;
	}

	/** The server that an id names. */
	nodeOf(id: Buffer): number {
		return id.readUInt16BE(0) ^ this.#mask;
	}
}
