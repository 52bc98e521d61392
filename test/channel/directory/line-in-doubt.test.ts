// How long a connection to the directory that is in doubt is waited for, with time moved by hand.
import {Buffer} from 'node:buffer';
import {EventEmitter} from 'node:events';
import {mock} from 'node:test';
import test from 'ava';
import {DirectoryLine} from '../../../source/channel/directory/directory-line.ts';
import {type LinePorts} from '../../../source/channel/directory/line-ports.ts';
import {type LoggedIn} from '../../../source/channel/directory/login-attempt.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {recordState, sealRecord} from '../../../source/protocol/login/records.ts';
import {FRAME, FrameSplitter, encodeFrame} from '../../../source/wire/frame.ts';
import {encodePing} from '../../../source/wire/messages/directory.ts';

const keys = (fill: number) => recordState(Buffer.alloc(64, fill), 0);

/** A line over a socket that is none: the frames that it wrote, the ends that it told, and what the server says. */
function open() {
	const [voice, ends, written] = [keys(2), [] as string[], [] as number[]];
	const socket = Object.assign(new EventEmitter(), {
		localAddress: '10.0.0.7',
		write: (frame: Buffer) => written.push(frame.length),
		resume() {},
		destroy() {},
	});
	const session = {
		sessionId: Buffer.alloc(16),
		ticketKeyId: Buffer.alloc(8),
		ticketKey: Buffer.alloc(64),
		bindKey: Buffer.alloc(32),
		send: keys(1),
		receive: keys(2),
		observed: {host: '192.0.2.1', port: 1},
		clockOffset: 0,
	};
	const remote = {host: '192.0.2.9', port: 7406};
	const login = {kind: 'established', session, socket, splitter: new FrameSplitter(), remote, end() {}};
	const ports: Partial<LinePorts> = {now: () => 0, random, onEnd: problem => ends.push(problem)};
	const line = new DirectoryLine(login as unknown as LoggedIn, ports as LinePorts);
	line.listen();
	const answer = () => socket.emit('data', encodeFrame(sealRecord(voice, FRAME.pong, encodePing(0), random)));
	return {line, ends, written, answer};
}

test.beforeEach(() => mock.timers.enable({apis: ['setTimeout', 'setInterval']}));
test.afterEach.always(() => mock.timers.reset());

test.serial('3 s for an answer when the way is in doubt', t => {
	const {line, ends, written} = open();
	line.check();
	line.check();
	t.is(written.length, 1);
	mock.timers.tick(2999);
	t.deepEqual(ends, []);
	mock.timers.tick(1);
	t.deepEqual(ends, ['timeout']);
});

test.serial('half a second when a reflector sees us at another host, also when it was asked before', t => {
	const {line, ends, written} = open();
	line.check();
	mock.timers.tick(100);
	line.check('elsewhere');
	t.is(written.length, 1, 'it is not asked twice');
	mock.timers.tick(499);
	t.deepEqual(ends, []);
	mock.timers.tick(1);
	t.deepEqual(ends, ['timeout']);
});

test.serial('whoever answers in time stays', t => {
	const {line, ends, answer} = open();
	line.check('elsewhere');
	answer();
	mock.timers.tick(10_000);
	t.deepEqual(ends, []);
});
