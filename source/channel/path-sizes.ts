// Where large datagrams do not pass: what one session has found out, the next one to the same address begins with.
import {type SmallPaths, noteSmall, sizeLimit} from '../protocol/path/path-size.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM_LIMIT} from '../wire/datagram.ts';
import {type Transport} from './session-transport.ts';

/** Plaintext of a datagram of SMALLER_DATAGRAM bytes, bytes. */
const SMALLER_PLAINTEXT = 511;

export class PathSizes {
	readonly #elapsed: () => number;
	#small: SmallPaths = new Map();

	/** `elapsed` is a clock that only runs forward, ms. */
	constructor(elapsed: () => number) {
		this.#elapsed = elapsed;
	}

	/** What a session has come down to by now is remembered of its address. */
	note({address, stats}: Pick<Transport, 'address' | 'stats'>): void {
		if (stats.isSmall) this.#small = noteSmall(this.#small, address, this.#elapsed());
	}

	/** The largest plaintext with which a session to there begins, bytes; undefined: as large as any. */
	plaintext(address: Address): number | undefined {
		return sizeLimit(this.#small, address, this.#elapsed()) < DATAGRAM_LIMIT ? SMALLER_PLAINTEXT : undefined;
	}
}
