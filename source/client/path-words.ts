// What a person is told of the way to a contact: how it goes, why there is none, and what can be done about that.
import {type Path} from '../channel/channel-path.ts';
import {type IpFamily, type NoWay} from '../protocol/path/no-way.ts';

const FAMILIES: Readonly<Record<IpFamily, string>> = {ipv4: 'IPv4', ipv6: 'IPv6'};

/**
 * `direct · 12 ms`, `looking for a way (3 s)`, `no way: both NATs change ports`, `blocked: …`; '' while nobody looks for one. A try after
 * one that came to nothing is no news: the words stay those of the reason. `now`: local ms.
 */
export function pathWords(path: Path, name: string, now: number): string {
	switch (path.kind) {
		case 'none':
			return '';
		case 'looking':
			if (path.after !== undefined) return `${pathWords(path.after, name, now)}; trying again`;
			return `looking for a way${counted(path.since, now)}`;
		case 'no-way':
			return `no way: ${noWayWords(path.reason, name)}`;
		case 'blocked':
			return `blocked: ${path.why}`;
		default:
			return path.rtt === undefined ? path.kind : `${path.kind} · ${Math.max(1, Math.round(path.rtt))} ms`;
	}
}

/** The same in 22 cells at most: `direct`, `looking (3 s)`, `no way: both NATs`. */
export function shortPathWords(path: Path, now: number): string {
	switch (path.kind) {
		case 'none':
			return '';
		case 'looking':
			return path.after === undefined ? `looking${counted(path.since, now)}` : shortPathWords(path.after, now);
		case 'no-way':
			return `no way: ${SHORT[path.reason.kind]}`;
		default:
			return path.kind;
	}
}

/** While a way is looked for again: why there was none at the last try. Else the path itself. */
export function lastKnown(path: Path): Path {
	return path.kind === 'looking' ? (path.after ?? path) : path;
}

/** Why there is no way to `name`, for behind `no way: `. */
export function noWayWords(reason: NoWay, name: string): string {
	switch (reason.kind) {
		case 'udp-blocked':
			return 'UDP does not pass here';
		case 'nowhere':
			return `UDP of ${name} does not reach the server`;
		case 'both-vary':
			return 'both NATs change ports';
		case 'unanswered':
			return `${name} answers no probe`;
		case 'families':
			return `${name} has ${FAMILIES[reason.other]} only, you ${FAMILIES[reason.own]} only`;
	}
}

/** One thing that a person can do about it. */
export function wayOut(reason: NoWay, name: string): string {
	switch (reason.kind) {
		case 'udp-blocked':
			return 'let UDP out of this network (a firewall drops it), or try another network, a telephone’s for instance';
		case 'nowhere':
			return `ask ${name} to run simchat doctor: a firewall there may drop UDP`;
		case 'both-vary':
			return 'switch on PCP or NAT-PMP at one of the two routers, or use IPv6 on both sides';
		case 'unanswered':
			return `ask ${name} to run simchat doctor: a firewall on one of the two sides may drop UDP`;
		case 'families': {
			const [here, there] = [FAMILIES[reason.own], FAMILIES[reason.other]];
			return `get ${there} here or ${here} at ${name}: ask the provider, or try another network`;
		}
	}
}

/** ` (3 s)`; nothing in the first second. */
function counted(since: number, now: number): string {
	const seconds = Math.floor((now - since) / 1000);
	return seconds < 1 ? '' : ` (${seconds} s)`;
}

const SHORT: Readonly<Record<NoWay['kind'], string>> = {
	'udp-blocked': 'no UDP here',
	nowhere: 'no UDP there',
	'both-vary': 'both NATs',
	unanswered: 'no answer',
	families: 'IPv4 or IPv6',
};
