// The file that a command writes into in place of standard output: on the disk at the end, and readable by its owner alone.
import {Buffer} from 'node:buffer';
import {closeSync, fchmodSync, fsyncSync, openSync, writeSync} from 'node:fs';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export class OutputFile {
	readonly #file: string;
	#replaces: boolean;
	/** Made with the first write: until then another file in its place stays as it is. */
	#descriptor: number | undefined;

	/** `replaces` a file that is there. */
	constructor(file: string, replaces: boolean) {
		this.#file = file;
		this.#replaces = replaces;
	}

	/** Throws Failure: 73 when it is there already, 74 when it cannot be written. */
	write(text: string): void {
		this.#do(() => {
			this.#descriptor ??= this.#open();
			for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(this.#descriptor, rest));
		});
	}

	/** Everything is written once more. */
	clear(): void {
		this.#replaces ||= this.#descriptor !== undefined;
		this.close();
	}

	/** Throws Failure. */
	sync(): void {
		this.#do(() => this.#descriptor !== undefined && fsyncSync(this.#descriptor));
	}

	close(): void {
		if (this.#descriptor !== undefined) closeSync(this.#descriptor);
		this.#descriptor = undefined;
	}

	#open(): number {
		const descriptor = openSync(this.#file, this.#replaces ? 'w' : 'wx', 0o600);
		fchmodSync(descriptor, 0o600);
		return descriptor;
	}

	#do(work: () => void): void {
		try {
			work();
		} catch (error) {
			if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
			const isThere = error.code === 'EEXIST';
			const {cannotWrite, fileThere} = catalogue.history;
			const words = cannotWrite(this.#file, isThere ? fileThere : String(error.code));
			throw new Failure(isThere ? EXIT_CODES.cantCreate : EXIT_CODES.io, words);
		}
	}
}
