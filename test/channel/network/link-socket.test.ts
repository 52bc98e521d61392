// Calls on one link: who hears them, and who does not.
import {Buffer} from 'node:buffer';
import {networkInterfaces} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import {openDatagramSocket} from '../../../source/channel/datagram-socket.ts';
import {linksOf, openLinkSocket} from '../../../source/channel/network/link-socket.ts';
import {CALL_PORT} from '../../../source/protocol/path/link-call.ts';
import {bindUdp} from '../../../source/os/udp-bind.ts';
import {type Address} from '../../../source/wire/address.ts';
import {within} from '../../../tools/within.ts';

const GROUP = '239.255.74.6';

/** A port that nobody has: the kernel's choice, given back. */
async function freePort(): Promise<number> {
	const socket = await bindUdp({type: 'udp6', address: '::', port: 0});
	const {port} = socket.address();
	socket.close();
	return port;
}

async function listen(t: ExecutionContext, port: number) {
	const heard: Array<{text: string; from: Address}> = [];
	let wake: (() => void) | undefined;
	const socket = await openLinkSocket((datagram, from) => {
		heard.push({text: datagram.toString(), from});
		wake?.();
	}, port);
	t.teardown(() => socket.close());
	const first = async () => {
		while (heard.length === 0) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}

		return heard.shift()!;
	};
	const next = async () => within(first(), 30_000, () => `nothing is heard: ${JSON.stringify([...socket.errors])}`);
	return {socket, next};
}

/** At a port that nobody has. Between two steps of ours somebody may take it: then at another one. */
async function listenAlone(t: ExecutionContext) {
	for (let tries = 1; ; tries++) {
		const port = await freePort();
		const hearer = await listen(t, port);
		if (hearer.socket.errors.size === 0 || tries === 20) return {...hearer, port};
		hearer.socket.close();
	}
}

test('two clients of one machine hear a call, with the port of the caller’s own socket, and answer there', async t => {
	const first = await listenAlone(t);
	const {port} = first;
	const link = {group: {host: GROUP, port}, via: '127.0.0.1'};
	const answers: string[] = [];
	let done: (() => void) | undefined;
	const bothAnswered = new Promise<void>(resolve => {
		done = resolve;
	});
	const caller = await openDatagramSocket(datagram => {
		if (answers.push(datagram.toString()) === 2) done?.();
	});
	t.teardown(() => caller.close());
	const hearers = [first, await listen(t, port)];
	for (const {socket} of hearers) socket.join([link]);
	caller.sendToGroup(Buffer.from('call'), link.group, link.via);
	for (const [index, {next}] of hearers.entries()) {
		const {text, from} = await next();
		t.is(text, 'call');
		t.deepEqual(from, {host: '127.0.0.1', port: caller.port});
		const own = await openDatagramSocket(() => {});
		t.teardown(() => own.close());
		own.send(Buffer.from(`answer ${index}`), from);
	}

	await within(bothAnswered, 30_000, () => `answers: ${answers.join(', ')}`);
	t.deepEqual(answers.toSorted(), ['answer 0', 'answer 1']);
});

test('what is sent to this machine alone is not heard, nor what is sent to the group once it was left', async t => {
	const {socket, next, port} = await listenAlone(t);
	const link = {group: {host: GROUP, port}, via: '127.0.0.1'};
	const caller = await openDatagramSocket(() => {});
	t.teardown(() => caller.close());
	socket.join([link]);
	socket.join([]);
	caller.sendToGroup(Buffer.from('left'), link.group, link.via);
	socket.join([link]);
	for (const host of ['127.0.0.1', '::1']) caller.send(Buffer.from('alone'), {host, port});
	caller.sendToGroup(Buffer.from('call'), link.group, link.via);
	t.is((await next()).text, 'call');
	t.is(socket.errors.get('EADDRINUSE'), undefined);
	socket.close();
	socket.close();
	t.notThrows(() => socket.join([link]));
});

test('a port that somebody has alone, and a link that is none, are counted', async t => {
	const other = await bindUdp({type: 'udp4', address: '0.0.0.0', port: 0});
	t.teardown(() => other.close());
	const {socket} = await listen(t, other.address().port);
	t.is(socket.errors.get('EADDRINUSE'), 1);
	const {socket: open} = await listenAlone(t);
	open.join([
		{group: {host: GROUP, port: 1}, via: '203.0.113.99'},
		{group: {host: GROUP, port: 1}, via: 'no address'},
	]);
	t.is(
		[...open.errors.values()].reduce((sum, count) => sum + count, 0),
		2,
	);
});

test('the links of a machine: each once in each family, none inside the machine, 16 at most', t => {
	const rest = {netmask: '', mac: '', internal: false, cidr: null};
	const ipv4 = (address: string) => ({...rest, address, family: 'IPv4'}) as const;
	const ipv6 = (address: string) => ({...rest, address, family: 'IPv6', scopeid: 0}) as const;
	const all = {
		lo: [{...ipv4('127.0.0.1'), internal: true}],
		docker0: [ipv4('172.17.0.1')],
		eth0: [ipv4('192.168.1.2'), ipv4('192.168.1.3'), ipv6('fe80::1'), ipv6('2001:db8::1')],
		wlan0: [ipv4('10.0.0.2')],
		eth1: [ipv6('fe80::2')],
		eth2: [ipv6('fe80::3'), ipv6('fd00::3')],
	};
	const [group4, group6] = [
		{host: GROUP, port: CALL_PORT},
		{host: 'ff02::1:4a06', port: CALL_PORT},
	];
	t.deepEqual(linksOf(all), [
		{group: group4, via: '192.168.1.2'},
		{group: group6, via: 'eth0'},
		{group: group4, via: '10.0.0.2'},
		{group: group6, via: 'eth2'},
	]);
	const many = Object.fromEntries(
		Array.from({length: 100}, (_, index) => [`eth${index}`, [ipv4(`10.0.0.${index}`), ipv6('fe80::1')]]),
	);
	t.is(linksOf(many).length, 16);
	t.true(linksOf(networkInterfaces()).length <= 16);
});
