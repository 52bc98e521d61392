// Signing up over a connection that is cut at the worst moments: what is said then, and that the next try goes on.
import {once} from 'node:events';
import {type AddressInfo, type Socket, connect, createServer} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {encodeAlert} from '../../source/wire/alert.ts';
import {FRAME, encodeFrame} from '../../source/wire/frame.ts';
import {startTestServer} from '../server/servers.ts';
import {passwordOf, reachable, someone} from '../twins/people.ts';

/** Which connections are cut, the first being 1: before REGISTER reaches the server, when it answers, at once, or with the word that the server is busy. */
type Cuts = Readonly<Record<number, 'before REGISTER' | 'after REGISTER' | 'at once' | 'busy'>>;

/** A join link that leads to a real server through somebody who cuts connections. */
async function cutting(t: ExecutionContext, cuts: Cuts): Promise<string> {
	const server = await startTestServer(t);
	let count = 0;
	const sockets = new Set<Socket>();
	const proxy = createServer(client => {
		const cut = cuts[++count];
		const upstream = connect({port: server.address.port, host: '127.0.0.1', noDelay: true});
		const end = () => {
			client.destroy();
			upstream.destroy();
		};

		let isRegistering = false;
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', end);
		}

		if (cut === 'at once') end();
		if (cut === 'busy') {
			const body = encodeAlert({reason: 'busy', triesLeft: 0, retryAfter: 1});
			client.end(encodeFrame({type: FRAME.alert, body}));
			return;
		}

		// The client says one frame at a time.
		client.on('data', chunk => {
			isRegistering ||= chunk[2] === FRAME.register;
			if (isRegistering && cut === 'before REGISTER') end();
			else upstream.write(chunk);
		});
		upstream.on('data', chunk => {
			if (isRegistering && cut === 'after REGISTER') end();
			else client.write(chunk);
		});
	});
	t.teardown(() => {
		proxy.close();
		for (const socket of sockets) socket.destroy();
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	return server.joinLink.replace(`:${server.address.port}/`, `:${(proxy.address() as AddressInfo).port}/`);
}

test('cut off before the server has made the account: try again later, and then it is made', async t => {
	const link = await cutting(t, {1: 'before REGISTER'});
	const {client, ...alice} = await someone(t);
	const error = await t.throwsAsync(client.signUp(link, 'alice', passwordOf('alice')), {instanceOf: ClientError});
	t.like(error, {code: 'unreachable'});
	t.regex(error.message, /closed the connection: try again later/);
	await client.signUp(link, 'alice', passwordOf('alice'));
	await reachable({client, ...alice});
	t.is(client.account?.name, 'alice');
});

test('cut off when the server has made it, and says so: this device signs in to it at once', async t => {
	const link = await cutting(t, {1: 'after REGISTER'});
	const {client, ...alice} = await someone(t);
	await client.signUp(link, 'alice', passwordOf('alice'));
	await reachable({client, ...alice});
	t.is(client.account?.name, 'alice');
});

test('cut off then, and at the sign-in behind it: the next sign-up with the same password finds the account', async t => {
	const link = await cutting(t, {1: 'after REGISTER', 2: 'at once'});
	const {client, ...alice} = await someone(t);
	await t.throwsAsync(client.signUp(link, 'alice', passwordOf('alice')), {instanceOf: ClientError});
	await client.signUp(link, 'alice', passwordOf('alice'));
	await reachable({client, ...alice});
	t.is(client.account?.name, 'alice');
});

test('cut off then, and a server that has no time at the sign-ins behind it: nobody is told that the own name is taken', async t => {
	const link = await cutting(t, {1: 'after REGISTER', 2: 'busy', 4: 'busy'});
	const {client, ...alice} = await someone(t);
	for (let tries = 0; tries < 2; tries++) {
		const signUp = client.signUp(link, 'alice', passwordOf('alice'));
		t.like(await t.throwsAsync(signUp, {instanceOf: ClientError}), {code: 'refused', retryAfter: 1});
	}

	await client.signUp(link, 'alice', passwordOf('alice'));
	await reachable({client, ...alice});
	t.is(client.account?.name, 'alice');
});

test('whoever has the name already keeps it, and hears nothing of a try that was cut off', async t => {
	const link = await cutting(t, {2: 'before REGISTER'});
	const [alice, other] = [await someone(t), await someone(t)];
	await alice.client.signUp(link, 'alice', passwordOf('alice'));
	const cut = await t.throwsAsync(other.client.signUp(link, 'alice', 'another password'), {instanceOf: ClientError});
	t.is(cut.code, 'unreachable');
	const taken = await t.throwsAsync(other.client.signUp(link, 'alice', 'another password'), {instanceOf: ClientError});
	t.is(taken.code, 'name-taken');
});
