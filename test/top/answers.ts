// Answers of a server that never was.
import {type Paces} from '../../source/server/pace.ts';
import {type Answer} from '../../source/top/state.ts';

export const NOON = new Date(2026, 10, 3, 12).getTime();

export type Parts = {
	readonly status?: Partial<Answer['status']>;
	readonly top?: Partial<Answer['top']>;
};

export function answerOf({status = {}, top = {}}: Parts = {}): Answer {
	const tally = {logins: 12, registrations: 3, refusals: 4, lockouts: 1, introductions: 1234};
	const quiet = [0, 0, 0];
	const paces: Paces = {logins: quiet, registrations: quiet, refusals: quiet, lockouts: quiet, introductions: quiet};
	return {
		kind: 'top',
		status: {...tally, joinLink: '', online: 0, connections: 1, accounts: 40, uptime: 125_000, ...status},
		top: {now: NOON, memory: 64 << 20, from: 0, online: [], locked: 0, locks: [], paces, lines: [], ...top},
	};
}

/** `count` people online, of them those of one page, in the order of their names. */
export function crowd(count: number, from = 0, limit = 200): Parts {
	const names = Array.from({length: count}, (_, index) => `user-${String(index).padStart(4, '0')}`);
	const online = names.slice(from, from + limit).map(name => ({name, since: NOON - 60_000}));
	return {status: {online: count}, top: {from, online}};
}
