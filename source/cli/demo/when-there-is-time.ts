// Logins where the server is on this machine, and both may be slow: a server that hung up or has no time is asked again.
import {setTimeout as pause} from 'node:timers/promises';
import {ClientError} from '../../client/facade.ts';

const TRIES = 5;
/** Between two tries, ms. */
const PAUSE_MS = 1000;

/** What `act` comes to. A server that is out of reach, or refuses for now, is asked TRIES times. */
export async function whenThereIsTime<T>(act: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries++) {
		try {
			return await act();
		} catch (error) {
			const isForNow = error instanceof ClientError && (error.code === 'unreachable' || error.retryAfter !== undefined);
			if (!isForNow || tries === TRIES) throw error;
			await pause(PAUSE_MS);
		}
	}
}
