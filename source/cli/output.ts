// The two streams out: results on standard output, words for people on standard error.
import process from 'node:process';

export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

export function complain(words: string): void {
	process.stderr.write(`simchat: ${words}\n`);
}

/** Fires when nobody reads standard output any more, as `| head` leaves it. Other errors of it are thrown. */
export function whenReaderLeaves(leave: () => void): void {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		leave();
	});
}
