// One connection to the directory, with somebody on the way who speaks with the directory's voice: what is taken, and what ends it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {type DirectorySession} from '../../../source/protocol/login/login-keys.ts';
import {sealKeyUpdate, sealRecord} from '../../../source/protocol/login/records.ts';
import {encodeAlert} from '../../../source/wire/alert.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {encodeBlock, encodePresence, encodeRefused} from '../../../source/wire/messages/directory.ts';
import {startTestServer} from '../../server/servers.ts';
import {isWiped, keysOf, online} from '../../twins/linked.ts';
import {type Wire, startWire} from '../../twins/wire.ts';

/** Seals as the server would next, for as long as the server itself stays silent. */
function serverVoice(wire: Wire, {receive}: DirectorySession) {
	wire.pass = () => false;
	const keys = {...receive, key: Buffer.from(receive.key)};
	return {
		say(type: number, body: Buffer = Buffer.alloc(0)) {
			wire.inject(sealRecord(keys, type, body, random));
		},
		update() {
			wire.inject(sealKeyUpdate(keys, random, Date.now()));
		},
	};
}

test('PONGs keep it up, and three that stay out end it', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	let pongs = 0;
	const answered = new Promise<void>(resolve => {
		wire.pass = ({type}) => {
			if (type === FRAME.pong && ++pongs === 4) resolve();
			return true;
		};
	});
	const alice = await online(t, server, {port: wire.port, keepaliveMs: 100});
	await answered;
	t.deepEqual(alice.states, [{state: 'connecting'}, {state: 'online'}]);
	wire.pass = () => false;
	await alice.until(() => alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'timeout'});
});

test('a way that is in question: what answers stands, and what stays silent is left at once', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	let pongs = 0;
	const alice = await online(t, server, {port: wire.port});
	const answered = new Promise<void>(resolve => {
		wire.pass = ({type}) => {
			if (type === FRAME.pong && ++pongs === 1) resolve();
			return true;
		};
	});
	alice.link.check();
	await answered;
	await alice.link.search('', '', 1);
	alice.link.check(['127.0.0.1', '::1']);
	await alice.link.search('', '', 1);
	t.is(alice.state(), 'online');
	wire.pass = () => false;
	alice.link.check();
	alice.link.check();
	await alice.until(() => alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'timeout'});
});

test('a connection whose own end is no address of this machine any more is left at once', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	alice.link.check(['192.0.2.1']);
	await alice.until(() => alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'closed'});
});

test('questions without an answer are bounded, and answered when the connection ends', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	wire.pass = () => false;
	let answers = 0;
	const questions = Array.from({length: 300}, async () => {
		const answer = await alice.link.introduce('bob');
		answers++;
		return answer;
	});
	await Promise.all(questions.slice(256));
	t.is(answers, 44);
	wire.cut();
	t.deepEqual(new Set(await Promise.all(questions)), new Set(['offline']));
});

test('what the directory says is taken as the protocol has it: keys move on, unknown records pass or end it', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	alice.link.watch(['bob']);
	await alice.until(() => alice.presence.length === 1);
	const old = alice.session().receive.key;
	const voice = serverVoice(wire, alice.session());
	voice.say(0xf0, Buffer.from('of a later version'));
	voice.update();
	voice.say(FRAME.refused, encodeRefused({request: 0, retryAfter: 0}));
	voice.say(FRAME.results, Buffer.alloc(6));
	voice.say(FRAME.blocked, encodeBlock({name: 'bob', blocked: true}));
	voice.say(
		FRAME.presence,
		encodePresence([
			{name: 'mallory', online: true},
			{name: 'bob', online: true},
		]),
	);
	await alice.until(() => alice.presence.length === 2);
	t.is(alice.presence[1], 'bob on');
	t.true(isWiped([old]));
	voice.say(0x70);
	await alice.until(() => alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'protocol'});
});

const faults: ReadonlyArray<readonly [string, (wire: Wire, session: DirectorySession) => void]> = [
	['a record that does not open', wire => wire.inject({type: FRAME.presence, body: random(80)})],
	['a body that does not decode', (wire, session) => serverVoice(wire, session).say(FRAME.presence)],
	[
		'a change of keys that says something',
		(wire, session) => serverVoice(wire, session).say(FRAME.keyUpdate, random(1)),
	],
	['an answer without a number', (wire, session) => serverVoice(wire, session).say(FRAME.results, random(3))],
];

for (const [what, commit] of faults) {
	test(`${what} ends the connection and its keys`, async t => {
		const server = await startTestServer(t);
		const wire = await startWire(t, server.address.port);
		const alice = await online(t, server, {port: wire.port});
		const keys = keysOf(alice.session());
		commit(wire, alice.session());
		await alice.until(() => alice.state() === 'waiting');
		t.like(alice.states.at(-1), {problem: 'protocol'});
		t.true(isWiped(keys));
	});
}

test('an ALERT in a session: an account that was removed is not tried again, seconds are kept to', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const before = Date.now();
	const busy = encodeAlert({reason: 'busy', triesLeft: 0, retryAfter: 90});
	serverVoice(wire, alice.session()).say(FRAME.alert, busy);
	await alice.until(() => alice.state() === 'waiting');
	const waiting = alice.states.at(-1);
	t.true(waiting?.state === 'waiting' && waiting.problem === 'busy' && waiting.retryAt >= before + 90_000);
	wire.pass = () => true;
	alice.link.wake();
	await alice.until(() => alice.state() === 'online');
	await alice.link.search('', '', 1);
	const removed = encodeAlert({reason: 'removed', triesLeft: 0, retryAfter: 0});
	serverVoice(wire, alice.session()).say(FRAME.alert, removed);
	await alice.until(() => alice.state() === 'stopped');
	t.deepEqual(alice.states.at(-1), {state: 'stopped', problem: 'removed'});
});
