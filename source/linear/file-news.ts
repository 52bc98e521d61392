// What becomes of files: where they are saved and why they fail, said once, and how far they are, once a minute at most. Pure.
import {type Snapshot, type Transfer, type TransferState} from '../client/snapshot.ts';
import {fileName, hasFile, progressWords} from '../ui/panes/offer-state.ts';
import {homePath} from '../ui/text/home-path.ts';
import {spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Between two words on how far a file is, ms. */
const PROGRESS_MS = 60_000;

/** By transfer: how it stood, and when that was said or began. At most one entry a transfer. */
export type FilesHeard = ReadonlyMap<string, {readonly state: TransferState; readonly since: number}>;

/** `before` undefined: at the first look nothing is said. */
export function fileNews(
	heard: FilesHeard,
	{before, after}: {readonly before: Snapshot | undefined; readonly after: Snapshot},
	now: number,
): {readonly files: FilesHeard; readonly lines: readonly string[]} {
	if (before?.transfers === after.transfers || after.transfers === undefined) return {files: heard, lines: []};
	const files = new Map(heard);
	const lines: string[] = [];
	for (const [key, transfer] of after.transfers) {
		const former = files.get(key);
		const isNew = former?.state !== transfer.state;
		const isDue = former !== undefined && !isNew && transfer.state === 'running' && now - former.since >= PROGRESS_MS;
		if (!isNew && !isDue) continue;
		files.set(key, {state: transfer.state, since: now});
		if (before !== undefined) lines.push(...wordsOf(transfer, after));
	}

	return {files, lines};
}

function wordsOf(transfer: Transfer, snapshot: Snapshot): readonly string[] {
	const {state, problem, path, message, done} = transfer;
	const offer = snapshot.conversations
		.get(transfer.conversation)
		?.messages.find(each => each.id === message.id && each.direction === message.direction);
	if (offer === undefined || !hasFile(offer)) return [];
	const {fileSaved, fileFailed, fileProgress, listed} = catalogue.linear;
	const name = fileName(offer);
	if (state === 'done' && path !== undefined) return [fileSaved(name, homePath(path))];
	if (state === 'failed' && problem !== undefined) {
		return [spoken(fileFailed(name, catalogue.transfers.problems[problem]))];
	}

	// At its beginning it is nowhere yet.
	return state === 'running' && done > 0 ? [fileProgress(name, listed(progressWords(transfer)))] : [];
}
