// A stranger who edits one message as fast as it is taken, at a full-screen client that talks to somebody else meanwhile: what that
// one waits for a receipt, what the client's person waits for a key, and what it costs.
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type Place} from '../../tools/members/directory-client.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {buildDoors} from '../built.ts';
import {startChild} from '../child.ts';
import type {TalkerCalls} from '../children/talker.ts';
import {FRAME_END, openScreen, openServer, typeLine} from '../full-screen.ts';
import {percentile} from '../measure.ts';
import {stopTerminals} from '../timed-terminal.ts';
import {type Row} from '../table.ts';

/** Bytes of an edit. */
const SHORT = 20;
const LONG = 4096;
/** Until all that starting costs is over, ms. */
const SETTLE_MS = 2000;
/** A key, what takes it back, and the pauses between, s; at the least. */
const KEY_S = 0.25;

type Measured = {
	/** Ms from each text to its receipt, and from each key to its frame. */
	readonly texts: readonly number[];
	readonly keys: readonly number[];
	/** Of the client, % of a core. */
	readonly cpu: number;
	/** Edits that have arrived. */
	readonly edits: number;
};

export async function hostilePeer(quick: boolean): Promise<Row[]> {
	const seconds = quick ? 10 : 60;
	const home = makeTemporaryFolder();
	try {
		buildDoors();
		const calm = await measure(path.join(home, 'calm'), seconds, undefined);
		const short = await measure(path.join(home, 'short'), seconds, SHORT);
		const long = await measure(path.join(home, 'long'), seconds, LONG);
		return [
			...rowsOf(`a stranger edits one message for ${seconds} s, ${SHORT} B`, short, calm),
			...rowsOf('the same, 4 KiB', long, calm),
		];
	} finally {
		await stopTerminals();
		removeFolder(home);
	}
}

/** A server, a client and both who write to it, all fresh; the stranger edits to texts of `size` bytes, or not at all. */
async function measure(home: string, seconds: number, size: number | undefined): Promise<Measured> {
	const {server, link} = await openServer(path.join(home, 'server'));
	const place: Place = {address: {port: parseJoinLink(link)!.port}, joinLink: link};
	const screen = await openScreen(link, path.join(home, 'bob'), 'bob');
	const [alice, mallory] = [startChild<TalkerCalls>('talker'), startChild<TalkerCalls>('talker')];
	await alice.call('meet', place, 'alice', 'bob');
	await typeLine(screen, '/add alice');
	await mallory.call('meet', place, 'mallory', 'bob');
	await alice.call('texts', 1);
	await pause(SETTLE_MS);
	const [cpu, start] = [screen.cpu, performance.now()];
	const [texts, keys, edits] = await Promise.all([
		alice.call('texts', seconds),
		screen.keyTimes(Math.ceil(seconds / KEY_S / 2), FRAME_END),
		size === undefined ? 0 : mallory.call('edits', 'bob', seconds, size),
	]);
	const used = ((screen.cpu - cpu) / (performance.now() - start)) * 1000;
	await Promise.all([alice, mallory, screen, server].map(async each => each.stop()));
	return {texts, keys, cpu: used * 100, edits};
}

function rowsOf(what: string, {texts, keys, cpu, edits}: Measured, calm: Measured): Row[] {
	const row = (
		words: string,
		of: (times: Measured) => readonly number[],
		p: number,
		times: readonly number[],
	): Row => ({
		what: words,
		measured: percentile(times, p),
		unit: 'ms',
		limit: {what: 'without', value: percentile(of(calm), p)},
	});
	return [
		row(`${what}: text to receipt of another, p50`, each => each.texts, 0.5, texts),
		{
			...row('  p99', each => each.texts, 0.99, texts),
			target: {of: 'value', sign: '≤', must: 250, goal: 100},
		},
		{
			...row('  key to frame meanwhile, p99', each => each.keys, 0.99, keys),
			target: {of: 'value', sign: '≤', must: 100, goal: 50},
		},
		{what: '  CPU of the client, % of a core', measured: cpu, limit: {what: 'without', value: calm.cpu}},
		{what: '  edits that arrived', measured: edits},
	];
}
