// Three servers with one PostgreSQL, each in a process of its own: to their clients they are one directory.
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {sign} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {continueJoining, startJoining} from '../../source/protocol/devices/link-joiner.ts';
import {consumeLinkRequest, createLinkOffer} from '../../source/protocol/devices/link-offer.ts';
import {identityChangeStatement} from '../../source/protocol/login/login-keys.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {decodeLinkRequest, encodeLinkRequest} from '../../source/wire/messages/link-request.ts';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {redeemTicket} from '../../source/protocol/introduce/ticket.ts';
import {consumeIntroduction} from '../../source/protocol/introduce/introduction.ts';
import {consumeBound} from '../../source/protocol/path/bind.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {
	decodePresence,
	decodeResults,
	encodeBlock,
	encodeChangeIdentity,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {startForwarder} from '../../tools/cluster/forwarder.ts';
import {type ClusterNode, startNode} from '../../tools/cluster/node.ts';
import {PostgresqlServer, missingForPostgresql} from '../../tools/engines/postgresql.ts';
import {RedisServer, missingForRedis} from '../../tools/engines/redis.ts';
import {admit, found, handIn, logOf, pageIn, remove, signInWhole} from '../../tools/members/device-accounts.ts';
import {
	type DirectoryClient,
	attemptLogin,
	identityOf,
	join,
	signIn,
	signUp,
} from '../../tools/members/directory-client.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {serverDoor} from '../programs.ts';

const missing = missingForPostgresql();
const PATIENCE_MS = 60_000;

let database: Promise<PostgresqlServer> | undefined;
let common: Promise<readonly [ClusterNode, ClusterNode, ClusterNode]> | undefined;
const started: ClusterNode[] = [];

test.after.always(async () => {
	await Promise.all(started.map(async node => node.stop('SIGKILL')));
	for (const {data} of started) removeFolder(data);
	await (await database)?.stop();
});

async function start(url?: string, more: readonly string[] = []): Promise<ClusterNode> {
	database ??= PostgresqlServer.start();
	const store = url ?? (await database).url();
	const node = await startNode({door: serverDoor, data: makeTemporaryFolder(), store, more});
	started.push(node);
	return node;
}

/** The three that all tests share: none of them is stopped. */
async function nodes(): Promise<readonly [ClusterNode, ClusterNode, ClusterNode]> {
	common ??= Promise.all([start(), start(), start()]);
	return common;
}

async function soon<T>(promise: Promise<T>, words: () => string): Promise<T> {
	return within(promise, PATIENCE_MS, words);
}

function clusterTest(title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (missing.length > 0) test.skip(`${title} (needs ${missing.join(', ')})`, body);
	else test.serial(title, body);
}

/** One that waits for a lease to run out, beside others. */
function leaseTest(title: string, body: (t: ExecutionContext) => Promise<void>, lacks: readonly string[] = []): void {
	const needs = [...missing, ...lacks];
	if (needs.length > 0) test.skip(`${title} (needs ${needs.join(', ')})`, body);
	else test(title, body);
}

async function watch(client: DirectoryClient, name: string): Promise<boolean | undefined> {
	const answer = await client.request(FRAME.watch, encodeNames([name]), FRAME.presence);
	return decodePresence(answer)?.find(each => each.name === name)?.online;
}

/** Watches the name, and waits until it is seen to be online. */
async function sees(client: DirectoryClient, name: string): Promise<void> {
	if ((await watch(client, name)) !== true) await told(client, name, true);
}

/** Waits until the client is told that the name is online, or is not. */
async function told(client: DirectoryClient, name: string, online: boolean): Promise<void> {
	const hears = async () => {
		for (;;) {
			const entries = decodePresence(await client.next(FRAME.presence)) ?? [];
			if (entries.some(each => each.name === name && each.online === online)) return;
		}
	};

	await soon(hears(), () => `${client.person.name} is not told that ${name} is ${online ? 'online' : 'offline'}`);
}

let requests = 0;

async function introduce(client: DirectoryClient, name: string) {
	const asked = {request: ++requests, name, time: Date.now()};
	const body = await soon(
		client.request(FRAME.introduce, encodeIntroduce(asked), FRAME.introduction),
		() => 'no answer',
	);
	return consumeIntroduction(body, asked, Date.now());
}

