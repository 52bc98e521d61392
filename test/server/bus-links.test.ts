// By what servers hear each other: a PostgreSQL or a Redis, real ones, which may be cut off, killed, and forbid something.
import {Buffer} from 'node:buffer';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {Redis} from 'iovalkey';
import {systemRandom} from '../../source/crypto/random.ts';
import {Bus} from '../../source/server/cluster/bus.ts';
import {type BusLink} from '../../source/server/cluster/bus-link.ts';
import {type BusMessage} from '../../source/server/cluster/bus-messages.ts';
import {parseBusPlace} from '../../source/server/cluster/bus-place.ts';
import {BusSeal} from '../../source/server/cluster/bus-seal.ts';
import {notifyLink} from '../../source/server/cluster/notify-link.ts';
import {redisLink} from '../../source/server/cluster/redis-link.ts';
import {PostgresqlDatabase} from '../../source/server/store/postgresql-database.ts';
import {startForwarder} from '../../tools/cluster/forwarder.ts';
import {freePort} from '../../tools/cluster/loop-delay.ts';
import {PostgresqlServer, missingForPostgresql} from '../../tools/engines/postgresql.ts';
import {RedisServer, missingForRedis, redisClusterIsWhole, startRedisCluster} from '../../tools/engines/redis.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';

const PATIENCE_MS = 30_000;
const seed = systemRandom(32);
let postgresql: Promise<PostgresqlServer> | undefined;
let redis: Promise<RedisServer> | undefined;
let prefixes = 0;

test.after.always(async () => {
	await (await postgresql)?.stop();
	await (await redis)?.stop();
});

/** A link of its own, which can be cut. */
type Ground = {readonly link: BusLink; cut(): void; restore(): void};

async function redisUrl(): Promise<string> {
	redis ??= RedisServer.start();
	return `redis://127.0.0.1:${(await redis).port}`;
}

function linkTo(url: string): BusLink {
	return redisLink(parseBusPlace(url)!, systemRandom);
}

const grounds: ReadonlyArray<readonly [string, readonly string[], (t: ExecutionContext) => Promise<Ground>]> = [
	[
		'PostgreSQL',
		missingForPostgresql(),
		async t => {
			postgresql ??= PostgresqlServer.start();
			const {folder} = await postgresql;
			return forwarded(t, `${folder}/.s.PGSQL.5432`, port => {
				const database = new PostgresqlDatabase(`postgres://postgres@127.0.0.1:${port}/postgres`);
				t.teardown(async () => database.close());
				return notifyLink(database);
			});
		},
	],
	[
		'Redis',
		missingForRedis(),
		async t => {
			redis ??= RedisServer.start();
			return forwarded(t, (await redis).socket, port => linkTo(`redis://127.0.0.1:${port}`));
		},
	],
];

async function forwarded(t: ExecutionContext, socket: string, linkAt: (port: number) => BusLink): Promise<Ground> {
	let isCut = false;
	const line = await startForwarder(() => (isCut ? undefined : socket));
	t.teardown(() => line.close());
	return {
		link: linkAt(line.port),
		cut() {
			isCut = true;
			line.cut();
		},
		restore() {
			isCut = false;
		},
	};
}

/** A server's end of a bus: what it has heard, and the changes of its state since it was up, or since the beginning where it never is. */
async function openBus(t: ExecutionContext, link: BusLink, node: number, prefix: string, isUp = true) {
	const run = {node, boot: systemRandom(8).toString('hex')};
	const heard: BusMessage[] = [];
	const states: string[] = [];
	const waiting = new Set<() => void>();
	const changed = () => {
		for (const look of waiting) look();
	};
	const bus = new Bus({
		link,
		seal: new BusSeal(seed, run, systemRandom, () => Date.now()),
		prefix,
		node,
		random: systemRandom,
		async onMessage(_, message) {
			heard.push(message);
			changed();
			return message.kind === 'displace' ? {kind: 'displaced'} : undefined;
		},
		onUp() {
			states.push('up');
			changed();
		},
		onDown(reason) {
			states.push(`down: ${reason instanceof Error ? reason.message : ''}`);
			changed();
		},
		onError: () => {},
	});
	const until = async (isSo: () => boolean, words: string) => {
		const {promise, resolve} = Promise.withResolvers<void>();
		const look = () => {
			if (isSo()) resolve();
		};
		waiting.add(look);
		look();
		await within(promise, PATIENCE_MS, () => `${words}; ${states.join(', ')}; ${heard.length} heard`);
		waiting.delete(look);
	};
	t.teardown(async () => bus.close());
	await bus.open();
	await until(() => (isUp ? states.at(-1) === 'up' : states.length > 0), 'it does not say whether it listens');
	states.splice(0, states.length - 1);
	return {
		bus,
		heard,
		states,
		until,
		hears: async (name: string) =>
			until(() => heard.some(each => 'name' in each && each.name === name), `${name} is not heard`),
	};
}

