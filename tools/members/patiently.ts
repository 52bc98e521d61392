// Trying again where a server has no time just now, or has hung up for want of it: a machine with a lot to do is no fault of a test.
import {setTimeout as pause} from 'node:timers/promises';
import {ClientError} from '../../source/os/errors.ts';

const TRIES = 20;
/** Who is to wait longer for the next try is not refused for now, s. */
const LONGEST_PAUSE = 10;

/**
 * What `act` comes to. A refusal for now is waited out, for as long as it says, LONGEST_PAUSE at most; who is out of reach is asked again after
 * a second. TRIES times at most.
 */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries++) {
		try {
			return await act();
		} catch (error) {
			const after = pauseAfter(error);
			if (after === undefined || after > LONGEST_PAUSE || tries === TRIES) throw error;
			await pause(Math.max(after, 1) * 1000);
		}
	}
}

/** In s; undefined for what is final. */
function pauseAfter(error: unknown): number | undefined {
	if (!(error instanceof ClientError)) return undefined;
	return error.code === 'unreachable' ? 1 : error.retryAfter;
}
