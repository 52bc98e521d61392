// A process that opens a history for the first time: nothing of it is in memory here.
import {Buffer} from 'node:buffer';
import {type History} from '../../source/messaging/history/history.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {answer} from '../child.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

export type HistoryCalls = typeof calls;

let history: History;

const calls = {
	/** Ms to open the file. */
	open(file: string, key: Buffer): number {
		return timed(() => {
			history = openHistory(file, Buffer.from(key));
		});
	},
	/** Ms to find the newest 50. */
	find(words: string, peers: readonly string[]): number {
		return timed(() =>
			history.find(
				words,
				50,
				peers.map(peer => talkWith(peer)),
			),
		);
	},
	/** Ms for a page of 50, and one more to know whether there are more. */
	page(peer: string): number {
		return timed(() => history.page(talkWith(peer), 51));
	},
	close() {
		history.close();
	},
};

function timed(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

answer(calls);
