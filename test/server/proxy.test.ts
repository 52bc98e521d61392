// Behind a proxy: the header that says whose connection it is, whatever its bytes are; who may send one; and what the address in it is for.
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {type AddressInfo, type Socket, connect, createServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {HEADER_MS} from '../../source/server/proxied-sockets.ts';
import {readProxyHeader} from '../../source/server/proxy-header.ts';
import {parseNetworkRange, trustIn} from '../../source/server/trusted-proxies.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeReflectors} from '../../source/wire/messages/ways.ts';
import {attemptLogin, signUp} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {type TestServer, startTestServer} from './servers.ts';

const SIGNATURE = '0d0a0d0a000d0a515549540a';
const LOCAL = Buffer.from(`${SIGNATURE}20000000`, 'hex');
const CLIENT = '203.0.113.9';

/** A header as a proxy writes it: this command and family, and these bytes behind its length. */
function headerOf(rest: Buffer, command = 0x21, family = 0x11): Buffer {
	const fixed = Buffer.from(`${SIGNATURE}00000000`, 'hex');
	fixed[12] = command;
	fixed[13] = family;
	fixed.writeUInt16BE(rest.length, 14);
	return Buffer.concat([fixed, rest]);
}

function ends(source: Buffer, from: number, reached: Buffer, at: number): Buffer {
	const ports = Buffer.alloc(4);
	ports.writeUInt16BE(from, 0);
	ports.writeUInt16BE(at, 2);
	return Buffer.concat([source, reached, ports]);
}

const v4 = (text: string) => Buffer.from(text.split('.').map(Number));
/** Of this client, which has reached 198.51.100.1:7406. */
const client = (host = CLIENT, port = 5555) => headerOf(ends(v4(host), port, v4('198.51.100.1'), 7406));

const port = fc.integer({min: 1, max: 65_535});
const host4 = fc
	.tuple(fc.integer({min: 11, max: 126}), fc.nat(255), fc.nat(255), fc.nat(255))
	.map(parts => parts.join('.'));
const tlvs = fc
	.array(fc.tuple(fc.nat(255), fc.uint8Array({maxLength: 60})), {maxLength: 5})
	.map(list =>
		Buffer.concat(
			list.map(([type, value]) => Buffer.concat([Buffer.from([type, value.length >> 8, value.length & 0xff]), value])),
		),
	);

test('a header is read with whatever follows it, and is not whole until it is', t => {
	fc.assert(
		fc.property(host4, port, host4, port, tlvs, fc.uint8Array({maxLength: 40}), (from, a, reached, b, more, behind) => {
			const header = headerOf(Buffer.concat([ends(v4(from), a, v4(reached), b), more]));
			const read = readProxyHeader(Buffer.concat([header, behind]));
			const addresses = {from: {host: from, port: a}, reached: {host: reached, port: b}};
			t.deepEqual(read, {client: addresses, size: header.length});
			for (let size = 0; size < header.length; size++) {
				if (readProxyHeader(header.subarray(0, size)) !== 'incomplete') t.fail(`whole at ${size}`);
			}
		}),
		{numRuns: 50},
	);
	const six = Buffer.from('20010db8000000000000000000000001', 'hex');
	const header = headerOf(ends(six, 9, six, 10), 0x21, 0x21);
	const end = {host: '2001:db8::1', port: 9};
	t.deepEqual(readProxyHeader(header), {client: {from: end, reached: {...end, port: 10}}, size: 52});
	const mapped = Buffer.concat([Buffer.from('00000000000000000000ffff', 'hex'), v4(CLIENT)]);
	const dual = headerOf(ends(mapped, 9, mapped, 9), 0x21, 0x21);
	t.like(readProxyHeader(dual), {client: {from: {host: CLIENT, port: 9}}});
});

test('a proxy that speaks for itself names nobody, whatever it says of it', t => {
	t.deepEqual(readProxyHeader(LOCAL), {client: undefined, size: 16});
	fc.assert(
		fc.property(fc.nat(255), fc.uint8Array({maxLength: 1024}), (family, rest) => {
			const header = headerOf(Buffer.from(rest), 0x20, family);
			t.deepEqual(readProxyHeader(header), {client: undefined, size: header.length});
		}),
		{numRuns: 50},
	);
});

const bad: Readonly<Record<string, Buffer>> = {
	'version 1': Buffer.from(`PROXY TCP4 ${CLIENT} 198.51.100.1 5555 7406\r\n`),
	'a HELLO': Buffer.from('002a01', 'hex'),
	'another version': headerOf(ends(v4(CLIENT), 1, v4(CLIENT), 1), 0x11),
	'another command': headerOf(ends(v4(CLIENT), 1, v4(CLIENT), 1), 0x22),
	AF_UNSPEC: headerOf(Buffer.alloc(0), 0x21, 0x00),
	AF_UNIX: headerOf(Buffer.alloc(216, 1), 0x21, 0x31),
	'a datagram': headerOf(ends(v4(CLIENT), 1, v4(CLIENT), 1), 0x21, 0x12),
	'no protocol': headerOf(ends(v4(CLIENT), 1, v4(CLIENT), 1), 0x21, 0x10),
	'an unknown family': headerOf(Buffer.alloc(12, 1), 0x21, 0x41),
	'too little for its family': headerOf(ends(v4(CLIENT), 1, v4(CLIENT), 1), 0x21, 0x21),
	'half an address': headerOf(v4(CLIENT)),
	'port 0': headerOf(ends(v4(CLIENT), 0, v4(CLIENT), 1)),
	'nobody’s address': headerOf(ends(v4('0.0.0.0'), 1, v4(CLIENT), 1)),
	'a group of hosts': headerOf(ends(v4('224.0.0.1'), 1, v4(CLIENT), 1)),
	'a TLV past the end': headerOf(Buffer.concat([ends(v4(CLIENT), 1, v4(CLIENT), 1), Buffer.from('040005aa', 'hex')])),
	'half a TLV': headerOf(Buffer.concat([ends(v4(CLIENT), 1, v4(CLIENT), 1), Buffer.from('0400', 'hex')])),
	'too much': headerOf(Buffer.alloc(1025)).subarray(0, 16),
};

test('anything else is no header, and any bytes are something', t => {
	for (const [name, bytes] of Object.entries(bad)) t.is(readProxyHeader(bytes), 'malformed', name);
	const start = Buffer.from(`${SIGNATURE}21`, 'hex');
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 200}), fc.boolean(), fc.boolean(), (given, isSigned, isWhole) => {
			const bytes = Buffer.concat([isSigned ? start : Buffer.alloc(0), given]);
			if (isWhole && bytes.length >= 16) bytes.writeUInt16BE(bytes.length - 16, 14);
			const read = readProxyHeader(bytes);
			if (typeof read === 'object') t.true(isSigned && read.size <= bytes.length);
			else if (isSigned && isWhole && bytes.length >= 16) t.is(read, 'malformed');
			else if (!isSigned && bytes.length > 0 && bytes[0] !== 0x0d) t.is(read, 'malformed');
		}),
	);
});

