// Powers on other threads are the same as here, leave nothing in the memory that the threads share, and no thread ends unseen.
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {type Worker} from 'node:worker_threads';
import test from 'ava';
import {dhKeyPairFromExponent, deriveDh, drawDhKeyPair} from '../../source/crypto/dh.ts';
import {group, power} from '../../source/crypto/group.ts';
import {PowerFailed, PowerThreads} from '../../source/crypto/power-threads.ts';
import {FFDHE3072, SRP3072} from '../../source/crypto/primes.ts';
import {systemRandom} from '../../source/crypto/random.ts';

const srp = group(SRP3072, 5);
const ffdhe = group(FFDHE3072, 2);
const base = power(srp, srp.generator, Buffer.alloc(36, 7));

/** Every thread that this process starts. */
const workers: Worker[] = [];
process.on('worker', worker => workers.push(worker));

test.serial('powers and key pairs are those that this thread computes, however many are asked for at once', async t => {
	const threads = new PowerThreads(2);
	const powers = Array.from({length: 40}, async (_, index) => {
		const exponent = systemRandom(32);
		const [within, from] = index % 2 === 0 ? [srp, base] : [ffdhe, Buffer.alloc(384, index)];
		t.deepEqual(await threads.power(within, from, exponent), power(within, from, exponent));
	});
	await Promise.all(powers);
	const drawn: Buffer[] = [];
	const random = (size: number) => {
		const bytes = systemRandom(size);
		drawn.push(Buffer.from(bytes));
		return bytes;
	};
	const ours = await drawDhKeyPair(random, threads.keyPair);
	t.is(drawn[0]!.length, 35);
	t.deepEqual(ours.share, dhKeyPairFromExponent(drawn[0]!).share);
	const theirs = await drawDhKeyPair(systemRandom, threads.keyPair);
	t.deepEqual(await deriveDh(ours.privateKey, theirs.share), await deriveDh(theirs.privateKey, ours.share));
	t.is(workers.length, 2);
	await threads.close();
});

test.serial('nothing of an exponent or of a power stays in the memory that threads share', async t => {
	const memories: SharedArrayBuffer[] = [];
	const Original = globalThis.SharedArrayBuffer;
	globalThis.SharedArrayBuffer = new Proxy(Original, {
		construct(target, parameters: [number]) {
			const memory = new target(...parameters);
			memories.push(memory);
			return memory;
		},
	});
	t.teardown(() => {
		globalThis.SharedArrayBuffer = Original;
	});
	const isWiped = () => memories.every(memory => Buffer.from(memory).every(byte => byte === 0));
	const threads = new PowerThreads(1);
	t.teardown(async () => threads.close());
	const working = threads.power(srp, base, Buffer.alloc(32, 9));
	t.true(memories.length > 0);
	t.false(isWiped());
	await working;
	t.true(isWiped());
	const exponent = Buffer.alloc(36, 5);
	const pair = threads.keyPair(srp, exponent);
	t.true(exponent.every(byte => byte === 0));
	await pair;
	t.true(isWiped());
	const last = t.throwsAsync(threads.power(srp, base, Buffer.alloc(32, 9)), {instanceOf: PowerFailed});
	await threads.close();
	await last;
	t.true(isWiped());
});

test.serial(
	'a thread that ends is replaced: what it worked on fails, says why, and what waited is computed',
	async t => {
		const threads = new PowerThreads(1);
		t.teardown(async () => threads.close());
		await threads.power(srp, base, Buffer.of(2));
		const [first] = workers.slice(-1);
		const exponent = Buffer.alloc(32, 0xab);
		const results = Array.from({length: 5}, async () => threads.power(srp, base, exponent));
		const settled = Promise.allSettled(results);
		await first!.terminate();
		const outcomes = await settled;
		const failed = outcomes.filter(outcome => outcome.status === 'rejected');
		t.true(failed.length > 0 && failed.length <= 2);
		for (const {reason} of failed) {
			t.true(reason instanceof PowerFailed);
			t.false(String((reason as Error).stack).includes('abab'));
		}

		const powers = outcomes.filter(outcome => outcome.status === 'fulfilled').map(({value}) => value);
		t.is(powers.length, 5 - failed.length);
		for (const each of powers) t.deepEqual(each, power(srp, base, exponent));
		t.not(workers.at(-1), first);
	},
);

test.serial('what is no power is refused, and the thread goes on', async t => {
	const threads = new PowerThreads(1);
	const count = workers.length;
	const even = {...srp, prime: Buffer.of(4)};
	await t.throwsAsync(threads.power(even, base, Buffer.of(3)), {message: 'there is no such power'});
	const large = {...srp, prime: Buffer.alloc(4096, 1)};
	await t.throwsAsync(threads.power(large, base, Buffer.of(3)), {instanceOf: PowerFailed});
	t.deepEqual(await threads.power(srp, base, Buffer.of(3)), power(srp, base, Buffer.of(3)));
	t.is(workers.length, count + 1);
	await threads.close();
	await t.throwsAsync(threads.power(srp, base, Buffer.of(3)), {message: 'the threads are stopped'});
});
