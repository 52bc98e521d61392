// Flags and names of the command line as values, or what is wrong with them: Failure.
import type {Since} from './commands/tail.ts';
import {dashed} from '../usage/manual.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** As meow yields them: '' for a flag without its value. */
export type Flags = Readonly<Record<string, unknown>>;

export const DEFAULT_WAIT_S = 10;
/** A day. */
const WAIT_LIMIT_S = 86_400;
const PORT_LIMIT = 65_535;
const DEFAULT_LIMIT = 50;
const LIMIT_LIMIT = 100_000;

/** As contacts are listed; the client judges whether it is a name. */
export function nameOf(typed: string): string {
	return typed.trim().replace(/^@/, '').toLowerCase();
}

/** Ms. */
export function waitOf(flags: Flags): number {
	const typed = flagValue(flags, 'wait') ?? String(DEFAULT_WAIT_S);
	const seconds = /^\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
	if (!(seconds <= WAIT_LIMIT_S)) throw wrong(catalogue.commandLine.wait(WAIT_LIMIT_S));
	return seconds * 1000;
}

export function portOf(flags: Flags): number | undefined {
	const typed = flagValue(flags, 'port');
	if (typed === undefined) return undefined;
	const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
	if (port < 1 || port > PORT_LIMIT) throw wrong(catalogue.commandLine.port(PORT_LIMIT));
	return port;
}

/** Where to begin with what is kept: a day or a time of this machine's clock, ms since 1970, or behind the message with this id. */
export function sinceOf(flags: Flags): Since | undefined {
	const typed = flagValue(flags, 'since');
	if (typed === undefined) return undefined;
	if (/^[\da-f]{32}$/i.test(typed)) return {id: typed};
	if (/^\d{1,15}$/.test(typed)) return {time: Number(typed)};
	const isDay = /^\d{4}-\d\d-\d\d$/.test(typed);
	const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/.test(typed);
	// A day alone would be taken for one of Greenwich.
	const time = isDay || isTime ? Date.parse(isDay ? `${typed}T00:00` : typed) : Number.NaN;
	if (Number.isNaN(time)) throw wrong(catalogue.commandLine.since);
	return {time};
}

export function withWhom(flags: Flags): string | undefined {
	const typed = flagValue(flags, 'with');
	return typed === undefined ? undefined : nameOf(typed);
}

export function limitOf(flags: Flags): number {
	const typed = flagValue(flags, 'limit') ?? String(DEFAULT_LIMIT);
	const count = /^\d+$/.test(typed) ? Number(typed) : 0;
	if (count < 1 || count > LIMIT_LIMIT) throw wrong(catalogue.commandLine.limit(LIMIT_LIMIT));
	return count;
}

export function flagValue(flags: Flags, flag: string): string | undefined {
	const typed = flags[flag];
	if (typed === '') throw wrong(catalogue.commandLine.noValue(dashed(flag)));
	return typeof typed === 'string' ? typed : undefined;
}

export function wrong(message: string): Failure {
	return new Failure(EXIT_CODES.usage, message);
}
