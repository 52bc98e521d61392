// Which of a server's addresses is taken: the first that answers, however late, and none that fails.
import {EventEmitter} from 'node:events';
import {type Socket} from 'node:net';
import test from 'ava';
import {systemRandom} from '../../../source/crypto/random.ts';
import {firstAnswer} from '../../../source/channel/directory/first-answer.ts';
import {HandMovedTime} from '../network/hand-moved-time.ts';

const V4 = '203.0.113.10';
const V6 = '2001:db8::10';

/** One attempt to reach an address, which the test has succeed or fail. */
class Attempt extends EventEmitter {
	readonly host: string;
	isDestroyed = false;

	constructor(host: string) {
		super();
		this.host = host;
	}

	destroy(): void {
		this.isDestroyed = true;
	}

	fail(code: string): void {
		this.emit('error', Object.assign(new Error(code), {code}));
		this.emit('close');
	}
}

/** Somebody who connects to a host with these addresses; `begun` are the attempts so far. */
async function connecting(addresses: readonly string[]) {
	const time = new HandMovedTime();
	const begun: Attempt[] = [];
	const over = new AbortController();
	const open = ({host}: {readonly host: string}) => {
		begun.push(new Attempt(host));
		return begun.at(-1) as unknown as Socket;
	};

	const places = addresses.map(host => ({host, port: 7406}));
	const ports = {addressesOf: async () => places, open, timers: time.timers};
	const answer = firstAnswer({host: 'chat.test', port: 7406}, over.signal, systemRandom, ports);
	// What ends badly before a test looks at it is looked at all the same.
	void answer.catch(() => {});
	while (begun.length === 0) await new Promise(resolve => setImmediate(resolve));
	return {time, begun, over, answer, hosts: () => begun.map(({host}) => host)};
}

test('an address that answers late is taken although the next one was tried meanwhile and has failed', async t => {
	const {time, begun, answer, hosts} = await connecting([V4, V6]);
	time.pass(249);
	t.deepEqual(hosts(), [V4]);
	time.pass(1);
	t.deepEqual(hosts(), [V4, V6]);
	begun[1]!.fail('ENETUNREACH');
	time.pass(5000);
	begun[0]!.emit('connect');
	t.is(await answer, begun[0] as unknown as Socket);
	t.false(begun[0]!.isDestroyed);
	t.deepEqual(time.due, []);
});

test('where the first address leads nowhere the second is taken, and the first is left', async t => {
	const {time, begun, answer} = await connecting([V6, V4]);
	time.pass(250);
	begun[1]!.emit('connect');
	t.is(await answer, begun[1] as unknown as Socket);
	t.true(begun[0]!.isDestroyed);
	begun[0]!.emit('connect');
	t.deepEqual(time.due, []);
});

test('an address that fails makes room for the next at once', async t => {
	const {begun, answer, hosts} = await connecting([V6, V4]);
	begun[0]!.fail('ENETUNREACH');
	t.deepEqual(hosts(), [V6, V4]);
	begun[1]!.emit('connect');
	t.is(await answer, begun[1] as unknown as Socket);
});

test('when none answers, the errors of all of them say so', async t => {
	const {time, begun, answer} = await connecting([V4, V6]);
	time.pass(250);
	begun[1]!.fail('ENETUNREACH');
	begun[0]!.fail('ETIMEDOUT');
	const error = await t.throwsAsync(answer, {instanceOf: AggregateError});
	t.deepEqual(
		error.errors.map(({code}: {code: string}) => code),
		['ENETUNREACH', 'ETIMEDOUT'],
	);
	const alone = await connecting([V4]);
	alone.begun[0]!.fail('ECONNREFUSED');
	await t.throwsAsync(alone.answer, {code: 'ECONNREFUSED'});
});

test('who gives up leaves every attempt, and a name without an address is an error', async t => {
	const {time, begun, over, answer} = await connecting([V4, V6]);
	time.pass(250);
	over.abort(new Error('enough'));
	await t.throwsAsync(answer, {message: 'enough'});
	t.true(begun.every(({isDestroyed}) => isDestroyed));
	const nowhere = {addressesOf: async () => [], open: () => begun[0] as unknown as Socket, timers: time.timers};
	await t.throwsAsync(firstAnswer({host: 'chat.test', port: 1}, new AbortController().signal, systemRandom, nowhere));
	await t.throwsAsync(firstAnswer({host: 'chat.test', port: 1}, over.signal, systemRandom, nowhere), {
		message: 'enough',
	});
});
