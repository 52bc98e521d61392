// What every run stands on: a folder that goes with it, the server, and the violations, of which not all are told one by one.
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';
import {type Violation} from './check.ts';
import {Directory} from './directory.ts';
import {type Scripts} from './scripts.ts';

/** Violations told of one by one. */
const TOLD_LIMIT = 50;

export type RunOptions = {
	readonly seed: string;
	readonly rounds: number;
	/** For the rounds; the check at the end comes on top. */
	readonly limitMs: number;
	readonly scripts: Scripts;
	readonly onProgress?: ((line: string) => void) | undefined;
};

export class Ground {
	readonly folder: string;
	readonly violations: Violation[] = [];
	/** Those beyond the ones that are told of. */
	untold = 0;
	/** As violations and progress are told of. */
	round = 0;
	readonly #onProgress: RunOptions['onProgress'];
	readonly #clear: () => void;
	#server: Directory | undefined;

	private constructor(onProgress: RunOptions['onProgress']) {
		const folder = makeTemporaryFolder();
		this.folder = folder;
		this.#onProgress = onProgress;
		this.#clear = () => removeFolder(folder);
		process.on('exit', this.#clear);
	}

	/** Starts the server. */
	static async prepare({scripts, onProgress}: Pick<RunOptions, 'scripts' | 'onProgress'>): Promise<Ground> {
		const ground = new Ground(onProgress);
		const data = path.join(ground.folder, 'server');
		await mkdir(data);
		ground.#server = await Directory.start(scripts.server, data, words =>
			ground.found({kind: 'stuck', what: `the server ended by itself: ${words}`}),
		);
		return ground;
	}

	get server(): Directory {
		return this.#server!;
	}

	get count(): number {
		return this.violations.length + this.untold;
	}

	readonly found = (violation: Violation): void => {
		if (this.violations.length < TOLD_LIMIT) this.violations.push(violation);
		else this.untold++;
		this.progress(`${violation.kind}: ${violation.what}`);
	};

	progress(words: string): void {
		this.#onProgress?.(`round ${this.round}: ${words}`);
	}

	/** Once nothing runs on it any more. */
	clear(): void {
		process.off('exit', this.#clear);
		this.#clear();
	}
}
