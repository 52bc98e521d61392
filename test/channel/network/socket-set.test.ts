// Many sockets at once: their numbers, their bound, and a system that has no more of them.
import {Buffer} from 'node:buffer';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {OWN_SOCKET, SOCKET_LIMIT, SocketSet} from '../../../source/channel/network/socket-set.ts';
import {bindUdp} from '../../../source/os/udp-bind.ts';
import {type Address} from '../../../source/wire/address.ts';

function setUp(t: ExecutionContext) {
	const sent: Array<{text: string; to: Address}> = [];
	const heard: Array<{text: string; from: Address; socket: number}> = [];
	let wake: (() => void) | undefined;
	const set = new SocketSet({
		own: {send: (datagram, to) => sent.push({text: datagram.toString(), to})},
		onDatagram(datagram, from, socket) {
			heard.push({text: datagram.toString(), from, socket});
			wake?.();
		},
	});
	t.teardown(() => set.closeAllBut());
	const next = async () => {
		while (heard.length === 0) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}

		return heard.shift()!;
	};
	return {set, sent, next};
}

async function bindPeer(t: ExecutionContext) {
	const peer = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	t.teardown(() => peer.close());
	return {peer, place: {host: '127.0.0.1', port: peer.address().port}};
}

test('each socket sends from a port of its own, and what comes back names it', async t => {
	const {set, next} = setUp(t);
	const {peer, place} = await bindPeer(t);
	const [first, second, third] = await set.open(3);
	t.deepEqual([first, second, third], [1, 2, 3]);
	const ports = new Set<number>();
	for (const socket of [second!, third!]) {
		const asked = once(peer, 'message') as Promise<[Buffer, {port: number}]>;
		set.send(socket, Buffer.from(`ask ${socket}`), place);
		const [datagram, {port}] = await asked;
		t.is(datagram.toString(), `ask ${socket}`);
		ports.add(port);
		peer.send(`answer ${socket}`, port, place.host);
		t.deepEqual(await next(), {text: `answer ${socket}`, from: place, socket});
	}

	t.is(ports.size, 2);
});

test('number 0 is the client’s own socket', t => {
	const {set, sent} = setUp(t);
	const to = {host: '2001:db8::1', port: 5};
	set.send(OWN_SOCKET, Buffer.from('x'), to);
	t.deepEqual(sent, [{text: 'x', to}]);
});

test('512 are open at most, however often one asks', async t => {
	const {set} = setUp(t);
	const [many, more] = await Promise.all([set.open(400), set.open(400)]);
	t.is(many.length + more.length, SOCKET_LIMIT);
	t.deepEqual(await set.open(1), []);
	t.is(set.numbers.length, SOCKET_LIMIT);
	t.is(new Set(set.numbers).size, SOCKET_LIMIT);
	set.closeAllBut();
	t.deepEqual(set.numbers, []);
	t.deepEqual(await set.open(1), [SOCKET_LIMIT + 1]);
});

test('the one that heard something stays, with its number; the rest send nothing any more', async t => {
	const {set, next} = setUp(t);
	const {peer, place} = await bindPeer(t);
	await set.open(10);
	set.closeAllBut([7]);
	t.deepEqual(set.numbers, [7]);
	const asked = once(peer, 'message') as Promise<[Buffer, {port: number}]>;
	set.send(3, Buffer.from('closed'), place);
	set.send(99, Buffer.from('never there'), place);
	set.send(7, Buffer.from('open'), place);
	const [datagram, {port}] = await asked;
	t.is(datagram.toString(), 'open');
	peer.send('back', port, place.host);
	t.is((await next()).socket, 7);
	t.deepEqual([...set.errors], []);
});

test('what is opened while all is closed is closed, too', async t => {
	const {set} = setUp(t);
	const opening = set.open(100);
	set.closeAllBut();
	t.deepEqual(await opening, []);
	t.deepEqual(set.numbers, []);
	t.is((await set.open(SOCKET_LIMIT)).length, SOCKET_LIMIT);
});

test('what cannot be sent is counted, and IPv6 is not for these', async t => {
	const {set} = setUp(t);
	const {peer, place} = await bindPeer(t);
	await set.open(1);
	set.send(1, Buffer.alloc(70_000), place);
	set.send(1, Buffer.alloc(1), {...place, port: 0});
	set.send(1, Buffer.alloc(1), {host: '::1', port: 5});
	const come = once(peer, 'message');
	set.send(1, Buffer.from('end'), place);
	await come;
	t.is(
		[...set.errors.values()].reduce((sum, count) => sum + count, 0),
		2,
	);
	t.is(set.errors.get('EMSGSIZE'), 1);
});

test('a system that has no more sockets gives fewer, that is counted, and some are left for whatever else is opened', async t => {
	const file = new URL('../../../source/channel/network/socket-set.ts', import.meta.url).href;
	const code = `
		import {openSync} from 'node:fs';
		import {SocketSet} from '${file}';
		const set = new SocketSet({own: {send() {}}, onDatagram() {}});
		const got = await set.open(256);
		const files = Array.from({length: 16}, () => openSync('/dev/null'));
		const again = await set.open(256);
		console.log(JSON.stringify({files: files.length, got: got.length, again: again.length, emfile: set.errors.get('EMFILE') > 0}));
		set.closeAllBut();
	`;
	const node = [process.execPath, '--import=tsx', '--input-type=module', '--eval', code];
	const {stdout} = await promisify(execFile)('sh', ['-c', 'ulimit -n 100; exec "$@"', 'sh', ...node]);
	const {files, got, again, emfile} = JSON.parse(stdout) as Record<'files' | 'got' | 'again', number> & {
		emfile: boolean;
	};
	t.true(got > 0 && got < 100, `${got}`);
	t.is(files, 16);
	t.true(again <= 16, `${again}`);
	t.true(emfile);
});
