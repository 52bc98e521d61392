// A file from one client to another: asked for, sealed, delivered and checked, beside sealed datagrams with nothing above them.
import {systemRandom} from '../../source/crypto/random.ts';
import {LEAF_SIZE} from '../../source/protocol/files/file-limits.ts';
import {PLAINTEXT_LIMIT} from '../../source/wire/messages/msg.ts';
import {startChild} from '../child.ts';
import type {DatagramCalls} from '../children/datagrams.ts';
import type {EndCalls} from '../children/end.ts';
import {medians, percentile} from '../measure.ts';
import {profileOf} from '../people.ts';
import {type Row} from '../table.ts';

/** Bytes of a text. */
const SIZE = 200;

export async function file(quick: boolean): Promise<Row[]> {
	const [rounds, leaves, datagramCount] = quick ? [3, 16, 12_800] : [7, 64, 51_200];
	const [near, far] = [startChild<EndCalls>('end', 0), startChild<EndCalls>('end', 1)];
	const [sender, taker] = [startChild<DatagramCalls>('datagrams', 0), startChild<DatagramCalls>('datagrams', 1)];
	const [alice, bob] = [profileOf('alice'), profileOf('bob')];
	const [, port] = await Promise.all([near.call('open', alice, bob), far.call('open', bob, alice)]);
	const [senderPort, takerPort] = await Promise.all([sender.call('open'), taker.call('open')]);
	await Promise.all([sender.call('connect', takerPort), taker.call('connect', senderPort)]);
	const cpu = async () => (await near.call('cpu')) + (await far.call('cpu'));
	const round = async () => {
		const secrets = {root: systemRandom(32), sid: systemRandom(32)};
		await sender.call('prepare', 'count', PLAINTEXT_LIMIT, {role: 'initiator', ...secrets});
		await taker.call('prepare', 'count', PLAINTEXT_LIMIT, {role: 'responder', ...secrets});
		const sealed = await sender.call('flood', datagramCount);
		await near.call('talk', port);
		const root = await far.call('offer', leaves * LEAF_SIZE);
		const before = await cpu();
		const ms = await near.call('fetch', leaves * LEAF_SIZE, root);
		const used = (await cpu()) - before;
		const lost = await far.call('lost');
		await far.call('listen', 'echo');
		const fetched = near.call('fetch', leaves * LEAF_SIZE, root);
		const texts = await near.call('ping', quick ? 20 : 50, SIZE);
		await fetched;
		return {
			sealed: (sealed * PLAINTEXT_LIMIT) / 1000,
			rate: (leaves * LEAF_SIZE) / ms,
			cpu: used / 1000 / leaves,
			lost,
			text: percentile(texts, 0.95),
		};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await Promise.all([near.stop(), far.stop(), sender.stop(), taker.stop()]);
	const {sealed, rate, cpu: each, lost, text} = medians(measured);
	return [
		{
			what: `file of ${leaves} MiB, asked for and checked`,
			measured: rate,
			unit: 'kB/s',
			limit: {what: 'sealed datagrams, full, nothing above', value: sealed},
			target: {of: 'ratio', sign: '≥', must: 0.5, goal: 0.7},
		},
		{what: '  CPU of both ends for a MiB', measured: each, unit: 'ms'},
		{what: '  datagrams lost by who gives', measured: lost},
		{
			what: '  text of 200 B and its echo beside it, p95',
			measured: text,
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 200, goal: 50},
		},
	];
}
