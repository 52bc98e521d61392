// Logins with somebody on the way who cuts the server's words short, or changes a bit of them.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {type LoginOutcome, attemptLogin} from '../../source/channel/directory/login-attempt.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {FRAME_HEADER_SIZE, isIgnorable} from '../../source/wire/frame.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type TestServer, startTestServer} from '../server/servers.ts';
import {identityOf, quickStretch, signUp} from '../../tools/members/directory-client.ts';

/** Of what the server says, from its first byte on: what the client gets. 'cut' ends the connection behind it. */
type Tamper = (chunk: Buffer, from: number) => {readonly bytes: Buffer; readonly cut?: boolean};

type Tried = {
	readonly kind: LoginOutcome['kind'];
	/** Bytes of the login that the server said; what it says to everybody who has signed in is none of it. */
	readonly size: number;
	/** Every x that was handed out. */
	readonly exponents: readonly Buffer[];
};

async function place(t: ExecutionContext): Promise<TestServer> {
	const plenty = {burst: 10_000, perSecond: 10_000};
	const server = await startTestServer(t, {limits: {connections: plenty, halfOpenPerAddress: 10_000}});
	await (await signUp(server, {name: 'alice'})).close();
	return server;
}

/** One login; resolves when both connections are down too. Those before it are long ago: each that ends early counts as a guess. */
async function attempt(server: TestServer, tamper: Tamper): Promise<Tried> {
	server.clock.ahead += 61_000;
	let size = 0;
	const said: Buffer[] = [];
	const proxy = createServer(client => {
		const upstream = connect({port: server.address.port, host: '127.0.0.1', noDelay: true});
		for (const [socket, other] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			socket.on('error', () => {});
			socket.on('close', () => other.destroy());
		}

		client.on('data', chunk => upstream.write(chunk));
		upstream.on('data', chunk => {
			const {bytes, cut = false} = tamper(chunk, size);
			size += chunk.length;
			said.push(chunk);
			if (cut) client.end(bytes);
			else client.write(bytes);
		});
		proxy.close();
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const closed = once(proxy, 'close');
	const exponents: Buffer[] = [];
	const outcome = await attemptLogin({
		server: {
			host: '127.0.0.1',
			port: (proxy.address() as AddressInfo).port,
			serverKey: parseJoinLink(server.joinLink)?.serverKey ?? Buffer.alloc(32),
		},
		mode: 'sign-in',
		name: 'alice',
		identity: identityOf({name: 'alice'}),
		invite: Buffer.alloc(0),
		async stretch(...asked) {
			const x = await quickStretch('correct horse')(...asked);
			exponents.push(x);
			return x;
		},
		entropy: systemEntropy,
		now: Date.now,
		// A length that says more than will come leaves both sides waiting.
		loginMs: 2000,
	});
	if (outcome.kind === 'established') outcome.end();
	await closed;
	return {kind: outcome.kind, size: loginSize(Buffer.concat(said)), exponents};
}

/** How many of these bytes are before the first frame that only who is signed in gets. */
function loginSize(bytes: Buffer): number {
	let at = 0;
	while (at + FRAME_HEADER_SIZE <= bytes.length && !isIgnorable(bytes[at + 2]!)) at += 2 + bytes.readUInt16BE(at);
	return Math.min(at, bytes.length);
}

const honest: Tamper = bytes => ({bytes});

function isWiped({exponents}: Tried): boolean {
	return exponents.every(x => x.every(byte => byte === 0));
}

test('a login that is cut off after any of the server’s bytes comes to nothing, and leaves nothing', async t => {
	const server = await place(t);
	const {kind, size, exponents} = await attempt(server, honest);
	t.is(kind, 'established');
	t.is(exponents.length, 1);
	for (let step = 0; step <= 24; step++) {
		const limit = Math.floor(((size - 1) * step) / 24);
		const tried = await attempt(server, (chunk, from) => ({
			bytes: chunk.subarray(0, Math.max(0, limit - from)),
			cut: from + chunk.length > limit,
		}));
		t.is(tried.kind, 'closed', `after ${limit} bytes`);
		t.true(isWiped(tried));
	}

	t.is((await attempt(server, honest)).kind, 'established');
});

test('a login in which any bit of the server’s is another comes to nothing, and leaves nothing', async t => {
	const server = await place(t);
	const {size} = await attempt(server, honest);
	const kinds = new Set<string>();
	for (let step = 0; step < 48; step++) {
		const at = Math.floor((size * step) / 48);
		const tried = await attempt(server, (chunk, from) => {
			const bytes = Buffer.from(chunk);
			if (at >= from && at < from + bytes.length) bytes[at - from]! ^= 1 << (step % 8);
			return {bytes};
		});
		t.not(tried.kind, 'established', `byte ${at}, bit ${step % 8}`);
		t.true(isWiped(tried));
		kinds.add(tried.kind);
	}

	t.true(kinds.has('failed'));
	t.is((await attempt(server, honest)).kind, 'established');
});
