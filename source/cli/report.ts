// What goes to standard error: errors with their way out, and what the person should know of the connection and the clock.
import {ClientError} from '../client/facade.ts';
import {type ConnectionProblem, type Snapshot} from '../client/snapshot.ts';
import {CLIENT_EXITS, EXIT_CODES, PROBLEM_EXITS} from './sysexits.ts';
import {Failure} from './failure.ts';

/** A clock that is further off is told of, ms. */
const CLOCK_TOLERANCE_MS = 120_000;

const impersonation = `
  SOMEBODY ELSE MAY BE ANSWERING IN THE PLACE OF YOUR SERVER.
  Ask whoever runs it, in person or by telephone, whether its key was replaced.
  If it was not, somebody is intercepting the connection: do not go on.`;

/** Of the way to the directory, for `simchat: …`. */
export const PROBLEM_WORDS: Readonly<Record<ConnectionProblem, string>> = {
	unreachable: 'the server is out of reach',
	timeout: 'the server does not answer',
	closed: 'the connection to the server is gone',
	busy: 'the server is busy',
	shutdown: 'the server is being stopped',
	protocol: 'the server said something that this version does not understand',
	displaced: 'another sign-in with this account took over',
	removed: 'the account is not there any more: ask the administrator for an invite',
	'device-removed': 'another device of the account has removed this one',
	credentials: 'the password is not the account’s any more',
	identity: 'the account belongs to another device now: its identity key is not the one of this profile',
	'server-key': `the server has the wrong key${impersonation}`,
};

/** Words for standard error and the exit code, for an error that nobody caught. */
export function explain(error: unknown): {words: string; exitCode: number} {
	if (error instanceof Failure) {
		const hint = error.exitCode === EXIT_CODES.usage ? '\nSee: simchat --help' : '';
		return {words: `${error.message}${hint}`, exitCode: error.exitCode};
	}

	if (error instanceof ClientError) {
		const words = error.code === 'server-key' ? `${error.message}${impersonation}` : error.message;
		return {words, exitCode: CLIENT_EXITS[error.code]};
	}

	return {words: error instanceof Error ? error.message : String(error), exitCode: EXIT_CODES.io};
}

/** Why nothing goes on with this connection, or undefined while it may. */
export function stoppedFailure({connection}: Snapshot): Failure | undefined {
	if (connection.state !== 'stopped') return undefined;
	return new Failure(PROBLEM_EXITS[connection.problem], PROBLEM_WORDS[connection.problem]);
}

/** One line for a local clock that is over two minutes off, else undefined. `offset`: server less local time, ms. */
export function clockLine(offset: number | undefined): string | undefined {
	if (offset === undefined || Math.abs(offset) <= CLOCK_TOLERANCE_MS) return undefined;
	const direction = offset > 0 ? 'behind' : 'ahead of';
	return `the clock of this computer is ${duration(Math.abs(offset))} ${direction} the server’s: simchat allows for it, but do set it right`;
}

/** In the largest unit of which there are two. */
function duration(ms: number): string {
	const units = [
		['days', 86_400_000],
		['hours', 3_600_000],
		['minutes', 60_000],
	] as const;
	const [name, size] = units.find(unit => ms >= 2 * unit[1]) ?? ['minutes', 60_000];
	return `${Math.round(ms / size)} ${name}`;
}
