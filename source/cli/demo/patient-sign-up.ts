// Signing up where the server is on this machine, and both may be slow: a server that hung up or has no time is asked again.
import {setTimeout as pause} from 'node:timers/promises';
import {type Client, ClientError} from '../../client/facade.ts';

const TRIES = 5;
/** Between two tries, ms. */
const PAUSE_MS = 1000;

/** As `client.signUp`. A server that is out of reach, or refuses for now, is asked TRIES times. */
export async function signUpPatiently(client: Client, link: string, name: string, password: string): Promise<void> {
	for (let tries = 1; ; tries++) {
		try {
			await client.signUp(link, name, password);
			return;
		} catch (error) {
			const isForNow = error instanceof ClientError && (error.code === 'unreachable' || error.retryAfter !== undefined);
			if (!isForNow || tries === TRIES) throw error;
			await pause(PAUSE_MS);
		}
	}
}
