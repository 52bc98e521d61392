// A server that stops: it is not ready any more, then it takes no more clients and sends away those that are there, one after the other.
import test, {type ExecutionContext} from 'ava';
import {FrameSocket, attemptLogin, signUp} from '../../tools/members/directory-client.ts';
import {within} from '../../tools/within.ts';
import {timedStore} from '../../source/server/measures.ts';
import {type Gauges, serveMetrics} from '../../source/server/metrics.ts';
import {Readiness} from '../../source/server/readiness.ts';
import {startTestServer} from './servers.ts';

const METRICS = {host: '127.0.0.1', port: 0};

async function people(t: ExecutionContext, server: Parameters<typeof signUp>[0], count: number) {
	const names = Array.from({length: count}, (_, index) => `person${index}`);
	const all = await Promise.all(names.map(async name => ({name, client: await signUp(server, {name})})));
	t.teardown(async () => {
		for (const {client} of all) await client.close();
	});
	return all;
}

test('it is not ready, then sends clients away one after the other in another order than they came, each with its own time to come back', async t => {
	const server = await startTestServer(t, {metrics: METRICS, drain: {waitMs: 10_000, spreadMs: 48_000}});
	const probe = async () => {
		const response = await fetch(`http://127.0.0.1:${server.metrics?.port}/readyz`);
		return `${response.status} ${(await response.text()).trim()}`;
	};

	const all = await people(t, server, 12);
	t.is(await probe(), '200 ready');
	t.is((await fetch(`http://127.0.0.1:${server.metrics?.port}/livez`)).status, 200);
	const drained = server.drain();
	t.is(await probe(), '503 draining');
	// Whoever has not heard of it yet is taken all the same.
	const late = await signUp(server, {name: 'late'});
	await late.close();
	const gone = () => server.events.filter(event => event.kind === 'signed out' && event.how === 'stopped').length;
	const left: string[] = [];
	const alerts = all.map(async ({name, client}) => {
		const alert = await client.alert();
		left.push(name);
		return alert;
	});
	t.is(gone(), 0);
	server.clock.ahead += 10_000;
	for (let count = 1; count <= 12; count++) {
		// A little more than the part of each.
		server.clock.ahead += 4001;
		await within(
			server.event(() => gone() >= count),
			5000,
			() => `${gone()} of ${count} were sent away`,
		);
		if (count === 6) t.true(gone() < 12, 'half of the time is over, and not all are gone');
	}

	const told = await Promise.all(alerts);
	t.true(told.every(alert => alert?.reason === 'shutdown' && alert.retryAfter >= 5 && alert.retryAfter <= 65));
	t.notDeepEqual(
		left,
		all.map(({name}) => name),
	);
	await within(drained, 5000, () => 'it did not end');
	await t.throwsAsync(FrameSocket.connect(server.address.port), {code: 'ECONNREFUSED'});
});

test('without times it sends everybody away at once', async t => {
	const server = await startTestServer(t);
	const all = await people(t, server, 3);
	await within(server.drain(), 5000, () => 'it did not end');
	for (const {client} of all) t.like(await client.alert(), {reason: 'shutdown'});
});

test('nobody there: nothing is waited for but the time in which others learn of it', async t => {
	const server = await startTestServer(t, {drain: {waitMs: 1000, spreadMs: 60_000}});
	const drained = server.drain();
	server.clock.ahead += 1000;
	t.is(await within(drained, 5000, () => 'it waited for nobody'), undefined);
});

test('a store that cannot be written makes it unready, until it can be', async t => {
	let [now, isFull, writes, isKnown] = [0, true, 0, true];
	const readiness = new Readiness({
		isDraining: () => false,
		holdsLease: () => isKnown,
		async write() {
			writes++;
			if (isFull) throw new Error('full');
		},
		elapsed: () => now,
	});
	t.is(await readiness.obstacle(), 'the store cannot be written');
	isFull = false;
	t.is(await readiness.obstacle(), 'the store cannot be written');
	t.is(writes, 1, 'asked once a second, however often others ask');
	now = 1000;
	t.is(await readiness.obstacle(), undefined);
	t.is(writes, 2);
	isKnown = false;
	t.is(await readiness.obstacle(), 'no lease in the database');
});

test('the store is timed whether it answers at once or later, and when it fails', async t => {
	let now = 0;
	const seen: unknown[] = [];
	const store = {
		size: 3,
		quick: (by: number) => (now += by),
		async slow(by: number) {
			await Promise.resolve();
			now += by;
			return by;
		},
		bad() {
			throw new Error('full');
		},
		async late() {
			throw new Error('gone');
		},
	};
	const timed = timedStore(
		store,
		(...call) => seen.push(call),
		() => now,
	);
	t.is(timed.size, 3);
	t.is(timed.quick(5), 5);
	t.is(await timed.slow(7), 7);
	t.throws(() => timed.bad(), {message: 'full'});
	await t.throwsAsync(timed.late(), {message: 'gone'});
	t.deepEqual(seen, [
		['quick', 5, false],
		['slow', 7, false],
		['bad', 0, true],
		['late', 0, true],
	]);
});

test('that the database or the other servers are out of reach counts as a failure, that they are back does not', async t => {
	const gauges = {} as Gauges;
	const metrics = await serveMetrics(METRICS, gauges, async () => undefined);
	t.teardown(async () => metrics.close());
	metrics.emit({kind: 'lease lost', sessions: 3});
	metrics.emit({kind: 'lease taken'});
	metrics.emit({kind: 'bus down', reason: new Error('refused')});
	metrics.emit({kind: 'bus up'});
	metrics.emit({kind: 'failed', error: new Error('full')});
	const text = await (await fetch(`http://127.0.0.1:${metrics.address.port}/metrics`)).text();
	t.regex(text, /^simchat_failures_total 3$/m);
});

test('each stage of a login is timed, and what the store was asked', async t => {
	const server = await startTestServer(t, {metrics: METRICS});
	await (await signUp(server, {name: 'alice'})).close();
	await attemptLogin(server, 'sign-in', {name: 'alice', password: 'wrong', device: 'other'});
	const text = await (await fetch(`http://127.0.0.1:${server.metrics?.port}/metrics`)).text();
	for (const [stage, count] of Object.entries({challenge: 2, server: 2, register: 1, srp: 2, accept: 2, queue: 7})) {
		const line = `simchat_login_stage_seconds_count{stage="${stage}"} ${count}`;
		t.true(text.includes(`${line}\n`), line);
	}

	t.regex(text, /^simchat_store_seconds_count\{operation="reserve"\} 2$/m);
	t.regex(text, /^simchat_loop_delay_seconds\{quantile="0\.99"\} [\d.e-]+$/m);
	t.regex(text, /^simchat_queue_steps 0$/m);
	t.regex(text, /^simchat_shed_total 0$/m);
	t.false(text.includes('alice'));
});
