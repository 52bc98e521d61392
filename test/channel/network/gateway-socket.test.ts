// The socket to the router, over real loopback: a whole mapping, strangers, and a router that is not there.
import {Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {openGatewaySocket} from '../../../source/channel/network/gateway-socket.ts';
import {type MappingState} from '../../../source/channel/network/mapping-state.ts';
import {PortMapping} from '../../../source/channel/network/port-mapping.ts';
import {systemTimers} from '../../../source/channel/network/system-timers.ts';
import {bindUdp} from '../../../source/os/udp-bind.ts';
import {seededRandom} from '../../twins/random.ts';
import {natPmpAnswer, pcpAnswer} from './fake-router.ts';

async function bind(t: ExecutionContext): Promise<{socket: Socket; place: {host: string; port: number}}> {
	const socket = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	let open = true;
	socket.once('close', () => {
		open = false;
	});
	t.teardown(() => {
		if (open) socket.close();
	});
	return {socket, place: {host: '127.0.0.1', port: socket.address().port}};
}

for (const [protocol, answer] of [
	['pcp', pcpAnswer],
	['nat-pmp', natPmpAnswer],
] as const) {
	test(`a router on this machine maps by ${protocol}, and takes it back`, async t => {
		const {socket: router, place} = await bind(t);
		const asked: string[] = [];
		router.on('message', (request, {port}) => {
			asked.push(request.toString('hex'));
			router.send(answer(request), port, place.host);
		});
		const mapped = new Promise<MappingState>(resolve => {
			const mapping = new PortMapping({
				port: 41_000,
				gateway: () => place.host,
				gatewayPort: place.port,
				openSocket: openGatewaySocket,
				clock: {elapsed: () => performance.now()},
				timers: systemTimers,
				random: seededRandom(protocol),
				onChange(state) {
					if (state.kind === 'mapped') void mapping.stop().then(() => resolve(state));
				},
			});
			mapping.start();
		});
		t.like(await mapped, {protocol, external: {host: '203.0.113.7', port: 41_000}, life: 7200});
		t.is(asked.length, protocol === 'pcp' ? 2 : 4);
		t.regex(asked.at(-1)!, protocol === 'pcp' ? /^0201000000000000/ : /^00010000a028000000000000$/);
	});
}

test('nobody but the router is heard', async t => {
	const {socket: router, place} = await bind(t);
	const {socket: stranger} = await bind(t);
	const heard: string[] = [];
	const errors: string[] = [];
	let wake: (() => void) | undefined;
	const come = new Promise<void>(resolve => {
		wake = resolve;
	});
	const socket = await openGatewaySocket(place, {
		onDatagram(datagram) {
			heard.push(datagram.toString());
			wake?.();
		},
		onError: code => errors.push(code),
	});
	t.teardown(() => socket.close());
	t.is(socket.host, '127.0.0.1');
	const asked = once(router, 'message') as Promise<[Buffer, {port: number}]>;
	socket.send(Buffer.from('ask'));
	const [, {port}] = await asked;
	await new Promise(resolve => stranger.send('a stranger’s', port, place.host, resolve));
	router.send('the router’s', port, place.host);
	await come;
	t.deepEqual(heard, ['the router’s']);
	t.deepEqual(errors, []);
});

test('where nobody listens there is an error by its code, and nothing throws', async t => {
	const {socket: router, place} = await bind(t);
	const closed = once(router, 'close');
	router.close();
	await closed;
	let tell: ((code: string) => void) | undefined;
	const refused = new Promise<string>(resolve => {
		tell = resolve;
	});
	const socket = await openGatewaySocket(place, {onDatagram() {}, onError: code => tell?.(code)});
	t.teardown(() => socket.close());
	socket.send(Buffer.from('ask'));
	t.is(await refused, 'ECONNREFUSED');
});

test('a router that there is no way to is an error of the opening', async t => {
	await t.throwsAsync(openGatewaySocket({host: '0.0.0.0.0', port: 5351}, {onDatagram() {}, onError() {}}));
});