const nextPrefix = () => `simchat_${process.pid}_${++prefixes}`;

function linkTest(needs: readonly string[], title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (needs.length > 0) test.skip(`${title} (needs ${needs.join(', ')})`, body);
	else test(title, body);
}

for (const [kind, missing, ground] of grounds) {
	linkTest(
		missing,
		`${kind}: what is sent arrives at one or at all, in its order, and a question is answered`,
		async t => {
			const prefix = nextPrefix();
			const [one, two, three] = await Promise.all(
				[1, 2, 3].map(async node => openBus(t, (await ground(t)).link, node, prefix)),
			);
			const names = Array.from({length: 400}, (_, index) => `n${index}`);
			for (const name of names) one!.bus.send(2, {kind: 'log', name});
			one!.bus.broadcast({kind: 'ended', name: 'all'});
			await Promise.all([two!.hears('all'), three!.hears('all')]);
			t.deepEqual(
				two!.heard.flatMap(each => (each.kind === 'log' ? [each.name] : [])),
				names,
			);
			t.deepEqual(three!.heard, [{kind: 'ended', name: 'all'}]);
			const question = {kind: 'displace', name: 'alice', key: Buffer.alloc(32), below: 1} as const;
			t.deepEqual(await three!.bus.ask(1, question, PATIENCE_MS), {kind: 'displaced'});
			t.is(await three!.bus.ask(77, question, 20), undefined);
			t.deepEqual(one!.heard, [question]);
		},
	);

	linkTest(
		missing,
		`${kind}: who is cut off says so, and says what waited meanwhile when it is heard again`,
		async t => {
			const prefix = nextPrefix();
			const own = await ground(t);
			const [one, two] = [await openBus(t, own.link, 1, prefix), await openBus(t, (await ground(t)).link, 2, prefix)];
			own.cut();
			await one.until(() => one.states.length > 2, 'it does not try again');
			t.deepEqual([...new Set(one.states.map(each => each.slice(0, 4)))], ['up', 'down']);
			one.bus.broadcast({kind: 'log', name: 'later'});
			// A question that nobody waits for any more is not asked.
			t.is(await one.bus.ask(2, {kind: 'displace', name: 'x', key: Buffer.alloc(32), below: 1}, 20), undefined);
			t.deepEqual(two.heard, []);
			own.restore();
			await two.hears('later');
			t.deepEqual(two.heard, [{kind: 'log', name: 'later'}]);
			t.is(one.states.at(-1), 'up');
			two.bus.send(1, {kind: 'log', name: 'back'});
			await one.hears('back');
			t.deepEqual(two.states, ['up']);
		},
	);
}

const missing = missingForRedis();

linkTest(missing, 'Redis is killed and comes back: both servers say so, and hear each other again', async t => {
	const server = await RedisServer.start();
	t.teardown(async () => server.stop());
	const [link, prefix] = [linkTo(`redis://127.0.0.1:${server.port}`), nextPrefix()];
	const [one, two] = [await openBus(t, link, 1, prefix), await openBus(t, link, 2, prefix)];
	await server.kill();
	const isDown = async ({until, states}: typeof one) =>
		until(() => states.at(-1)!.startsWith('down'), 'it does not notice');
	await Promise.all([isDown(one), isDown(two)]);
	t.regex(one.states.at(-1)!, /ECONNREFUSED|connection was lost|ECONNRESET|EPIPE/v);
	await server.resume();
	await Promise.all([one, two].map(async ({until, states}) => until(() => states.at(-1) === 'up', 'it is not back')));
	two.bus.broadcast({kind: 'log', name: 'again'});
	await one.hears('again');
});

linkTest(missing, 'Redis hangs: who asks whether it still hears notices, and nobody waits for it', async t => {
	const server = await RedisServer.start();
	t.teardown(async () => server.stop());
	const one = await openBus(t, linkTo(`redis://127.0.0.1:${server.port}`), 1, nextPrefix());
	server.signal('SIGSTOP');
	await within(one.bus.check(), PATIENCE_MS, () => 'the look is waited for');
	await one.until(() => one.states.length > 1, 'it does not notice');
	t.true(one.states.some(each => /^down: .*timed out/iv.test(each)));
	await within(one.bus.close(), PATIENCE_MS, () => 'the end is waited for');
});

