// What the screen is drawn anew for.
import test, {type ExecutionContext} from 'ava';
import {type Snapshot} from '../../../source/client/snapshot.ts';
import {followSnapshots} from '../../../source/ui/hooks/snapshots.ts';
import {within} from '../../../tools/within.ts';
import {ClientTwin, contact} from '../../twins/client.ts';

/** Whether the screen hears of `part` when nothing else changes. */
async function hears(t: ExecutionContext, part: Partial<Snapshot>): Promise<void> {
	const client = new ClientTwin([contact('alice')]);
	const {snapshots, stop} = followSnapshots(client);
	t.teardown(stop);
	const heard = new Promise<void>(resolve => void snapshots.subscribe(resolve));
	client.put(part);
	await within(heard, 20_000, () => `not heard of: ${JSON.stringify(part)}`);
	t.like(snapshots.value, part);
}

test('a change of the own devices is drawn when nothing else changes', async t => {
	await hears(t, {devices: {list: [], news: [], link: undefined, isAlarmed: true}});
});

test('that the disk takes nothing is drawn when nothing else changes', async t => {
	await hears(t, {disk: {message: 'the disk is full'}});
});

test('how far a file is, is drawn when nothing else changes', async t => {
	await hears(t, {transfers: new Map()});
});
