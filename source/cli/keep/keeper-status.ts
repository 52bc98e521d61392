// keep status: how the keeper that runs is, and what it holds.
import {type Client, type KeeperState} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {secondOf, startWords, stateWords} from './keeper-log.ts';
import {type KeepTask} from '../task.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

export const MB = 1_000_000;

/** Of this process, when it is a keeper: since when it runs, local ms, and what it was started for. */
export type KeeperRun = {readonly since: number; readonly task: KeepTask};
const runs = new WeakMap<Client, KeeperRun>();

export function noteRun(client: Client, run: KeeperRun): void {
	runs.set(client, run);
}

/** Throws Failure when this process is no keeper. */
export async function keeperStatus(client: Client, {print}: CommandIo): Promise<void> {
	const [run, state] = [runs.get(client), client.keeper.state()];
	if (run === undefined || state === undefined) {
		throw new Failure(EXIT_CODES.unavailable, catalogue.keeper.otherProcess);
	}

	const {status, log} = catalogue.keeper;
	const snapshot = client.snapshot();
	const there = snapshot.contacts.filter(({presence}) => presence === 'online').length;
	const lines = [
		status.since(secondOf(run.since)),
		startWords(run.task),
		...(state.isKeeper ? [] : [log.notKeeper]),
		stateWords(snapshot),
		status.contacts(snapshot.contacts.length, there),
		status.devices(state.devices, state.devicesThere),
		status.holds(state.messages, state.waiting),
		sizeLine(state, run.task),
	];
	for (const line of lines) await print(line);
}

function sizeLine({bytes, isFull}: KeeperState, {maxBytes}: KeepTask): string {
	const {status, full} = catalogue.keeper;
	const size = (bytes / MB).toFixed(1);
	if (maxBytes === undefined) return status.size(size);
	return isFull ? full(maxBytes / MB) : status.sizeOf(size, maxBytes / MB);
}
