// A keeper to which nothing comes, by real processes in a network of their own: what it holds and uses, and what passes the network because it is
// there. Started with the seconds to look for; prints one line of JSON.
import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {root} from '../built.ts';

export type IdleKeeper = {
	/** Resident bytes, CPU in ms, and bytes on the network, both of `seconds`. */
	readonly resident: number;
	readonly cpu: number;
	readonly bytes: number;
	readonly seconds: number;
};

/** Of a clock of the kernel, ms (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10;
/** What a start leaves to be done is done by then, ms. */
const SETTLE_MS = 20_000;
const PASSWORD = 'the password of alice';

const seconds = Number(process.argv[2]);
const home = makeTemporaryFolder();
const running: ChildProcess[] = [];

/** Starts a door of the built program; `line` is the first line that matches. */
function start(door: 'cli' | 'server', ...args: string[]) {
	const env = {...process.env, SIMCHAT_PASSWORD: PASSWORD, LC_ALL: 'C.UTF-8'};
	const child = spawn(process.execPath, [path.join(root, 'dist', `${door}.js`), ...args], {
		env,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	running.push(child);
	const lines: string[] = [];
	const news = new EventTarget();
	createInterface({input: child.stdout}).on('line', line => {
		lines.push(line);
		news.dispatchEvent(new Event('line'));
	});
	return {
		child,
		async line(pattern: RegExp): Promise<string> {
			for (;;) {
				const found = lines.find(line => pattern.test(line));
				if (found !== undefined) return found;
				await new Promise(resolve => news.addEventListener('line', resolve, {once: true}));
			}
		},
	};
}

/** Bytes that the loopback of this network has carried. */
function carried(): number {
	const line = readFileSync('/proc/self/net/dev', 'utf8')
		.split('\n')
		.find(each => each.trim().startsWith('lo:'));
	return Number(line?.trim().split(/\s+/)[1]);
}

function cpuOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function residentOf(pid: number): number {
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Bytes that pass in so many seconds. */
async function passing(): Promise<number> {
	const before = carried();
	await pause(seconds * 1000);
	return carried() - before;
}

try {
	const listening = ['--listen', '127.0.0.1:0', '--registration', 'open'];
	const server = start('server', ...listening, '--data', path.join(home, 'server'));
	const {joinLink} = JSON.parse(await server.line(/"joinLink"/)) as {joinLink: string};
	const profile = (name: string) => ['--profile', path.join(home, name)];
	for (const name of ['alice', 'bob'])
		await start('cli', 'sign-up', joinLink, '--name', name, ...profile(name)).line(/@|at|:/);
	const bob = start('cli', 'tail', '--json', ...profile('bob'));
	await bob.line(/"online"/);
	const alice = start('cli', 'tail', '--json', ...profile('alice'));
	await alice.line(/"online"/);
	start('cli', 'send', 'bob', 'hello', ...profile('alice'));
	await bob.line(/"hello"/);
	await pause(SETTLE_MS);
	const without = await passing();
	const link = await start('cli', 'devices', 'add', '--keeper', ...profile('alice')).line(/^simchat:/);
	const keeper = start('cli', 'keep', link, ...profile('keeper'));
	await keeper.line(/from own devices/);
	await pause(SETTLE_MS);
	const {pid} = keeper.child;
	const before = cpuOf(pid!);
	const bytes = (await passing()) - without;
	const result: IdleKeeper = {resident: residentOf(pid!), cpu: cpuOf(pid!) - before, bytes, seconds};
	process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
	for (const child of running) child.kill('SIGKILL');
	removeFolder(home);
}
