// Every bit of every message of a login, flipped, and every length it could be cut to: nobody is ever signed in by it.
// Exhaustive: the flips cover each byte on the wire, frame header included, and each altered run goes on to its end.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {FRAME, type Frame, FrameSplitter, encodeFrame} from '../../../source/wire/frame.ts';
import {type Moment, type Outcome, type World, createWorld, enrol, login, run, setupFor} from './parties.ts';

type Mode = 'sign-in' | 'sign-up';
type Recording = {readonly world: World; readonly moment: Moment; readonly committed: readonly string[]};

/** An honest run in a world of its own, and in it the moment at which this message arrives. */
async function record(mode: Mode, type: number): Promise<Recording> {
	const world = createWorld();
	if (mode === 'sign-in') enrol(world, 'alice', 'correct horse');
	const {moments, client} = await login(world, setupFor('alice', {mode}));
	if (client?.kind !== 'established') throw new Error('the honest run failed');
	if (type === FRAME.register) world.directory.accounts.clear();
	return {world, moment: moments.find(({frame}) => frame.type === type)!, committed: [...world.directory.calls]};
}

function flips(bytes: Buffer): Buffer[] {
	return Array.from({length: bytes.length * 8}, (_, bit) => {
		const flipped = Buffer.from(bytes);
		flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (0x80 >> (bit & 7)), bit >> 3);
		return flipped;
	});
}

/** What a connection makes of these bytes; undefined when it waits for more or ends. */
function frameOf(bytes: Buffer): Frame | undefined {
	const splitter = new FrameSplitter();
	splitter.push(bytes);
	const frame = splitter.next();
	return typeof frame === 'string' ? undefined : frame;
}

/** Nobody is signed in by what came after this frame. */
function isRefused(outcome: Outcome): boolean {
	return outcome.client?.kind !== 'established' && outcome.server?.kind !== 'established';
}

/** The secrets that both ends hold, in hexadecimal. */
function secretsOf({client, server}: Moment): string[] {
	const held = [
		'keys' in client ? client.keys : undefined,
		typeof server === 'string' ? undefined : server.keys,
	].flatMap(keys => (keys === undefined ? [] : [keys.secret, keys.client.key, keys.server.key]));
	return held.map(secret => secret.toString('hex'));
}

async function assertRefused(
	t: ExecutionContext,
	{world, moment, committed}: Recording,
	frames: readonly Frame[],
): Promise<void> {
	const secrets = secretsOf(moment);
	const accounts = [...world.directory.accounts.keys()];
	for (const frame of frames) {
		const outcome = await run(world, {...moment, frame});
		if (!isRefused(outcome)) t.fail(`established by ${frame.type}:${frame.body.toString('hex')}`);
	}

	t.deepEqual(world.directory.calls, committed);
	t.deepEqual([...world.directory.accounts.keys()], accounts);
	t.deepEqual(secretsOf(moment), secrets);
	t.is((await run(world, moment)).client?.kind, 'established', 'the true frame was refused too');
}

const messages: ReadonlyArray<readonly [name: string, type: number, mode: Mode]> = [
	['HELLO', FRAME.hello, 'sign-in'],
	['CHALLENGE', FRAME.challenge, 'sign-in'],
	['RESPONSE', FRAME.response, 'sign-in'],
	['SERVER', FRAME.server, 'sign-in'],
	['AUTH', FRAME.auth, 'sign-in'],
	['SRP', FRAME.srp, 'sign-in'],
	['PROOF', FRAME.proof, 'sign-in'],
	['ACCEPT', FRAME.accept, 'sign-in'],
	['REGISTER', FRAME.register, 'sign-up'],
	['REGISTERED', FRAME.registered, 'sign-up'],
];

for (const [name, type, mode] of messages) {
	test(`${name}: any flipped bit is refused`, async t => {
		const recording = await record(mode, type);
		const {frame} = recording.moment;
		const altered = flips(encodeFrame(frame)).flatMap(bytes => frameOf(bytes) ?? []);
		t.true(altered.length >= frame.body.length * 8);
		await assertRefused(t, recording, altered);
	});

	test(`${name}: any other length is refused`, async t => {
		const recording = await record(mode, type);
		const {body} = recording.moment.frame;
		const shorter = Array.from(body, (_, size) => body.subarray(0, size));
		const longer = [Buffer.of(0), Buffer.alloc(16)].map(more => Buffer.concat([body, more]));
		await assertRefused(
			t,
			recording,
			[...shorter, ...longer].map(cut => ({type, body: cut})),
		);
	});

	test(`${name}: under any other type it is refused`, async t => {
		const recording = await record(mode, type);
		const {body} = recording.moment.frame;
		const types = Array.from({length: 256}, (_, each) => each).filter(each => each !== type);
		await assertRefused(
			t,
			recording,
			types.map(each => ({type: each, body})),
		);
	});
}
