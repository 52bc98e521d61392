// Who has a UDP port, from made-up and from real files of /proc.
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {portHolder} from '../../source/os/port-holder.ts';
import {bindUdp} from '../../source/os/udp-bind.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const HEAD =
	'  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';
const row = (port: string, inode: string) =>
	`   10: 00000000:${port} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 ${inode} 2 00 0`;

function madeUp(t: ExecutionContext, table: string): string {
	const proc = temporaryFolder(t);
	mkdirSync(path.join(proc, 'net'));
	writeFileSync(path.join(proc, 'net/udp'), table);
	for (const [pid, inode] of [
		['12', '99'],
		['34', '777'],
	] as const) {
		mkdirSync(path.join(proc, pid, 'fd'), {recursive: true});
		symlinkSync(`socket:[${inode}]`, path.join(proc, pid, 'fd/3'));
		writeFileSync(path.join(proc, pid, 'comm'), `program${pid}\n`);
	}

	return proc;
}

test('the process is the one that has the socket open', t => {
	const proc = madeUp(t, [HEAD, row('1CF2', '777'), ''].join('\n'));
	t.deepEqual(portHolder(0x1c_f2, proc), {pid: 34, program: 'program34'});
	t.is(portHolder(0x1c_f3, proc), undefined);
});

test('nobody is found where the socket is another user’s, and in files of any other form', t => {
	const other = madeUp(t, [HEAD, row('1CF2', '5')].join('\n'));
	t.is(portHolder(0x1c_f2, other), undefined);
	for (const table of [
		'',
		HEAD,
		'x',
		`${HEAD}\n`,
		`${HEAD}\nx :1CF2`,
		`${HEAD}\n${row('1CF2', '0')}`,
		`${HEAD}\n${row('1CF2', '-7')}`,
	]) {
		t.is(portHolder(0x1c_f2, madeUp(t, table)), undefined, table);
	}

	t.is(portHolder(7410, path.join(other, 'nothing')), undefined);
});

test('it finds this process on a real Linux', async t => {
	const socket = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	t.teardown(() => socket.close());
	const holder = portHolder(socket.address().port);
	if (process.platform === 'linux') t.is(holder?.pid, process.pid);
	else t.is(holder, undefined);
});
