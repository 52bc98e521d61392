// Stages that the tests of a file share: each shows one scene after the other, as to somebody who leaves and starts again. A process that has
// drawn before draws in a third of the CPU time.
import type {ExecutionContext} from 'ava';
import {type Owner} from '../../../tools/temporary-folder.ts';
import {type Size} from '../../../tools/terminal/pseudo-terminal.ts';
import {stageDoor} from '../../programs.ts';
import {Screen} from '../screen.ts';
import {ASKED} from './sheet.ts';

export class SharedStages {
	/** In which a stage is given to a test, and which the test leaves. */
	readonly size: Size;
	/** Those that nobody uses; undefined has yet to be started. */
	readonly #free: Array<Screen | undefined>;
	readonly #waiting: Array<(screen: Screen | undefined) => void> = [];
	readonly #ends: Array<() => void | Promise<void>> = [];

	/** At most `limit` at a time. */
	constructor(size: Size, limit: number) {
		this.size = size;
		this.#free = Array.from({length: limit});
	}

	/** Waits for a stage, and gives it to `use` with nothing shown. One whose test failed shows nothing more: the next test gets another. */
	async with(use: (screen: Screen) => Promise<void>): Promise<void> {
		const screen = await this.#next();
		let left: Screen | undefined;
		try {
			await use(screen);
			left = screen;
		} finally {
			if (left === undefined) await screen.kill();
			const next = this.#waiting.shift();
			if (next) next(left);
			else this.#free.push(left);
		}
	}

	/** Once no test wants one any more: each ends when it is told to, without an error. */
	async end(t: ExecutionContext): Promise<void> {
		try {
			for (const screen of this.#free) {
				await screen?.until(() => screen.text.endsWith(ASKED), 'the next one is asked for');
				screen?.type('\r');
				if (screen) t.is(await screen.ended(), 0);
			}
		} finally {
			for (const end of this.#ends) await end();
		}
	}

	async #next(): Promise<Screen> {
		const free =
			this.#free.length > 0
				? this.#free.pop()
				: await new Promise<Screen | undefined>(resolve => this.#waiting.push(resolve));
		return free ?? this.#started();
	}

	#started(): Screen {
		const owner: Owner = {teardown: end => this.#ends.push(end)};
		return new Screen(owner, [], {...this.size, door: stageDoor, env: {TZ: 'UTC', COLORTERM: 'truecolor'}});
	}
}