clusterTest('all of them have one key, and an account of one signs in at each', async t => {
	const all = await nodes();
	const keys = all.map(({joinLink}) => parseJoinLink(joinLink)!.serverKey.toString('hex'));
	t.deepEqual(keys, [keys[0]!, keys[0]!, keys[0]!]);
	await (await signUp(all[0], {name: 'ann'})).close();
	for (const node of all) await (await signIn(node, {name: 'ann'})).close();
	t.like(await attemptLogin(all[1], 'sign-up', {name: 'ann', device: 'other'}), {alert: {reason: 'nameTaken'}});
});

clusterTest('of fifty guesses at once over three servers exactly five reach SRP', async t => {
	const all = await nodes();
	await (await signUp(all[0], {name: 'guessed'})).close();
	const guesses = Array.from({length: 50}, async (_, index) =>
		attemptLogin(all[index % 3]!, 'sign-in', {name: 'guessed', device: 'stranger', password: `wrong ${index}`}),
	);
	const outcomes = await Promise.all(guesses);
	const alerts = outcomes.map(outcome => (outcome.kind === 'refused' ? outcome.alert : undefined));
	t.is(alerts.filter(alert => alert?.reason === 'credentials').length, 4);
	// The fifth has reached SRP, and locks; the others were told in how many seconds to come back.
	t.is(alerts.filter(alert => alert?.reason === 'locked').length, 46);
	t.is(alerts.filter(alert => alert?.reason === 'locked' && alert.retryAfter === 60).length >= 1, true);
	const {rows} = await rowsOf('SELECT count, locked_until > 0 AS locked FROM attempts WHERE name = $1', ['guessed']);
	t.deepEqual(rows, [{count: 5, locked: true}]);
});

clusterTest('a device that signs in at all of them at once has one session in the end', async t => {
	const all = await nodes();
	await (await signUp(all[0], {name: 'everywhere'})).close();
	const clients = await Promise.all(all.map(async node => signIn(node, {name: 'everywhere'})));
	const ended = clients.map(async client => {
		const alert = await client.alert().catch(() => undefined);
		return alert?.reason;
	});
	t.is(await soon(Promise.race(ended), () => 'nobody is displaced'), 'displaced');
	const left = async () => {
		for (;;) {
			const {rows} = await rowsOf('SELECT count(*)::int AS count FROM sessions WHERE name = $1', ['everywhere']);
			const open = clients.filter(({frames}) => !frames.socket.closed);
			if (open.length === 1 && rows[0]?.['count'] === 1) return open.length;
			await Promise.race(ended);
			await new Promise(resolve => setImmediate(resolve));
		}
	};

	t.is(await soon(left(), () => 'more than one session is left'), 1);
	await Promise.all(clients.map(async client => client.close()));
});

clusterTest(
	'whoever is let in at one server can be sure that the older session of the device is introduced to nobody',
	async t => {
		const [one, two] = await nodes();
		const zoe = await signUp(one, {name: 'zoe'});
		await zoe.register();
		for (const name of ['rita', 'sam', 'tom']) {
			const old = await signUp(one, {name});
			await old.register();
			const fresh = await signIn(two, {name});
			// The one that it asks for is at its own server, which need not ask anybody.
			old.send(FRAME.introduce, encodeIntroduce({request: ++requests, name: 'zoe', time: Date.now()}));
			t.like(await soon(old.alert(), () => 'the old session goes on'), {reason: 'displaced'});
			t.false(old.passed.includes(FRAME.introduction));
			await Promise.all([old.close(), fresh.close()]);
		}

		await zoe.close();
	},
);

clusterTest('a watcher at another server is told who comes and goes, and never of one that has blocked it', async t => {
	const [one, two, three] = await nodes();
	const alice = await signUp(one, {name: 'alice'});
	const mallory = await signUp(three, {name: 'mallory'});
	t.false(await watch(alice, 'bob'));
	const bob = await signUp(two, {name: 'bob'});
	await bob.register();
	await told(alice, 'bob', true);
	await sees(mallory, 'bob');
	await bob.request(FRAME.block, encodeBlock({name: 'mallory', blocked: true}), FRAME.blocked);
	await told(mallory, 'bob', false);
	t.false(await watch(mallory, 'bob'));
	const search = encodeSearch({request: 1, prefix: 'bob', after: '', limit: 10});
	t.deepEqual(decodeResults(await alice.request(FRAME.search, search, FRAME.results))?.entries, [
		{name: 'bob', online: true},
	]);
	t.deepEqual(decodeResults(await mallory.request(FRAME.search, search, FRAME.results))?.entries, [
		{name: 'bob', online: false},
	]);
	t.like(await askAdmin(one.data, {command: 'status', name: ''}), {kind: 'status', status: {online: 3}});
	await bob.close();
	await told(alice, 'bob', false);
	const again = await signIn(three, {name: 'bob'});
	await again.register();
	await told(alice, 'bob', true);
	t.false(await watch(mallory, 'bob'));
	await Promise.all([alice, again, mallory].map(async client => client.close()));
});

