// What a person is told of the way to a contact: how it goes, why there is none, and what can be done about that.
import {catalogue} from '../catalogue/catalogue.ts';
import {type Obstacle, type Path} from '../channel/channel-path.ts';
import {type IpFamily, type NoWay} from '../protocol/path/no-way.ts';

const FAMILIES: Readonly<Record<IpFamily, string>> = {ipv4: 'IPv4', ipv6: 'IPv6'};

/**
 * `direct · 12 ms`, `looking for a way (3 s)`, `no way: both NATs change ports`, `blocked: …`; '' while nobody looks for one. A try after
 * one that came to nothing is no news: the words stay those of the reason. `now`: local ms.
 */
export function pathWords(path: Path, name: string, now: number): string {
	const {path: words} = catalogue;
	switch (path.kind) {
		case 'none':
			return '';
		case 'looking': {
			if (path.after !== undefined) return words.again(pathWords(path.after, name, now));
			const time = counted(path.since, now);
			return time === undefined ? words.looking : words.lookingFor(time);
		}

		case 'no-way':
			return words.noWay(noWayWords(path.reason, name));
		case 'blocked':
			return words.blocked(obstacleWords(path));
		default: {
			const way = words[path.kind];
			return path.rtt === undefined ? way : words.measured(way, Math.max(1, Math.round(path.rtt)));
		}
	}
}

/** The same in 22 cells at most: `direct`, `looking (3 s)`, `no way: both NATs`. */
export function shortPathWords(path: Path, now: number): string {
	const {short, lan, direct} = catalogue.path;
	switch (path.kind) {
		case 'none':
			return '';
		case 'looking': {
			if (path.after !== undefined) return shortPathWords(path.after, now);
			const time = counted(path.since, now);
			return time === undefined ? short.looking : short.lookingFor(time);
		}

		case 'no-way':
			return short.noWay(short.reasons[path.reason.kind]);
		case 'blocked':
			return short.blocked;
		default:
			return {lan, direct}[path.kind];
	}
}

/** While a way is looked for again: why there was none at the last try. Else the path itself. */
export function lastKnown(path: Path): Path {
	return path.kind === 'looking' ? (path.after ?? path) : path;
}

/** Why there is no way to `name`, for behind `no way: `. */
export function noWayWords(reason: NoWay, name: string): string {
	const {reasons} = catalogue.path;
	switch (reason.kind) {
		case 'udp-blocked':
			return reasons.udpBlocked;
		case 'nowhere':
			return reasons.nowhere(name);
		case 'both-vary':
			return reasons.bothVary;
		case 'unanswered':
			return reasons.unanswered(name);
		case 'families':
			return reasons.families(name, FAMILIES[reason.other], FAMILIES[reason.own]);
	}
}

/** Why there is no session, for behind `blocked: `. */
export function obstacleWords({why, flaw}: Obstacle): string {
	const {obstacles} = catalogue.path;
	return why === 'useless' ? obstacles.useless(flaw ?? '') : obstacles[why];
}

/** One thing that a person can do about it. */
export function wayOut(reason: NoWay, name: string): string {
	const {waysOut} = catalogue.path;
	switch (reason.kind) {
		case 'udp-blocked':
			return waysOut.udpBlocked;
		case 'nowhere':
			return waysOut.nowhere(name);
		case 'both-vary':
			return waysOut.bothVary;
		case 'unanswered':
			return waysOut.unanswered(name);
		case 'families':
			return waysOut.families(name, FAMILIES[reason.other], FAMILIES[reason.own]);
	}
}

/** `3 s`; undefined in the first second. */
function counted(since: number, now: number): string | undefined {
	const seconds = Math.floor((now - since) / 1000);
	return seconds < 1 ? undefined : catalogue.path.seconds(seconds);
}
