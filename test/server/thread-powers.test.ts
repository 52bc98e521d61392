// Logins whose powers are computed on other threads: they get in, a thread that ends costs those that it worked for, and they are told.
import process from 'node:process';
import {type Worker} from 'node:worker_threads';
import test from 'ava';
import {type KeyPair} from '../../source/crypto/group.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {ThreadPowers} from '../../source/server/thread-powers.ts';
import {attemptLogin, signIn, signUp} from '../../tools/members/directory-client.ts';
import {startTestServer} from './servers.ts';

const workers: Worker[] = [];
process.on('worker', worker => workers.push(worker));

test.serial(
	'a thread that dies under a login: the client is told that the server failed, and gets in at its next try',
	async t => {
		const server = await startTestServer(t);
		await (await signUp(server, {name: 'alice'})).close();
		// Each thread that computes something from here on ends at once.
		const ending = new Set(workers);
		for (const worker of ending) worker.postMessage = () => void worker.terminate();
		const result = await attemptLogin(server, 'sign-in', {name: 'alice'});
		t.like(result, {kind: 'refused', alert: {reason: 'internal'}});
		const failure = await server.event(({kind}) => kind === 'failed');
		t.true(failure.kind === 'failed' && String(failure.error).includes('the thread that computed a power has ended'));
		// Whichever of the first threads are left end with the next logins, and each is replaced.
		let tries = 0;
		while ((await attemptLogin(server, 'sign-in', {name: 'alice'})).kind !== 'established' && tries++ < ending.size);
		await (await signIn(server, {name: 'alice'})).close();
	},
);

test.serial(
	'key pairs are made ahead while nobody signs in, each is taken once, and no more than 256 of a kind are kept',
	async t => {
		const drawn: number[] = [];
		const counting = new ThreadPowers(2, size => {
			drawn.push(size);
			return systemRandom(size);
		});
		t.teardown(async () => counting.close());
		// Nobody has signed in yet: nothing is made.
		for (let second = 1; second < 10; second++) counting.sweep(second * 1000);
		t.is(drawn.length, 0);
		await counting.srpKeyPair();
		t.is(drawn.length, 1);
		let second = 10;
		let before = -1;
		while (drawn.length !== before) {
			before = drawn.length;
			counting.sweep(second * 1000);
			counting.sweep((second + 1) * 1000);
			await counting.prepared();
			second += 2;
		}

		t.is(drawn.filter(size => size === 35).length, 256);
		t.is(drawn.filter(size => size === 36).length, 257);
		const pairs: KeyPair[] = [];
		for (let taken = 0; taken < 256; taken++) pairs.push(await counting.dhKeyPair());
		t.is(drawn.length, 513);
		t.is(new Set(pairs.map(({share}) => share.toString('hex'))).size, 256);
		await counting.dhKeyPair();
		t.is(drawn.length, 514);
	},
);