linkTest(missing, 'nothing is stored in Redis, and who listens there reads nothing', async t => {
	const prefix = nextPrefix();
	const url = await redisUrl();
	const [one, two] = [await openBus(t, linkTo(url), 1, prefix), await openBus(t, linkTo(url), 2, prefix)];
	const [spy, eye] = [new Redis(url), new Redis(url)];
	t.teardown(() => {
		spy.disconnect();
		eye.disconnect();
	});
	const seen: string[] = [];
	spy.on('smessage', (_, text: string) => seen.push(text));
	await spy.ssubscribe(`${prefix}_2`);
	await spy.ssubscribe(`${prefix}_65535`);
	one.bus.send(2, {kind: 'log', name: 'verysecretname'});
	one.bus.broadcast({kind: 'ended', name: 'verysecretname'});
	await two.until(() => two.heard.length === 2, 'it is not heard');
	await spy.ping();
	const sealed = seen.filter(text => text !== '');
	t.is(sealed.length, 2);
	for (const text of sealed) {
		t.false(Buffer.from(text, 'base64').includes('secret'));
		t.true(Buffer.from(text, 'base64').length > 30);
	}

	t.is(await eye.dbsize(), 0);
	// Noise, what is too long, and what was said before: nobody hears it, and the next message is heard.
	for (const noise of ['', 'x', '\0\n', 'A'.repeat(1_000_000), ...sealed]) await eye.spublish(`${prefix}_2`, noise);
	one.bus.send(2, {kind: 'log', name: 'next'});
	await two.hears('next');
	t.is(two.heard.length, 3);
});

linkTest(
	missing,
	'three nodes of a Redis Cluster: each channel is found, and found again after its node was killed',
	async t => {
		const nodes = await startRedisCluster(3);
		t.teardown(async () => {
			await Promise.all(nodes.map(async node => node.stop()));
		});
		const url = `redis://${nodes.map(({port}) => `127.0.0.1:${port}`).join(',')}`;
		const prefix = nextPrefix();
		const all = await Promise.all([1, 2, 3, 4, 5, 6].map(async node => openBus(t, linkTo(url), node, prefix)));
		for (const [from, {bus}] of all.entries()) {
			bus.broadcast({kind: 'log', name: `all${from}`});
			bus.send(((from + 1) % all.length) + 1, {kind: 'log', name: `one${from}`});
		}

		await Promise.all(
			all.flatMap(({hears}, to) => [
				hears(`one${(to + all.length - 1) % all.length}`),
				...all.flatMap((_, from) => (from === to ? [] : [hears(`all${from}`)])),
			]),
		);
		const [doomed, other] = [nodes[0]!, nodes[1]!];
		await doomed.kill();
		await doomed.resume();
		await redisClusterIsWhole(doomed.port, 3);
		await redisClusterIsWhole(other.port, 3);
		await Promise.all(all.map(async ({until, states}) => until(() => states.at(-1) === 'up', 'it is not back')));
		// One that has lost a connection makes all of them anew: what was sent meanwhile may be lost, what is sent again is not.
		for (const [from, {bus}] of all.entries()) {
			const to = (from + 1) % all.length;
			const question = {kind: 'displace', name: `again${from}`, key: Buffer.alloc(32), below: 1} as const;
			const answered = async (): Promise<BusMessage> => (await bus.ask(to + 1, question, 1000)) ?? answered();
			t.deepEqual(await within(answered(), PATIENCE_MS, () => `${from} does not reach ${to}`), {kind: 'displaced'});
		}
	},
);

/** Alone, since it changes what the process has. */
function serialLinkTest(needs: readonly string[], title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (needs.length > 0) test.skip(`${title} (needs ${needs.join(', ')})`, body);
	else test.serial(title, body);
}

const missingForCertificates = () =>
	spawnSync('openssl', ['version']).status === 0 ? [] : ['openssl (apt-get install openssl)'];

serialLinkTest(
	missing,
	'a user of Redis that may only do this is enough; a wrong password is named, and not said',
	async t => {
		const rights = ['resetchannels', '&simchat_*', '+ssubscribe', '+spublish', '+ping'];
		const server = await RedisServer.start([
			'--user',
			'simchat',
			'on',
			'>right',
			...rights,
			'--user',
			'default',
			'off',
		]);
		t.teardown(async () => server.stop());
		t.teardown(() => delete process.env['REDISCLI_AUTH']);
		const url = `redis://simchat@127.0.0.1:${server.port}`;
		process.env['REDISCLI_AUTH'] = 'right';
		const [prefix, link] = [nextPrefix(), linkTo(url)];
		const [one, two] = [await openBus(t, link, 1, prefix), await openBus(t, link, 2, prefix)];
		one.bus.broadcast({kind: 'log', name: 'allowed'});
		await two.hears('allowed');
		await one.bus.check();
		t.false([...one.states, ...two.states].some(each => each.includes('NOPERM')));
		process.env['REDISCLI_AUTH'] = 'no such secret';
		const refused = await openBus(t, link, 3, prefix, false);
		t.regex(refused.states[0]!, /^down: WRONGPASS .*REDISCLI_AUTH/v);
		t.false(refused.states[0]!.includes('no such secret'));
		delete process.env['REDISCLI_AUTH'];
		t.regex((await openBus(t, link, 4, prefix, false)).states[0]!, /^down: NOAUTH .*REDISCLI_AUTH/v);
		process.env['REDISCLI_AUTH'] = 'right';
		const elsewhere = link.listen(
			['elsewhere_1'],
			() => {},
			() => {},
		);
		await t.throwsAsync(elsewhere, {message: /^NOPERM .*simchat_\*/v});
	},
);

