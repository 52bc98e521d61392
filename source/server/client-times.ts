// How long a client may take for each step, and how long it may be silent.

/** Specification: how long a client has to send HELLO, to answer CHALLENGE, and for the whole login. The time for a puzzle is added. */
export const HELLO_MS = 2000;
export const RESPONSE_MS = 3000;
export const LOGIN_MS = 10_000;
/** Specification: how long a client that is signed in may be silent (three keepalives). */
export const SILENCE_MS = 75_000;
/** Specification: how long after ACCEPT the first BIND may take before a client counts as one whose UDP does not get through. */
export const UNBOUND_MS = 5000;

/** How long the client may keep the server waiting for its next frame, ms: for HELLO and for RESPONSE. */
export function frameLimit(login: 'connected' | 'challenged' | 'over' | object, puzzleTime: number): number {
	if (login === 'connected') return HELLO_MS;
	return login === 'challenged' ? RESPONSE_MS + puzzleTime : Number.POSITIVE_INFINITY;
}
