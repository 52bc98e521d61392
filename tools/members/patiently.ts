// Trying again as a server asks for that has no time just now: a machine with a lot to do is no fault of a test.
import {setTimeout as pause} from 'node:timers/promises';
import {ClientError} from '../../source/os/errors.ts';

const TRIES = 20;
/** Who is to wait longer for the next try is not refused for now, s. */
const LONGEST_PAUSE = 10;

/** What `act` comes to. A refusal for now is waited out, for as long as it says, LONGEST_PAUSE at most, TRIES times at most. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries++) {
		try {
			return await act();
		} catch (error) {
			const retryAfter = error instanceof ClientError && error.code === 'refused' ? error.retryAfter : undefined;
			if (retryAfter === undefined || retryAfter > LONGEST_PAUSE || tries === TRIES) throw error;
			await pause(Math.max(retryAfter, 1) * 1000);
		}
	}
}
