// A server as a whole: its addresses, its metrics, and that a start which fails leaves nothing open.
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import test from 'ava';
import {ListenError} from '../../source/server/bind-sockets.ts';
import {FrameSocket, attemptLogin, signUp} from '../../tools/members/directory-client.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startTestServer} from './servers.ts';

test('the join link names the host that was given, or one that others can reach', async t => {
	const given = await startTestServer(t);
	t.like(parseJoinLink(given.joinLink), {host: '127.0.0.1', port: given.address.port});
	const all = await startTestServer(t, {listen: {port: 0}});
	const link = parseJoinLink(all.joinLink);
	t.is(link?.port, all.address.port);
	t.false(['::', '0.0.0.0'].includes(link?.host ?? '::'));
});

test('the key stays the same over restarts', async t => {
	const first = await startTestServer(t);
	await first.close();
	const second = await startTestServer(t, {data: first.data});
	t.deepEqual(parseJoinLink(second.joinLink)?.serverKey, parseJoinLink(first.joinLink)?.serverKey);
});

test('all addresses means both families, where the machine has both; IPv4 clients look like IPv4', async t => {
	const server = await startTestServer(t, {listen: {port: 0}});
	const alice = await signUp(server, {name: 'alice'});
	t.is(alice.session.observed.host, '127.0.0.1');
	const bound = await alice.register();
	t.deepEqual(bound, {host: '127.0.0.1', port: (await alice.udp()).address().port});
	await alice.close();
	if (server.address.host !== '::') return;
	const frames = await FrameSocket.connect(server.address.port, '::1');
	frames.socket.destroy();
	await frames.closed;
});

test('a port that TCP or UDP has taken is named, and the data directory is free again', async t => {
	const tcp = createServer().listen(0, '127.0.0.1');
	await once(tcp, 'listening');
	const udp = createSocket('udp4').bind(0, '127.0.0.1');
	await once(udp, 'listening');
	const data = temporaryFolder(t);
	for (const {port} of [tcp.address() as AddressInfo, udp.address()]) {
		const listen = {host: '127.0.0.1', port};
		const error = await t.throwsAsync(startTestServer(t, {data, listen}), {instanceOf: ListenError});
		t.is(error?.code, 'EADDRINUSE');
		t.regex(error?.message ?? '', new RegExp(`127\\.0\\.0\\.1:${port}: the port is taken`));
	}

	const metrics = {host: '127.0.0.1', port: (tcp.address() as AddressInfo).port};
	await t.throwsAsync(startTestServer(t, {data, metrics}), {instanceOf: ListenError});
	tcp.close();
	udp.close();
	t.truthy((await startTestServer(t, {data})).joinLink);
});

test('metrics say what was measured, at one address only', async t => {
	const server = await startTestServer(t, {metrics: {host: '127.0.0.1', port: 0}});
	const alice = await signUp(server, {name: 'alice'});
	await attemptLogin(server, 'sign-in', {name: 'alice', password: 'wrong', device: 'other'});
	const base = `http://127.0.0.1:${server.metrics?.port}`;
	const response = await fetch(`${base}/metrics`);
	const text = await response.text();
	const lines = text.split('\n');
	for (const line of [
		'simchat_online 1',
		'simchat_accounts 1',
		'simchat_logins_total 1',
		'simchat_registrations_total 1',
		'simchat_refusals_total{reason="credentials"} 1',
	]) {
		t.true(lines.includes(line), line);
	}

	t.false(text.includes('alice'));
	t.is((await fetch(`${base}/`)).status, 404);
	t.is((await fetch(`${base}/metrics`, {method: 'POST'})).status, 404);
	await alice.close();
});
