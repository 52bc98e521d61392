// What the actors of a run share: how they say what they see, so that a kill takes nothing of it back, and how they get in.
import {Buffer} from 'node:buffer';
import {writeSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {ClientError} from '../../source/client/facade.ts';

/** The least that a client accepts from a server: restarts are many. */
export const QUICK_SCRYPT = {logN: 15, r: 8, p: 1} as const;

/** A server that has failed says 0 s. */
const LEAST_WAIT_MS = 100;
/** Waited on in vain, for the time alone. */
const pause = new Int32Array(new SharedArrayBuffer(4));

/** A value as a line, out of this process when it returns. */
export function sayLine(value: unknown): void {
	const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
	for (let written = 0; written < bytes.length;) {
		try {
			written += writeSync(1, bytes, written);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
			Atomics.wait(pause, 0, 0, 1); // Whoever reads is behind.
		}
	}
}

/** Ns of the machine's monotonic clock, in digits. */
export function moment(): string {
	return String(process.hrtime.bigint());
}

/** Signs up or in, whatever `enter` does. Whoever is killed in the middle of logins may have to wait, as after wrong passwords: `onWait` is told, in s. */
export async function enterPatiently(enter: () => Promise<void>, onWait: (seconds: number) => void): Promise<void> {
	for (;;) {
		try {
			await enter();
			return;
		} catch (error) {
			if (!(error instanceof ClientError) || error.retryAfter === undefined) throw error;
			onWait(error.retryAfter);
			await sleep(Math.max(error.retryAfter * 1000, LEAST_WAIT_MS));
		}
	}
}