clusterTest(
	'two at different servers are introduced, with a ticket under the key of the other; blocked or offline it looks the same',
	async t => {
		const [one, two] = await nodes();
		const carol = await signUp(one, {name: 'carol'});
		const dave = await signUp(two, {name: 'dave'});
		await carol.register();
		// Its UDP address is not known yet.
		carol.send(FRAME.introduce, encodeIntroduce({request: ++requests, name: 'dave', time: Date.now()}));
		await soon(carol.next(FRAME.refused), () => 'it is not refused');
		const at = await dave.register();
		const answer = await introduce(carol, 'dave');
		if (answer === 'unavailable' || 'drop' in answer) throw new Error(JSON.stringify(answer));
		t.deepEqual(answer.grant.addresses, [at!]);
		const {ticketKeyId: id, ticketKey: key} = dave.session;
		const ticket = redeemTicket(answer.grant.ticket, [{id, key}], Date.now());
		if (!('body' in ticket)) throw new Error(ticket.drop);
		t.like(ticket.body, {from: 'carol', to: 'dave'});
		t.deepEqual(ticket.body.key, answer.grant.key);
		await soon(dave.next(FRAME.called), () => 'dave is not called');
		await dave.request(FRAME.block, encodeBlock({name: 'carol', blocked: true}), FRAME.blocked);
		t.is(await introduce(carol, 'dave'), 'unavailable');
		await dave.request(FRAME.block, encodeBlock({name: 'carol', blocked: false}), FRAME.blocked);
		await dave.close();
		t.is(await introduce(carol, 'dave'), 'unavailable');
		await carol.close();
	},
);

clusterTest(
	'a BIND that reaches another server is answered by way of it, with the address that it saw, and once',
	async t => {
		const [one, two] = await nodes();
		const erin = await signUp(one, {name: 'erin'});
		const udp = await erin.udp();
		const time = Date.now();
		const answered = once(udp, 'message');
		udp.send(erin.bind(time), two.address.port, '127.0.0.1');
		const [bound] = (await soon(answered, () => 'the BIND is not answered')) as [Buffer];
		t.deepEqual(consumeBound(erin.session, bound, [time]), {host: '127.0.0.1', port: udp.address().port});
		const frank = await signUp(two, {name: 'frank'});
		await sees(frank, 'erin');
		// Repeated at either it counts no more: the answer is to the one behind it.
		const next = once(udp, 'message');
		for (const {address} of [two, one]) udp.send(erin.bind(time), address.port, '127.0.0.1');
		udp.send(erin.bind(time + 1), one.address.port, '127.0.0.1');
		const [later] = (await soon(next, () => 'the next BIND is not answered')) as [Buffer];
		t.truthy(consumeBound(erin.session, later, [time + 1]));
		await Promise.all([erin.close(), frank.close()]);
	},
);

clusterTest('a device that is removed, and an account, lose their sessions at every server', async t => {
	const [one, two, three] = await nodes();
	const first = await signUp(one, {name: 'gwen'});
	await found(first);
	await admit(first, 'laptop');
	const laptop = await signInWhole(two, {name: 'gwen', device: 'laptop'});
	await remove(first, 'laptop');
	t.like(await soon(laptop.alert(), () => 'the removed device stays'), {reason: 'deviceRemoved'});
	t.like(await askAdmin(three.data, {command: 'remove', name: 'gwen'}), {kind: 'done'});
	t.like(await soon(first.alert(), () => 'the removed account stays'), {reason: 'removed'});
	await Promise.all([first.close(), laptop.close()]);
});

const ASK_AGAIN_MS = 3000;

