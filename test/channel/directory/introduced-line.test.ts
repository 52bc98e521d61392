// What the directory says of ways, on a connection with a real server: reflectors, both sides of an introduction, and candidates.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sealRecord} from '../../../source/protocol/login/records.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {type Address} from '../../../source/wire/address.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {encodeReflectors} from '../../../source/wire/messages/ways.ts';
import {startTestServer} from '../../server/servers.ts';
import {bindSomewhere, linked, online} from '../../twins/linked.ts';
import {startWire} from '../../twins/wire.ts';
import {identityOf, signUp} from '../../../tools/members/directory-client.ts';

test('whoever asks is told the ways with the answer, and whoever is asked for is called with the same ticket', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await (await signUp(server, {name: 'bob'})).close();
	const bobs = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'})});
	bobs.link.start();
	await bobs.until(() => bobs.state() === 'online');
	await bindSomewhere(alice.session(), server.address.port);
	const seen = await bindSomewhere(bobs.session(), server.address.port);
	const granted = await alice.link.introduce('bob');
	t.true(typeof granted === 'object' && 'ways' in granted);
	if (typeof granted !== 'object' || !('ways' in granted)) return;
	t.deepEqual(granted.ways?.addresses, [seen]);
	t.true(Math.abs(granted.time - Date.now()) < 30_000);
	await bobs.until(() => bobs.called.length > 0);
	t.deepEqual(
		bobs.called.map(({ticket}) => ticket),
		[granted.ticket],
	);
});

test('reflectors: the host that stands for the one that TCP reached, and none that may not be sent to', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const {receive} = alice.session();
	wire.pass = () => false;
	const keys = {...receive, key: Buffer.from(receive.key)};
	const say = (named: readonly Address[]) =>
		wire.inject(sealRecord(keys, FRAME.reflectors, encodeReflectors(named), random));
	const before = alice.reflectors.length;
	say([
		{host: '::', port: 9},
		{host: '203.0.113.5', port: 8},
		{host: '224.0.0.1', port: 7},
	]);
	await alice.until(() => alice.reflectors.length > before);
	t.deepEqual(alice.reflectors.at(-1), [
		{host: '127.0.0.1', port: 9},
		{host: '203.0.113.5', port: 8},
	]);
});

test('candidates are told after each login, and go to who asks when they are seen at the same host', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await (await signUp(server, {name: 'bob'})).close();
	const bobs = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'})});
	bobs.link.candidates([{host: '192.168.7.7', port: 4000}]);
	bobs.link.start();
	await bobs.until(() => bobs.state() === 'online');
	await bobs.link.search('', '', 1);
	await bindSomewhere(alice.session(), server.address.port);
	const seen = await bindSomewhere(bobs.session(), server.address.port);
	const granted = await alice.link.introduce('bob');
	t.deepEqual(typeof granted === 'object' && 'ways' in granted ? granted.ways?.addresses : undefined, [
		seen,
		{host: '192.168.7.7', port: 4000},
	]);
});
