// What goes no further can be seen: counted by its reason, and in a file on request, with nothing that was said in it.
import {Buffer} from 'node:buffer';
import {execFileSync} from 'node:child_process';
import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {ClientError} from '../../source/os/errors.ts';
import {Trace} from '../../source/os/trace.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';

const countOf = (trace: Trace, source: string, reason: string) =>
	trace.counts.find(each => each.source === source && each.reason === reason)?.count ?? 0;

test('every datagram that is dropped is counted by its reason', async t => {
	const street = new Neighbourhood();
	const [alice, bob] = [street.join('alice'), street.join('bob')];
	street.meet();
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);

	const msg = street.datagrams.find(({bytes, to}) => bytes[0] === DATAGRAM.msg && to.port === bob.address.port)!;
	const forged = Buffer.from(msg.bytes);
	forged.writeUInt32BE(forged.readUInt32BE(8) + 50, 8);
	const stray = Buffer.from(msg.bytes);
	stray.writeUInt32BE(0, 2);
	const init = Buffer.from(street.datagrams.find(({bytes}) => bytes[0] === DATAGRAM.init)!.bytes);
	init[init.length - 1]! ^= 1;
	for (const datagram of [msg.bytes, forged, stray, Buffer.of(1, 2, 3), init]) bob.endpoint.receive(datagram, msg.from);
	await until(() => bob.trace.counts.some(({source}) => source === 'handshake'));

	t.teardown(() => street.close());
	t.is(countOf(bob.trace, 'session', 'used'), 1);
	t.is(countOf(bob.trace, 'session', 'tag'), 1);
	t.is(countOf(bob.trace, 'datagram', 'index'), 1);
	t.is(countOf(bob.trace, 'datagram', 'malformed'), 1);
	t.is(countOf(bob.trace, 'handshake', 'cookie'), 1);
	alice.endpoint.close();
	bob.endpoint.close();
	t.is(countOf(alice.trace, 'session', 'ended: left'), 1);
});

test('what the disk refused is counted, with its code', async t => {
	const street = new Neighbourhood();
	const [alice, bob] = [street.join('alice'), street.join('bob')];
	street.meet();
	bob.full = true;
	alice.send('bob', 'hello');
	await until(() => bob.trace.counts.some(({source}) => source === 'disk'));
	t.is(bob.trace.counts.find(({source}) => source === 'disk')!.reason, 'messages: Error');
	alice.endpoint.close();
	bob.endpoint.close();
});

test('a trace file has a line for each, is for its owner alone, and ends before it fills a disk', t => {
	const file = path.join(temporaryFolder(t), 'trace');
	const trace = new Trace(() => 0, file);
	trace.note('session', 'tag', 'bob');
	trace.caught('disk', 'write', Object.assign(new Error('what was said'), {code: 'ENOSPC'}));
	t.deepEqual(
		readFileSync(file, 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as unknown),
		[
			{time: '1970-01-01T00:00:00.000Z', source: 'session', reason: 'tag', peer: 'bob'},
			{time: '1970-01-01T00:00:00.000Z', source: 'disk', reason: 'write: ENOSPC'},
		],
	);
	t.is(statSync(file).mode & 0o777, 0o600);
	for (let count = 0; count < 200_000; count++) trace.note('datagram', 'index');
	t.true(statSync(file).size <= 16 * 1_048_576);
	t.is(countOf(trace, 'datagram', 'index'), 200_000);
	trace.close();
});

test('a trace file that cannot be written says so, and what to do', t => {
	const error = t.throws(() => new Trace(() => 0, '/proc/none/trace'), {instanceOf: ClientError});
	t.is(error.code, 'trace-unwritable');
	t.regex(error.message, /\/proc\/none\/trace: ENOENT\. Set SIMCHAT_TRACE/);
});

test('a pipe that nobody reads is no trace file, and holds up nothing; a full disk ends the file alone', t => {
	const pipe = path.join(temporaryFolder(t), 'pipe');
	execFileSync('mkfifo', [pipe]);
	t.throws(() => new Trace(() => 0, pipe), {instanceOf: ClientError, message: /ENXIO/});
	const trace = new Trace(() => 0, '/dev/full');
	trace.note('session', 'tag');
	trace.note('session', 'tag');
	t.is(countOf(trace, 'session', 'tag'), 2);
	trace.close();
});
