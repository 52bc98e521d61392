// The client's UDP socket: its port, what cannot be sent, and groups of one link.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {networkInterfaces} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import {openDatagramSocket, type PortWish} from '../../source/channel/datagram-socket.ts';
import {bindUdp} from '../../source/os/udp-bind.ts';
import {type Address} from '../../source/wire/address.ts';

type Heard = {text: string; from: Address};

/** A socket, and what it hears, one after the other. */
async function open(t: ExecutionContext, wish?: PortWish) {
	const heard: Heard[] = [];
	let wake: (() => void) | undefined;
	const socket = await openDatagramSocket((datagram, from) => {
		heard.push({text: datagram.toString(), from});
		wake?.();
	}, wish);
	t.teardown(() => socket.close());
	const next = async (): Promise<Heard> => {
		while (heard.length === 0) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}

		return heard.shift()!;
	};
	return {socket, next};
}

test('it opens on the port that is wished for, for both families', async t => {
	const first = await open(t);
	const {port, family} = first.socket;
	first.socket.close();
	const {socket, next} = await open(t, {port});
	t.is(socket.port, port);
	const other = await open(t);
	for (const host of family === 6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
		other.socket.send(Buffer.from(host), {host, port});
		const {text, from} = await next();
		t.is(text, host);
		t.deepEqual(from, {host, port: other.socket.port});
	}
});

test('a port that is taken in IPv4 alone is taken for both families', async t => {
	const other = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	t.teardown(() => other.close());
	const {port} = other.address();
	const {socket} = await open(t, {port});
	t.not(socket.port, port);
	await t.throwsAsync(
		openDatagramSocket(() => {}, {port, isDemanded: true}),
		{code: 'EADDRINUSE'},
	);
});

test('what the system refuses to send is counted by its code, and nothing throws', async t => {
	const {socket, next} = await open(t);
	socket.send(Buffer.alloc(70_000), {host: '127.0.0.1', port: socket.port});
	socket.send(Buffer.alloc(1), {host: 'no address', port: socket.port});
	socket.send(Buffer.alloc(1), {host: '127.0.0.1', port: 0});
	socket.sendToGroup(Buffer.alloc(1), {host: '239.255.74.6', port: 7408}, 'no interface');
	// Behind all of them: what comes back has seen them counted.
	socket.send(Buffer.from('end'), {host: '127.0.0.1', port: socket.port});
	t.is((await next()).text, 'end');
	t.true((socket.errors.get('EMSGSIZE') ?? 0) === 1, JSON.stringify([...socket.errors]));
	const total = [...socket.errors.values()].reduce((sum, count) => sum + count, 0);
	t.is(total, 4);
});

test('a closed socket sends nothing', async t => {
	const {socket} = await open(t);
	socket.close();
	socket.close();
	t.notThrows(() => socket.send(Buffer.alloc(1), {host: '127.0.0.1', port: 1}));
	t.notThrows(() => socket.sendToGroup(Buffer.alloc(1), {host: '239.255.74.6', port: 1}, '127.0.0.1'));
});

test('a datagram to a group leaves on the link that is named', async t => {
	const member = await bindUdp({type: 'udp4', address: '0.0.0.0', port: 0, isShared: true});
	t.teardown(() => member.close());
	member.addMembership('239.255.74.6', '127.0.0.1');
	const {socket} = await open(t);
	const heard = once(member, 'message') as Promise<[Buffer, {address: string; port: number}]>;
	socket.sendToGroup(Buffer.from('call'), {host: '239.255.74.6', port: member.address().port}, '127.0.0.1');
	const [datagram, {address, port}] = await heard;
	t.is(datagram.toString(), 'call');
	t.is(address, '127.0.0.1');
	t.is(port, socket.port);
});

test('who was heard at a link-local address is answered on the link where they were heard', async t => {
	const link = Object.entries(networkInterfaces()).find(([, all]) =>
		all?.some(({address, internal}) => !internal && address.startsWith('fe80:')),
	);
	const own = link?.[1]?.find(({address}) => address.startsWith('fe80:'))?.address;
	if (link === undefined || own === undefined) {
		t.pass('this machine has no link-local address');
		return;
	}

	const {socket, next} = await open(t);
	const peer = await bindUdp({type: 'udp6', address: `${own}%${link[0]}`, port: 0});
	t.teardown(() => peer.close());
	peer.send('hello', socket.port, `${own}%${link[0]}`);
	const {from} = await next();
	t.false(from.host.includes('%'));
	const answered = once(peer, 'message') as Promise<[Buffer]>;
	socket.send(Buffer.from('hello back'), from);
	t.is((await answered)[0].toString(), 'hello back');
});