clusterTest('a new device is admitted by one at another server, and sees the log that admits it', async t => {
	const [one, two] = await nodes();
	const old = await signUp(one, {name: 'olga'});
	await found(old);
	const log = await logOf(old);
	const offer = createLinkOffer({name: 'olga', foundingKey: log.foundingKey}, 'device', Date.now(), systemRandom);
	const laptop = {name: 'olga', device: 'laptop'};
	// That it can answer is in the database a moment after it has said so.
	const canAnswer = async (): Promise<void> => {
		const {count} = await rowsOf('SELECT 1 FROM sessions WHERE name = $1 AND speaks', ['olga']);
		if (count === 0) await canAnswer();
	};
	await soon(canAnswer(), () => 'the others do not learn that the old device can answer');
	const {state, request} = startJoining(offer, identityOf(laptop), 'laptop', systemRandom);
	const guest = await join(two, laptop);
	// What goes between servers may be lost: a guest asks again.
	const ask = () => guest.send(FRAME.linkRequest, encodeLinkRequest(request));
	ask();
	const asking = setInterval(ask, ASK_AGAIN_MS);
	t.teardown(() => clearInterval(asking));
	const asked = decodeLinkRequest(await soon(old.next(FRAME.linkRequest), () => 'the request does not arrive'));
	clearInterval(asking);
	const step = consumeLinkRequest(offer, asked!, log, identityOf({name: 'olga'}), Date.now());
	if (step.kind !== 'extend') throw new Error(step.kind);
	await handIn(old, encodeDeviceEntry(step.entry));
	const shown = pageIn(await soon(guest.next(FRAME.log), () => 'the guest is not shown the log'));
	t.is(continueJoining(state, shown).kind, 'joined');
	await Promise.all([old.close(), guest.close()]);
});

clusterTest(
	'with another founding key a client signs in again, and the session of the old one is nowhere left',
	async t => {
		const [one, two] = await nodes();
		const pat = await signUp(one, {name: 'pat'});
		const quin = await signUp(two, {name: 'quin'});
		await pat.register();
		await sees(quin, 'pat');
		const [before, after] = [identityOf({name: 'pat'}), identityOf({name: 'pat', device: 'new'})];
		const statement = identityChangeStatement('pat', after.publicKey);
		const change = {
			identityKey: after.publicKey,
			signatureOld: sign(before, statement),
			signatureNew: sign(after, statement),
		};
		await pat.request(FRAME.changeIdentity, encodeChangeIdentity(change), FRAME.changed);
		t.like(await soon(pat.alert(), () => 'the session goes on'), {reason: 'shutdown'});
		await told(quin, 'pat', false);
		const again = await signIn(two, {name: 'pat', device: 'new'});
		await again.register();
		await told(quin, 'pat', true);
		const {rows} = await rowsOf('SELECT device FROM sessions WHERE name = $1', ['pat']);
		t.deepEqual(rows, [{device: after.publicKey}]);
		await Promise.all([pat.close(), quin.close(), again.close()]);
	},
);

leaseTest(
	'whoever was at a server that was killed is offline when its lease is over, and may sign in elsewhere at once',
	async t => {
		const [one] = await nodes();
		const doomed = await start();
		const heidi = await signUp(one, {name: 'heidi'});
		const [ivan, judy] = [await signUp(doomed, {name: 'ivan'}), await signUp(doomed, {name: 'judy'})];
		await Promise.all([heidi.register(), ivan.register(), judy.register()]);
		await sees(heidi, 'ivan');
		await sees(heidi, 'judy');
		await doomed.stop('SIGKILL');
		const back = await signIn(one, {name: 'judy'});
		await back.register();
		await told(heidi, 'ivan', false);
		await sees(heidi, 'judy');
		t.is(await introduce(heidi, 'ivan'), 'unavailable');
		await Promise.all([heidi, back, ivan, judy].map(async client => client.close()));
	},
);

leaseTest('a server that was stopped for longer than its lease ends its sessions before it serves anybody', async t => {
	const [one] = await nodes();
	const asleep = await start();
	const kim = await signUp(asleep, {name: 'kim'});
	await kim.register();
	const lou = await signUp(one, {name: 'lou'});
	await lou.register();
	await sees(lou, 'kim');
	asleep.child.kill('SIGSTOP');
	await told(lou, 'kim', false);
	const again = await signIn(one, {name: 'kim'});
	kim.send(FRAME.introduce, encodeIntroduce({request: ++requests, name: 'lou', time: Date.now()}));
	asleep.child.kill('SIGCONT');
	const alert = await soon(kim.alert(), () => 'the old session goes on');
	t.like(alert, {reason: 'shutdown'});
	t.false(kim.passed.includes(FRAME.introduction));
	// It is another server then, and takes clients again.
	await (await soon(untilIn(asleep, 'kim'), () => 'the server does not come back')).close();
	await Promise.all([again, lou, kim].map(async client => client.close()));
});

