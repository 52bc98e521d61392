// Seals what servers of a cluster tell each other. Whoever can listen and notify, but not read the signing seed in the tables, can keep a
// message back, and neither read, forge nor repeat one.
import {Buffer} from 'node:buffer';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {open, sealBehind} from '../../crypto/seal.ts';
import {Reader, Writer} from '../../wire/cursor.ts';

/** Of what is sealed, and of how messages are encoded. Others are passed over. */
const VERSION = 1;
/** Bytes that name one run of a server. */
export const BOOT_SIZE = 8;
const HEADER_SIZE = 1 + 2 + BOOT_SIZE + 2 + 8 + 8;
/** How far the time of a message may lie from the receiver's. Both are the database's, so that clocks of servers do not count. */
export const BUS_WINDOW_MS = 30_000;
/** To everybody. No server has this number. */
export const EVERYBODY = 0xff_ff;
/** Runs of servers whose last number is known. */
const SENDER_LIMIT = 4096;

/** A server of the cluster, and which of its runs: `boot` is hex. */
export type NodeRun = {readonly node: number; readonly boot: string};

export class BusSeal {
	readonly #key: Buffer;
	readonly #self: NodeRun;
	readonly #random: Random;
	/** ms by the database's clock. */
	readonly #now: () => number;
	#sent = 0;
	/** By run and receiver, the number of the last message that counted: none counts twice, and none that is older. At most SENDER_LIMIT. */
	readonly #last = new Map<string, number>();

	constructor(signingSeed: Buffer, self: NodeRun, random: Random, now: () => number) {
		this.#key = expandLabel(signingSeed, 'bus', Buffer.alloc(0), 64);
		this.#self = self;
		this.#random = random;
		this.#now = now;
	}

	/** Text for `to`. */
	seal(to: number, plaintext: Buffer): string {
		const {node, boot} = this.#self;
		const writer = new Writer().u8(VERSION).u16(node).bytes(Buffer.from(boot, 'hex'), BOOT_SIZE).u16(to);
		const header = writer
			.u64(Math.max(0, Math.round(this.#now())))
			.u64(++this.#sent)
			.finish();
		return sealBehind(header, this.#key, plaintext, this.#random(16)).toString('base64');
	}

	/** From whom it is, and what it says; undefined when it is not for us, is our own, old, repeated or of nobody of the cluster. */
	open(text: string): {readonly from: NodeRun; readonly plaintext: Buffer} | undefined {
		const bytes = Buffer.from(text, 'base64');
		const header = bytes.subarray(0, HEADER_SIZE);
		const reader = new Reader(header);
		const version = reader.u8();
		const from = {node: reader.u16(), boot: reader.bytes(BOOT_SIZE).toString('hex')};
		const to = reader.u16();
		const [time, number] = [reader.u64(), reader.u64()];
		if (!reader.complete || version !== VERSION || from.boot === this.#self.boot) return undefined;
		if (to !== EVERYBODY && to !== this.#self.node) return undefined;
		if (Math.abs(time - this.#now()) > BUS_WINDOW_MS) return undefined;
		const sender = `${from.node} ${from.boot} ${to}`;
		if (number <= (this.#last.get(sender) ?? 0)) return undefined;
		const plaintext = open(this.#key, bytes.subarray(HEADER_SIZE), header);
		if (plaintext === undefined) return undefined;
		this.#last.delete(sender);
		this.#last.set(sender, number);
		for (const oldest of this.#last.keys()) {
			if (this.#last.size <= SENDER_LIMIT) break;
			this.#last.delete(oldest);
		}

		return {from, plaintext};
	}
}
