// The lines of a keeper's log: one for what happened, in numbers and states, none with a name or a word of anybody. Pure.
import {type KeeperNews} from '../../client/facade.ts';
import {type Snapshot} from '../../client/snapshot.ts';
import {dateOf} from '../../os/local-clock.ts';
import {problemWords} from '../report.ts';
import {type KeepTask} from '../task.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

const COUNTED = ['came', 'handed-on', 'told', 'let-go'] as const;

/** `2026-11-28 04:05:06`, local time. */
export function secondOf(ms: number): string {
	const date = dateOf(ms);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
	const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0'));
	return `${day.join('-')} ${time.join(':')}`;
}

export function startWords({holdDays}: Pick<KeepTask, 'holdDays'>): string {
	const {starts} = catalogue.keeper.log;
	if (holdDays === undefined) return starts.all;
	return holdDays === 0 ? starts.fetched : starts.days(holdDays);
}

/** How it is, in a few words. */
export function stateWords({connection, disk}: Snapshot): string {
	const {log} = catalogue.keeper;
	if (disk !== undefined) return log.disk;
	if (connection.state === 'online') return log.signedIn;
	return connection.state === 'waiting' || connection.state === 'stopped'
		? catalogue.connection.tryingAgain(problemWords(connection.problem))
		: catalogue.connection.notReached;
}

/** What changed of the connection and the disk. */
export function changeLines(before: Snapshot | undefined, after: Snapshot): string[] {
	const {log} = catalogue.keeper;
	const lines: string[] = [];
	const [was, is] = [before?.connection, after.connection];
	if (is.state === 'online' && was?.state !== 'online') lines.push(log.signedIn);
	// That it is tried again is no news.
	const isOther = is.state === 'waiting' && (was?.state !== 'waiting' || was.problem !== is.problem);
	if (isOther) lines.push(catalogue.connection.tryingAgain(problemWords(is.problem)));
	const [wasFull, isFull] = [before?.disk !== undefined, after.disk !== undefined];
	if (isFull && !wasFull) lines.push(log.disk);
	if (wasFull && !isFull) lines.push(log.diskWell);
	return lines;
}

/** What was done since the last line, summed up. */
export class KeeperTally {
	#counts = new Map<KeeperNews['kind'], number>();

	add({kind, count}: KeeperNews): void {
		this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
	}

	/** `maxMb`: how large the history may be. */
	take(maxMb: number): string[] {
		const counts = this.#counts;
		this.#counts = new Map();
		const {log, full} = catalogue.keeper;
		const words = {came: log.came, 'handed-on': log.handedOn, told: log.told, 'let-go': log.letGo};
		return [
			...COUNTED.filter(kind => counts.has(kind)).map(kind => words[kind](counts.get(kind)!)),
			...(counts.has('full') ? [full(maxMb)] : []),
			...(counts.has('room') ? [log.room] : []),
			...(counts.has('no-keeper') ? [log.notKeeper] : []),
		];
	}
}