leaseTest('a server that is cut off from the database ends its sessions, and serves again when it is not', async t => {
	const [one] = await nodes();
	const host = new URL((await database!).url()).searchParams.get('host')!;
	let isCut = false;
	const line = await startForwarder(() => (isCut ? undefined : `${host}/.s.PGSQL.5432`));
	t.teardown(() => line.close());
	const lonely = await start(`postgres://postgres@127.0.0.1:${line.port}/postgres`);
	const mia = await signUp(lonely, {name: 'mia'});
	await mia.register();
	const noah = await signUp(one, {name: 'noah'});
	await sees(noah, 'mia');
	isCut = true;
	line.cut();
	// Nobody guesses uncounted meanwhile.
	t.like(await attemptLogin(lonely, 'sign-in', {name: 'mia', password: 'wrong'}), {alert: {reason: 'internal'}});
	t.like(await soon(mia.alert(), () => 'the session goes on'), {reason: 'shutdown'});
	await told(noah, 'mia', false);
	const refused = await askAdmin(lonely.data, {command: 'status', name: ''});
	t.like(refused, {kind: 'failed', reason: 'no database'});
	t.regex(refused?.kind === 'failed' ? refused.text : '', /cannot use the database .*does PostgreSQL run there/v);
	isCut = false;
	await (await soon(untilIn(lonely, 'mia'), () => 'the server does not come back')).close();
	await Promise.all([mia.close(), noah.close()]);
	await lonely.stop('SIGTERM');
	const said = lonely.lines.filter(each =>
		/the database (?:was out of reach for too long: all sessions end \(1\)|is there again)/v.test(each),
	);
	t.is(said.length, 2);
});

leaseTest(
	'two servers that hear each other by a Redis are one directory, say when it is away, and go on when it is back',
	async t => {
		const redis = await RedisServer.start();
		t.teardown(async () => redis.stop());
		const more = ['--bus', `redis://127.0.0.1:${redis.port}`];
		const [one, two] = [await start(undefined, more), await start(undefined, more)];
		const [uma, vic] = [await signUp(one, {name: 'uma'}), await signUp(two, {name: 'vic'})];
		await uma.register();
		await vic.register();
		await sees(uma, 'vic');
		const isIntroduced = async () => {
			const answer = await introduce(uma, 'vic');
			return typeof answer === 'object' && 'grant' in answer;
		};
		t.true(await isIntroduced());
		await redis.kill();
		const says = async (node: ClusterNode, words: string) =>
			soon(lineOf(node, words), () => `the log does not say: ${words}`);
		await says(one, 'the other servers cannot be heard');
		// What the database knows is known: for who asks, and in time for who watches.
		t.is(await introduce(uma, 'vic'), 'unavailable');
		t.true(await watch(uma, 'vic'));
		await redis.resume();
		await Promise.all([one, two].map(async node => says(node, 'the other servers are heard again')));
		t.true(await soon(untilTrue(isIntroduced), () => 'they are not introduced any more'));
		t.like(await askAdmin(one.data, {command: 'remove', name: 'vic'}), {kind: 'done'});
		t.like(await soon(vic.alert(), () => 'the removed account stays'), {reason: 'removed'});
		await told(uma, 'vic', false);
		await Promise.all([uma.close(), vic.close()]);
		t.is(one.lines.filter(line => line.includes('cannot be heard')).length, 1);
	},
	missingForRedis(),
);

async function lineOf(node: ClusterNode, words: string): Promise<void> {
	while (!node.lines.some(line => line.includes(words))) await new Promise(resolve => setImmediate(resolve));
}

async function untilTrue(ask: () => Promise<boolean>): Promise<boolean> {
	return (await ask()) || untilTrue(ask);
}

/** Signs in as soon as the server takes it. */
async function untilIn(node: ClusterNode, name: string): Promise<DirectoryClient> {
	for (;;) {
		const result = await attemptLogin(node, 'sign-in', {name});
		if (result.kind === 'established') {
			// A login that is refused behind ACCEPT ends with an ALERT in place of PONG.
			const client = result.client;
			const isIn = await client.request(FRAME.ping, encodePing(1), FRAME.pong).catch(() => undefined);
			if (isIn !== undefined) return client;
			await client.close();
		}
	}
}

async function rowsOf(text: string, values: readonly unknown[]) {
	const {PostgresqlDatabase} = await import('../../source/server/store/postgresql-database.ts');
	const connection = new PostgresqlDatabase((await database!).url());
	try {
		return await connection.query(text, values);
	} finally {
		await connection.close();
	}
}
