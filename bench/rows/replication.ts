// A fresh device of an account that follows another one: when it shows something, when it has everything, and what that costs either side.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import process from 'node:process';
import {systemRandom} from '../../source/crypto/random.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {type ReplicatedHistory} from '../../source/messaging/history/replica.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {SiblingReplication} from '../../source/messaging/replication/sibling-replication.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {fill} from '../said.ts';
import {type Row} from '../table.ts';

const RECENT = 50;

/** One end of a session: its work counted in ms of CPU, and what it has sent. */
class End {
	readonly history: ReplicatedHistory;
	readonly sent: Buffer[] = [];
	readonly #replication: SiblingReplication;
	cpu = 0;

	constructor(folder: string, number: number, fillIt: (history: ReplicatedHistory) => void) {
		this.history = openHistory(path.join(folder, `device ${number}`), systemRandom(32));
		fillIt(this.history);
		this.history.replica.begin({
			device: Buffer.alloc(8, number),
			account: 'alice',
			serverTime: Date.now,
			ownTime: () => performance.now(),
			onNoted() {},
		});
		this.#replication = new SiblingReplication({
			replica: this.history.replica,
			device: Buffer.alloc(8, 3 - number),
			elapsed: () => performance.now(),
			send: message => this.sent.push(message) > 0,
			onTaken: () => undefined,
			onSignal() {},
			onFault(fault) {
				throw new Error(`a fault between two sound devices: ${fault}`);
			},
		});
	}

	/** Takes what the other has sent, and does one turn; whether there is more to do. */
	turn(arrived: readonly Buffer[]): boolean {
		const before = process.cpuUsage();
		for (const message of arrived) this.#replication.receive(message);
		const hasMore = this.#replication.turn();
		const {user, system} = process.cpuUsage(before);
		this.cpu += (user + system) / 1000;
		return hasMore;
	}
}

export async function replication(quick: boolean): Promise<Row[]> {
	const folder = makeTemporaryFolder();
	const count = quick ? 100_000 : 1_000_000;
	try {
		const source = new End(folder, 1, history => fill(history, count));
		const fresh = new End(folder, 2, () => undefined);
		const start = performance.now();
		let shown: number | undefined;
		let bytes = 0;
		let longest = 0;
		for (let hasMore = true; hasMore;) {
			const sent = source.sent.splice(0);
			for (const message of sent) bytes += message.length;
			const before = performance.now();
			hasMore = fresh.turn(sent);
			longest = Math.max(longest, performance.now() - before);
			if (source.turn(fresh.sent.splice(0)) || source.sent.length > 0) hasMore = true;
			if (shown === undefined && fresh.history.page(talkWith('most'), RECENT).length === RECENT) {
				shown = performance.now() - start;
			}
		}

		const seconds = (performance.now() - start) / 1000;
		const taken = [...fresh.history.said()].length;
		for (const {history} of [source, fresh]) history.close();
		const size = count.toLocaleString('en');
		return [
			{what: `${size} messages to a fresh device: the newest are there`, measured: shown ?? 'never', unit: 'ms'},
			{what: '  all of them are', measured: taken === count ? seconds : `${taken} came`, unit: 's'},
			{what: '  rows', measured: count / seconds, unit: '/s'},
			{what: '  CPU of the device that has them, a row', measured: (1000 * source.cpu) / count, unit: 'µs'},
			{what: '  CPU of the fresh one, a row', measured: (1000 * fresh.cpu) / count, unit: 'µs'},
			{what: '  the longest step of the fresh one', measured: longest, unit: 'ms'},
			{what: '  bytes a row', measured: bytes / count, unit: 'B'},
		];
	} finally {
		removeFolder(folder);
	}
}