serialLinkTest(
	[...missing, ...missingForCertificates()],
	'with TLS a server is known by its certificate, and another one is not listened to',
	async t => {
		const folder = temporaryFolder(t);
		const [key, certificate] = ['key.pem', 'certificate.pem'].map(name => path.join(folder, name));
		const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
		const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
		execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key!, '-out', certificate!], {
			stdio: 'ignore',
		});
		const files = ['--tls-cert-file', certificate!, '--tls-key-file', key!, '--tls-ca-cert-file', certificate!];
		const tlsPort = String(await freePort());
		const server = await RedisServer.start([...files, '--tls-auth-clients', 'no', '--tls-port', tlsPort]);
		t.teardown(async () => server.stop());
		const [prefix, before] = [nextPrefix(), getCACertificates('default')];
		const link = linkTo(`rediss://localhost:${tlsPort}`);
		const stranger = await openBus(t, link, 1, prefix, false);
		t.regex(stranger.states[0]!, /^down: .*self-signed/v);
		await stranger.bus.close();
		setDefaultCACertificates([...before, readFileSync(certificate!, 'utf8')]);
		t.teardown(() => setDefaultCACertificates(before));
		const [one, two] = [
			await openBus(t, link, 1, prefix),
			await openBus(t, linkTo(`rediss://127.0.0.1:${tlsPort}`), 2, prefix),
		];
		one.bus.broadcast({kind: 'log', name: 'sealed'});
		await two.hears('sealed');
	},
);

linkTest([...missing, ...missingForPostgresql()], 'the client of Redis is loaded only with --bus', async t => {
	const folder = temporaryFolder(t);
	const loaded = path.join(folder, 'loaded');
	const hook = `
		import {appendFileSync} from 'node:fs';
		import {registerHooks} from 'node:module';
		registerHooks({load(url, context, next) { appendFileSync(${JSON.stringify(loaded)}, url + '\\n'); return next(url, context); }});
	`;
	postgresql ??= PostgresqlServer.start();
	const store = (await postgresql).url();
	const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, path.resolve('server.ts')];
	const clients = async (...more: string[]) => {
		writeFileSync(loaded, '');
		const options = ['--listen', '127.0.0.1:0', '--data', path.join(folder, 'data'), '--store', store, ...more];
		const child = spawn(process.execPath, [...args, ...options], {stdio: ['ignore', 'pipe', 'inherit']});
		const ended = new Promise(resolve => child.once('exit', resolve));
		const lines = createInterface(child.stdout);
		const ready = new Promise<void>((resolve, reject) => {
			lines.on('line', line => {
				if (line.includes('listening on')) resolve();
			});
			child.once('exit', () => reject(new Error('the server has ended')));
		});
		try {
			await within(ready, PATIENCE_MS, () => 'the server does not start');
		} finally {
			child.kill('SIGTERM');
			await ended;
		}

		return readFileSync(loaded, 'utf8')
			.split('\n')
			.filter(each => each.includes('/iovalkey/')).length;
	};

	t.is(await clients(), 0);
	t.true((await clients('--bus', await redisUrl())) > 5);
});

test('where a bus is, as it is typed; what it is not', t => {
	t.deepEqual(parseBusPlace('redis://127.0.0.1'), {
		isSecure: false,
		user: undefined,
		servers: [{host: '127.0.0.1', port: 6379}],
	});
	t.deepEqual(parseBusPlace('rediss://joe@r1.example.org:7000,[::1]:7001,r3/'), {
		isSecure: true,
		user: 'joe',
		servers: [
			{host: 'r1.example.org', port: 7000},
			{host: '::1', port: 7001},
			{host: 'r3', port: 6379},
		],
	});
	for (const wrong of [
		'',
		'redis://',
		'redis://:6379',
		'http://a',
		'redis://a/1',
		'redis://u:p@a',
		'redis://a:0',
		'redis://a:70000',
		'redis://a,,b',
		'redis://a?b=c',
		`redis://${Array.from({length: 17}, (_, index) => `h${index}`).join(',')}`,
	]) {
		t.is(parseBusPlace(wrong), undefined, wrong);
	}
});
