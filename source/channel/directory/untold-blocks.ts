// What the person has blocked or unblocked and the directory has not confirmed yet: told again until it has.
import {type Block} from '../../wire/messages/directory.ts';

/** Of how many blocks the directory is told at once, and when of those that it has not confirmed, ms: it takes so many at a time. */
const BLOCKS_AT_ONCE = 50;
const BLOCK_AGAIN_MS = 10_000;

export class UntoldBlocks {
	/** By name, the last word on each that the directory has not confirmed yet; told again after each login. */
	readonly #blocks = new Map<string, boolean>();
	/** Undefined while no connection stands. */
	readonly #tell: () => ((name: string, blocked: boolean) => void) | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: () => ((name: string, blocked: boolean) => void) | undefined) {
		this.#tell = tell;
	}

	add(name: string, blocked: boolean): void {
		this.#blocks.set(name, blocked);
		this.#tell()?.(name, blocked);
		this.#timer ??= setTimeout(() => this.tell(), BLOCK_AGAIN_MS);
	}

	confirmed({name, blocked}: Block): void {
		if (this.#blocks.get(name) === blocked) this.#blocks.delete(name);
	}

	/** Tells the directory of some that it has not confirmed; while there are any, of the next before long. */
	tell(): void {
		this.stop();
		const tell = this.#tell();
		for (const [name, blocked] of [...this.#blocks].slice(0, BLOCKS_AT_ONCE)) {
			tell?.(name, blocked);
			// Behind the others, so that one that is not taken keeps none of them waiting.
			this.#blocks.delete(name);
			this.#blocks.set(name, blocked);
		}

		if (this.#blocks.size > 0 && tell !== undefined) this.#timer = setTimeout(() => this.tell(), BLOCK_AGAIN_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
