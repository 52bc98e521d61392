// What goes to standard error: errors with their way out, and what the person should know of the connection and the clock.
import {ClientError} from '../client/facade.ts';
import {type ConnectionProblem, type Snapshot} from '../client/snapshot.ts';
import {CLIENT_EXITS, EXIT_CODES, PROBLEM_EXITS} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A clock that is further off is told of, ms. */
const CLOCK_TOLERANCE_MS = 120_000;

/** Of the way to the directory, for `simchat: …`. */
export function problems(): Readonly<Record<ConnectionProblem, string>> {
	const words = catalogue.connection.problems;
	return {...words, 'server-key': warned(words['server-key'])};
}

export function problemWords(problem: ConnectionProblem): string {
	return problems()[problem];
}

/** With what to do about somebody who may be answering in place of the server. */
function warned(words: string): string {
	return [words, ...catalogue.connection.impersonation].join('\n  ');
}

/** Words for standard error and the exit code, for an error that nobody caught. */
export function explain(error: unknown): {words: string; exitCode: number} {
	if (error instanceof Failure) {
		const hint = error.exitCode === EXIT_CODES.usage ? `\n${catalogue.commandLine.seeHelp}` : '';
		return {words: `${error.message}${hint}`, exitCode: error.exitCode};
	}

	if (error instanceof ClientError) {
		const words = error.code === 'server-key' ? warned(error.message) : error.message;
		return {words, exitCode: CLIENT_EXITS[error.code]};
	}

	return {words: error instanceof Error ? error.message : String(error), exitCode: EXIT_CODES.io};
}

/** Why nothing goes on with this connection, or undefined while it may. */
export function stoppedFailure({connection}: Snapshot): Failure | undefined {
	if (connection.state !== 'stopped') return undefined;
	return new Failure(PROBLEM_EXITS[connection.problem], problemWords(connection.problem));
}

/** One line for a local clock that is over two minutes off, else undefined. `offset`: server less local time, ms. */
export function clockLine(offset: number | undefined): string | undefined {
	if (offset === undefined || Math.abs(offset) <= CLOCK_TOLERANCE_MS) return undefined;
	const {clockBehind, clockAhead} = catalogue.connection;
	const time = duration(Math.abs(offset));
	return offset > 0 ? clockBehind(time) : clockAhead(time);
}

/** In the largest unit of which there are two. */
function duration(ms: number): string {
	const units = [
		['days', 86_400_000],
		['hours', 3_600_000],
		['minutes', 60_000],
	] as const;
	const [name, size] = units.find(unit => ms >= 2 * unit[1]) ?? ['minutes', 60_000];
	return catalogue.connection[name](Math.round(ms / size));
}
