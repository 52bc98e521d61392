// The two streams out: results on standard output, words for people on standard error.
import {writeError, writeOutput} from '../os/standard-streams.ts';

/** Resolves once the line is written. Rejects with OutputError. */
export async function print(line: string): Promise<void> {
	return writeOutput(`${line}\n`);
}

export function complain(words: string): void {
	writeError(`simchat: ${words}\n`);
}
