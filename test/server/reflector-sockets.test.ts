// The UDP sockets of a server: each own address answers for itself, at two ports, and addresses come and go.
import {Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {OWN_ADDRESS_LIMIT} from '../../source/server/own-addresses.ts';
import {LOOK_MS, ReflectorSockets} from '../../source/server/reflector-sockets.ts';
import {type Address, addressText} from '../../source/wire/address.ts';

type Opened = {
	readonly sockets: ReflectorSockets;
	readonly missing: string[];
	port: number;
	/** The machine's addresses, as they are from now on. */
	hosts: readonly string[];
};

/** Reflectors that answer with where they were asked; not open yet. */
function made(t: ExecutionContext, hosts: readonly string[], mayChange = true): Opened {
	const missing: string[] = [];
	const sockets = new ReflectorSockets({
		hosts: () => opened.hosts,
		mayChange,
		answer: (datagram, _, at) => (datagram.length === 1 ? Buffer.from(addressText(at)) : undefined),
		onMissing: (at, code) => missing.push(`${addressText(at)} ${code}`),
	});
	const opened: Opened = {hosts, missing, port: 0, sockets};
	t.teardown(() => sockets.close());
	return opened;
}

/** Opens them on a port that is free at all the hosts, with the one after it. Somebody else may be quicker: then on another. */
async function open(t: ExecutionContext, reflectors: Opened): Promise<Opened> {
	for (let tries = 0; tries < 20; tries++) {
		const probe = await stranger(t, '127.0.0.1');
		const {port} = probe.address();
		probe.close();
		if (tryOpen(reflectors, port, true)) return reflectors;
	}

	throw new Error('no two ports are free');
}

function tryOpen(reflectors: Opened, port: number, wantsSecond: boolean): boolean {
	try {
		reflectors.sockets.open(port, wantsSecond);
		reflectors.port = port;
		return true;
	} catch {
		return false;
	}
}

async function stranger(t: ExecutionContext, host: string, port = 0): Promise<Socket> {
	const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
	socket.bind(port, host);
	await once(socket, 'listening');
	t.teardown(() => {
		try {
			socket.close();
		} catch {
			// The test has closed it.
		}
	});
	return socket;
}

/** Asks an address, and says what was answered, and from where. */
async function ask(t: ExecutionContext, {host, port}: Address): Promise<string> {
	const socket = await stranger(t, host.includes(':') ? '::1' : '127.0.0.1');
	const answered = once(socket, 'message');
	socket.send(Buffer.of(1), port, host);
	const [datagram, from] = (await answered) as [Buffer, Address & {address: string}];
	return `${datagram.toString()} from ${addressText({host: from.address, port: from.port})}`;
}

test('each address and port is answered from where it was asked', async t => {
	const hosts = ['127.0.0.1', '127.0.0.2', '::1'];
	const {sockets, port} = await open(t, made(t, hosts));
	t.is(sockets.size, 6);
	for (const host of hosts) {
		for (const at of [port, port + 1]) {
			const text = addressText({host, port: at});
			t.is(await ask(t, {host, port: at}), `${text} from ${text}`);
		}
	}
});

test('where the second port is taken the first one serves alone, and the second one comes once it is free', async t => {
	const reflectors = made(t, ['127.0.0.1']);
	const {sockets, missing} = reflectors;
	let other = await stranger(t, '127.0.0.1');
	for (let tries = 0; tries < 20 && !tryOpen(reflectors, other.address().port - 1, false); tries++) {
		other = await stranger(t, '127.0.0.1');
	}

	const {port} = reflectors;
	t.deepEqual(missing, [`127.0.0.1:${port + 1} EADDRINUSE`]);
	t.false(sockets.hasSecond);
	t.deepEqual(sockets.namedFor('127.0.0.1', '127.0.0.1'), []);
	sockets.look(0);
	sockets.look(LOOK_MS);
	// It is told once.
	t.is(missing.length, 1);
	other.close();
	await once(other, 'close');
	t.true(sockets.look(LOOK_MS * 2));
	t.true(sockets.hasSecond);
	t.deepEqual(sockets.namedFor('127.0.0.1', '127.0.0.1'), [{host: '::', port: port + 1}]);
});

test('who wants the second port is told that it is taken, and nothing stays open', async t => {
	const other = await stranger(t, '127.0.0.1');
	const reflectors = made(t, ['127.0.0.1', '127.0.0.2']);
	t.throws(() => reflectors.sockets.open(other.address().port - 1, true), {code: 'EADDRINUSE'});
	t.is(reflectors.sockets.size, 0);
});

test('a first port that is taken, or a given address that is none of this machine, is an error', async t => {
	const {port, sockets} = await open(t, made(t, ['127.0.0.1']));
	const taken = made(t, ['127.0.0.2', '127.0.0.1']);
	t.throws(() => taken.sockets.open(port, false), {code: 'EADDRINUSE'});
	t.is(taken.sockets.size, 0);
	const foreign = made(t, ['198.51.100.1'], false);
	t.throws(() => foreign.sockets.open(port, false), {code: 'EADDRNOTAVAIL'});
	// One that is found by itself may just be going.
	const going = made(t, ['198.51.100.1', '127.0.0.3']);
	going.sockets.open(port, false);
	t.is(going.sockets.size, 2);
	t.deepEqual(going.missing, [`198.51.100.1:${port} EADDRNOTAVAIL`]);
	t.is(sockets.size, 2);
});

test('addresses come and go, looked at every few seconds', async t => {
	const opened = await open(t, made(t, ['127.0.0.1']));
	const {sockets, port} = opened;
	t.false(sockets.look(0));
	opened.hosts = ['127.0.0.2', '127.0.0.1'];
	t.false(sockets.look(LOOK_MS - 1));
	t.true(sockets.look(LOOK_MS));
	t.is(await ask(t, {host: '127.0.0.2', port}), `127.0.0.2:${port} from 127.0.0.2:${port}`);
	opened.hosts = ['127.0.0.2'];
	t.true(sockets.look(LOOK_MS * 2));
	t.is(sockets.size, 2);
	opened.hosts = [];
	t.true(sockets.look(LOOK_MS * 3));
	t.is(sockets.size, 0);
	t.false(sockets.look(LOOK_MS * 4));
});

test('an address that no interface has is answered once a client has reached it', async t => {
	const {sockets, port} = await open(t, made(t, ['127.0.0.1']));
	t.false(sockets.reach('127.0.0.1'));
	t.true(sockets.reach('127.0.0.5'));
	t.false(sockets.reach('127.0.0.5'));
	t.is(await ask(t, {host: '127.0.0.5', port}), `127.0.0.5:${port} from 127.0.0.5:${port}`);
	t.false(sockets.look(0));
	t.is(sockets.size, 4);
});

test('however many addresses there are, and are reached, there are no more sockets than the limit says', async t => {
	const hosts = Array.from({length: 60}, (_, index) => `127.0.1.${index + 1}`);
	const {sockets} = await open(t, made(t, hosts));
	t.is(sockets.size, OWN_ADDRESS_LIMIT * 2);
	t.false(sockets.reach('127.0.2.1'));
	sockets.look(0);
	t.is(sockets.size, OWN_ADDRESS_LIMIT * 2);
	const few = await open(t, made(t, ['127.0.0.1']));
	for (const host of hosts) few.sockets.reach(host);
	t.is(few.sockets.size, OWN_ADDRESS_LIMIT * 2);
});

test('given addresses stay as they were given', async t => {
	const given = await open(t, made(t, ['127.0.0.1'], false));
	t.false(given.sockets.reach('127.0.0.2'));
	t.false(given.sockets.look(0));
	t.deepEqual([given.sockets.size, given.missing], [2, []]);
});
