// ALERT behind SERVER: only the server's own, whole, in its place, ends a login with a reason; anything else ends it without one.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {FRAME, type Frame} from '../../../source/wire/frame.ts';
import {type Moment, type World, alertOf, createWorld, deliver, enrol, setupFor, until} from './parties.ts';

/** The moment at which alice, whose password is wrong, is about to hear it; the server has counted it already. */
async function wrongPassword(label: string): Promise<{world: World; moment: Moment}> {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const moment = await until(world, setupFor('alice', {password: 'wrong', label}), FRAME.alert);
	return {world, moment};
}

const failed = {kind: 'failed', reason: 'malformed'};

test('the genuine one says how many tries are left', async t => {
	const {world, moment} = await wrongPassword('one');
	t.deepEqual(alertOf((await deliver(world, moment)).ended), {reason: 'credentials', triesLeft: 4, retryAfter: 0});
});

test('any flipped bit and any other length is no reason', async t => {
	const {world, moment} = await wrongPassword('one');
	const {body} = moment.frame;
	const flipped = Array.from({length: body.length * 8}, (_, bit) => {
		const bytes = Buffer.from(body);
		bytes[bit >> 3]! ^= 1 << (bit & 7);
		return bytes;
	});
	const cut = Array.from(body, (_, size) => body.subarray(0, size));
	for (const bytes of [
		...flipped,
		...cut,
		Buffer.concat([body, Buffer.of(0)]),
		Buffer.concat([body, Buffer.alloc(16)]),
	]) {
		const frame = {type: FRAME.alert, body: bytes};
		t.deepEqual((await deliver(world, {...moment, frame})).ended.client, failed);
	}
});

test('one in clear, one of another run, or a client’s own frame in its place is no reason', async t => {
	const [{world, moment}, other] = [await wrongPassword('one'), await wrongPassword('other')];
	const own = await until(world, setupFor('alice', {password: 'wrong', label: 'one'}), FRAME.proof);
	const frames: Frame[] = [
		{type: FRAME.alert, body: Buffer.from([4, 4, 0, 0])},
		other.moment.frame,
		{...own.frame, type: FRAME.alert},
	];
	for (const frame of frames) t.deepEqual((await deliver(world, {...moment, frame})).ended.client, failed);
});

test('in the place of another record of the server it is no reason either: records have numbers', async t => {
	const {world, moment} = await wrongPassword('one');
	const early = await until(world, setupFor('alice', {password: 'wrong', label: 'one'}), FRAME.srp);
	t.deepEqual((await deliver(world, {...early, frame: moment.frame})).ended.client, failed);
});