test('a network is an address with a prefix, and never everybody', t => {
	const isTrusted = trustIn(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'].map(text => parseNetworkRange(text)!));
	for (const host of ['10.255.0.1', '192.0.2.7', '2001:db8:1::1']) t.true(isTrusted(host), host);
	for (const host of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '127.0.0.1']) t.false(isTrusted(host), host);
	t.false(trustIn([])('127.0.0.1'));
	for (const text of ['', '10.0.0.0/0', '::/0', '10.0.0/8', '10.0.0.0/33', '::1/129', 'proxy', '10.0.0.0/8/8', '/8']) {
		t.is(parseNetworkRange(text), undefined, text);
	}
});

/** A proxy at 127.0.0.2 that writes this in front of each connection, and the place that its clients reach. */
async function proxyOf(t: ExecutionContext, server: TestServer, header: () => Buffer) {
	const sockets = new Set<Socket>();
	const proxy = createServer(near => {
		const far = connect({port: server.address.port, host: '127.0.0.1', localAddress: '127.0.0.2', noDelay: true});
		for (const socket of [near, far]) {
			sockets.add(socket);
			socket.on('error', () => {});
		}

		far.write(header());
		near.pipe(far).pipe(near);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	t.teardown(() => {
		proxy.close();
		for (const socket of sockets) socket.destroy();
	});
	return {address: {port: (proxy.address() as AddressInfo).port}, joinLink: server.joinLink};
}

const TRUSTED = [{host: '127.0.0.2', prefix: 32}];
const drops = (server: TestServer) => server.events.filter(({kind}) => kind === 'dropped');

test('who comes through a trusted proxy is whom it names: as observed, in the log, and to every limit', async t => {
	const limits = {connections: {burst: 2, perSecond: 0.0001}};
	const server = await startTestServer(t, {trustedProxies: TRUSTED, limits});
	let from = CLIENT;
	const place = await proxyOf(t, server, () => client(from));
	const alice = await signUp(place, {name: 'alice'});
	t.deepEqual(alice.session.observed, {host: CLIENT, port: 5555});
	t.like(
		server.events.find(({kind}) => kind === 'signed in'),
		{from: `${CLIENT}:5555`},
	);
	// It has reached the proxy, and not this machine's loopback.
	t.deepEqual(decodeReflectors(await alice.next(FRAME.reflectors)), []);
	t.is((await attemptLogin(place, 'sign-in', {name: 'alice'})).kind, 'established');
	t.like(await attemptLogin(place, 'sign-in', {name: 'alice'}), {kind: 'refused', alert: {reason: 'busy'}});
	t.like(drops(server).at(-1), {reason: 'address limit', from: CLIENT});
	from = '203.0.113.10';
	t.is((await attemptLogin(place, 'sign-in', {name: 'alice'})).kind, 'established');
});

test('a proxy that looks whether the server is there is itself; who is no proxy comes as before', async t => {
	const server = await startTestServer(t, {trustedProxies: TRUSTED});
	const place = await proxyOf(t, server, () => LOCAL);
	const alice = await signUp(place, {name: 'alice'});
	t.is(alice.session.observed.host, '127.0.0.2');
	const bob = await signUp(server, {name: 'bob'});
	t.is(bob.session.observed.host, '127.0.0.1');
	const probe = connect({port: server.address.port, host: '127.0.0.1', localAddress: '127.0.0.2'});
	await once(probe, 'connect');
	probe.destroy();
	await once(probe, 'close');
	await alice.close();
	await bob.close();
	t.deepEqual(drops(server), []);
});

test('a header from somebody else, none from a proxy, a bad one, half a one: refused', async t => {
	const server = await startTestServer(t, {trustedProxies: TRUSTED});
	const say = async (localAddress: string, bytes: Buffer) => {
		const socket = connect({port: server.address.port, host: '127.0.0.1', localAddress, noDelay: true});
		socket.on('error', () => {});
		const closed = once(socket, 'close');
		socket.resume();
		await once(socket, 'connect');
		socket.write(bytes);
		return {socket, closed};
	};

	const refused = async (localAddress: string, bytes: Buffer, words: string) => {
		const before = drops(server).length;
		const {closed} = await say(localAddress, bytes);
		await within(closed, 5000, () => `not refused: ${words}`);
		t.like(drops(server).at(-1), {reason: 'proxy header'}, words);
		t.is(drops(server).length, before + 1, words);
	};

	await refused('127.0.0.1', client(), 'not trusted');
	for (const [words, bytes] of Object.entries(bad)) await refused('127.0.0.2', bytes, words);
	const count = drops(server).length;
	const half = await say('127.0.0.2', client().subarray(0, 20));
	const silent = await say('127.0.0.2', Buffer.alloc(0));
	server.clock.ahead += HEADER_MS;
	await within(Promise.all([half.closed, silent.closed]), 5000, () => 'half a header was waited for without end');
	half.socket.destroy();
	t.is(drops(server).length, count + 2);
});

const HAPROXY = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin']
	.map(folder => path.join(folder, 'haproxy'))
	.find(file => existsSync(file));

async function freePort(host: string): Promise<number> {
	const server = createServer().listen(0, host);
	await once(server, 'listening');
	const {port: free} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return free;
}

/** A port of 127.0.0.1 at which HAProxy hands on to the server. Another program may take a free port first: then another one is tried. */
async function startHaproxy(t: ExecutionContext, server: TestServer): Promise<number> {
	for (let tries = 0; ; tries++) {
		const front = await freePort('127.0.0.1');
		const file = path.join(temporaryFolder(t), 'haproxy.cfg');
		await writeFile(
			file,
			`defaults
	mode tcp
	timeout connect 5s
	timeout client 1m
	timeout server 1m
listen simchat
	bind 127.0.0.1:${front}
	server one 127.0.0.1:${server.address.port} source 127.0.0.2 send-proxy-v2 check inter 100
`,
		);
		const child = spawn(HAPROXY!, ['-db', '-f', file], {stdio: ['ignore', 'ignore', 'pipe']});
		t.teardown(() => child.kill('SIGKILL'));
		let said = '';
		child.stderr.on('data', chunk => (said += String(chunk)));
		const ended = once(child, 'exit').then(() => false);
		const listens = async () => {
			for (;;) {
				const socket = connect(front, '127.0.0.1');
				const isThere = await new Promise<boolean>(resolve => {
					socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
				});
				socket.destroy();
				if (isThere) return true;
				await new Promise(resolve => setTimeout(resolve, 20));
			}
		};

		if (await within(Promise.race([listens(), ended]), 20_000, () => `HAProxy does not listen: ${said}`)) return front;
		if (tries === 5) throw new Error(`HAProxy does not start: ${said}`);
	}
}

const withHaproxy = HAPROXY === undefined ? test.skip : test;
withHaproxy(`through HAProxy${HAPROXY === undefined ? ' (needs haproxy)' : ''}`, async t => {
	const server = await startTestServer(t, {trustedProxies: TRUSTED});
	const front = await startHaproxy(t, server);
	const alice = await signUp({address: {port: front}, joinLink: server.joinLink}, {name: 'alice'});
	t.is(alice.session.observed.host, '127.0.0.1');
	t.like(
		server.events.find(({kind}) => kind === 'signed in'),
		{from: `127.0.0.1:${alice.session.observed.port}`},
	);
	t.is(alice.frames.socket.localPort, alice.session.observed.port);
	await alice.close();
	t.deepEqual(drops(server), []);
});
