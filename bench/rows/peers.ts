// Another chat server on the same machine in the same run: prosody, where it is installed. Its logins are cheaper by design: SCRAM proves a
// password with a few hashes, and hides nothing of it from whoever copies the server's database.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {freePort} from '../../tools/cluster/loop-delay.ts';
import {cpuSecondsOf} from '../../tools/cluster/work.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {SCRAM_ACCOUNT, loginByScram} from '../children/xmpp-login.ts';
import {medians, percentile} from '../measure.ts';
import {type Row} from '../table.ts';

const HOST = 'bench.example';
const AT_ONCE = 32;
const START_MS = 20_000;

export async function prosody(quick: boolean): Promise<Row[]> {
	const {status} = spawnSync('sh', ['-c', 'command -v prosody'], {stdio: 'ignore'});
	if (status !== 0) return [{what: 'prosody beside us', measured: 'not installed'}];
	const [rounds, count] = quick ? [1, 64] : [5, 640];
	const folder = makeTemporaryFolder();
	const port = await freePort();
	const child = spawn('prosody', ['-F', '--config', configure(folder, port)], {stdio: ['ignore', 'ignore', 'ignore']});
	const exited = once(child, 'exit');
	try {
		await listens(port);
		const round = async () => {
			const cpu = cpuSecondsOf([child.pid!]);
			const start = performance.now();
			const times: number[] = [];
			let next = 0;
			const lane = async (user: number) => {
				while (next++ < count) {
					const begun = performance.now();
					await loginByScram(port, HOST, `user${user}`);
					times.push(performance.now() - begun);
				}
			};
			await Promise.all(Array.from({length: AT_ONCE}, async (_, user) => lane(user)));
			const elapsed = performance.now() - start;
			const used = (cpuSecondsOf([child.pid!]) - cpu) * 1000;
			return {rate: (count / elapsed) * 1000, median: percentile(times, 0.5), cpu: used / count};
		};
		await round();
		const measured = [];
		for (let index = 0; index < rounds; index++) measured.push(await round());
		const {rate, median, cpu} = medians(measured);
		return [
			{what: `prosody beside us: logins by SCRAM-SHA-1 without TLS, ${AT_ONCE} at once`, measured: rate, unit: '/s'},
			{what: '  one of them, p50', measured: median, unit: 'ms'},
			{what: '  server CPU a login', measured: cpu, unit: 'ms'},
		];
	} finally {
		child.kill('SIGTERM');
		await exited;
		removeFolder(folder);
	}
}

/** With an account for each of those who come at once, and nothing that a login does not need; the file of the configuration. */
function configure(folder: string, port: number): string {
	const accounts = path.join(folder, 'data', encodeURIComponent(HOST).replaceAll('.', '%2e'), 'accounts');
	mkdirSync(accounts, {recursive: true});
	const {salt, iterations, storedKey, serverKey} = SCRAM_ACCOUNT;
	const keys = `["stored_key"] = "${storedKey.toString('hex')}"; ["server_key"] = "${serverKey.toString('hex')}";`;
	const account = `return { ["salt"] = "${salt}"; ["iteration_count"] = ${iterations}; ${keys} };\n`;
	for (let user = 0; user < AT_ONCE; user++) writeFileSync(path.join(accounts, `user${user}.dat`), account);
	const file = path.join(folder, 'prosody.cfg.lua');
	const settings = {
		run_as_root: process.getuid?.() === 0,
		data_path: path.join(folder, 'data'),
		pidfile: path.join(folder, 'prosody.pid'),
		authentication: 'internal_hashed',
		storage: 'internal',
		c2s_require_encryption: false,
	};
	const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
	const lists = [
		'modules_enabled = { "saslauth" }',
		'modules_disabled = { "s2s", "tls" }',
		'interfaces = { "127.0.0.1" }',
		`c2s_ports = { ${port} }`,
		'c2s_direct_tls_ports = { }',
		'log = { { levels = { min = "error" }, to = "console" } }',
		`VirtualHost "${HOST}"`,
	];
	writeFileSync(file, `${[...lines, ...lists].join('\n')}\n`);
	chmodSync(folder, 0o755);
	return file;
}

async function listens(port: number): Promise<void> {
	for (const end = performance.now() + START_MS; performance.now() < end; await pause(50)) {
		const socket = connect(port, '127.0.0.1');
		const isThere = await once(socket, 'connect').then(
			() => true,
			() => false,
		);
		socket.destroy();
		if (isThere) return;
	}

	throw new Error('prosody does not listen');
}
