// A real PostgreSQL of the machine's own binaries, for as long as it is needed: on a Unix socket in a folder that goes away with it.
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chownSync, existsSync, mkdirSync, readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';
import {within} from '../within.ts';

/** Where Debian puts the versions. */
const VERSIONS = '/usr/lib/postgresql';
const START_MS = 30_000;
/** What a crash of the machine would do to it does not matter. */
const SETTINGS = [
	'fsync=off',
	'full_page_writes=off',
	'listen_addresses=',
	'shared_buffers=16MB',
	'max_connections=200',
];

/** What the machine lacks, in words. */
export function missingForPostgresql(): string[] {
	return binaries() === undefined ? ['PostgreSQL (apt-get install postgresql)'] : [];
}

export class PostgresqlServer {
	/** Where its socket is. */
	readonly folder: string;
	readonly #child: ChildProcess;

	private constructor(folder: string, child: ChildProcess) {
		this.folder = folder;
		this.#child = child;
	}

	/** Starts an empty one; everybody on this machine may sign in while it runs. `more`: settings of its own, each `name=value`. */
	static async start(more: readonly string[] = []): Promise<PostgresqlServer> {
		const flags = ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'];
		return PostgresqlServer.#startWith(data => ['initdb', '-D', data, ...flags], more);
	}

	/** Starts a copy of this one that follows it, under a name by which `synchronous_standby_names` may call it. */
	async startStandby(name: string): Promise<PostgresqlServer> {
		const from = ['-d', conninfo(this, name), '-R', '-X', 'stream', '-c', 'fast', '--no-sync'];
		return PostgresqlServer.#startWith(data => ['pg_basebackup', '-D', data, ...from], []);
	}

	/** `fill`: the program, and its arguments, that fills the folder of the data. */
	static async #startWith(fill: (data: string) => readonly string[], more: readonly string[]) {
		const found = binaries();
		if (found === undefined) throw new Error(missingForPostgresql().join(', '));
		const folder = makeTemporaryFolder();
		const data = path.join(folder, 'data');
		mkdirSync(data, {mode: 0o700});
		const setpriv = unprivileged(folder, data);
		const run = (command: readonly string[]) => {
			const [program = '', ...args] = command;
			const whole = [...setpriv, path.join(found, program), ...args];
			return spawn(whole[0]!, whole.slice(1), {cwd: folder, stdio: ['ignore', 'ignore', 'pipe']});
		};

		await ended(run(fill(data)));
		const settings = [...SETTINGS, ...more, `unix_socket_directories=${folder}`].flatMap(setting => ['-c', setting]);
		const child = run(['postgres', '-D', data, ...settings]);
		const server = new PostgresqlServer(folder, child);
		const said: string[] = [];
		const ready = Promise.withResolvers<void>();
		createInterface(child.stderr).on('line', line => {
			if (said.length < 50) said.push(line);
			if (/ready to accept (read-only )?connections/.test(line)) ready.resolve();
		});
		child.on('exit', () => ready.reject(new Error(`PostgreSQL ended: ${said.join('\n')}`)));
		try {
			await within(ready.promise, START_MS, () => `PostgreSQL does not start: ${said.join('\n')}`);
			return server;
		} catch (error) {
			await server.stop();
			throw error;
		}
	}

	/** Its processes: the first, which has its number, and those that it has started. */
	get processes(): readonly number[] {
		const {pid} = this.#child;
		if (pid === undefined || this.#isOver) return [];
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
		return [pid, ...children.split(' ').filter(Boolean).map(Number)];
	}

	/** How a client reaches it. `schema`: where its tables are, in place of everybody's. */
	url(schema = 'public'): string {
		return `postgres:///postgres?host=${this.folder}&user=postgres&options=-csearch_path%3D${schema}`;
	}

	/** Its process, to be stopped and let go on. */
	signal(signal: NodeJS.Signals): void {
		this.#child.kill(signal);
	}

	/** With SIGKILL, as when its machine goes: none of its processes does anything any more. Its data is gone, too. */
	async kill(): Promise<void> {
		const exited = once(this.#child, 'exit');
		for (const pid of this.processes) kill(pid);
		await exited;
		removeFolder(this.folder);
	}

	/** At once, as in a crash, and all that it held is gone. */
	async stop(): Promise<void> {
		if (!this.#isOver) {
			const exited = once(this.#child, 'exit');
			this.#child.kill('SIGQUIT');
			await exited;
		}

		removeFolder(this.folder);
	}

	get #isOver(): boolean {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}
}

/** How a standby of this name reaches the one that it follows. */
export function conninfo({folder}: PostgresqlServer, name: string): string {
	return `host=${folder} user=postgres application_name=${name}`;
}

async function ended(child: ChildProcess): Promise<void> {
	const said: string[] = [];
	createInterface(child.stderr!).on('line', line => {
		if (said.length < 50) said.push(line);
	});
	const [code] = (await within(once(child, 'close'), START_MS, () => `${child.spawnfile} does not end`)) as [number];
	if (code !== 0) throw new Error(`${child.spawnargs.join(' ')}: ${said.join('\n')}`);
}

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}

/** The folder with `initdb` and `postgres` of the newest version. */
function binaries(): string | undefined {
	if (!existsSync(VERSIONS)) return undefined;
	const versions = readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a));
	const folders = versions.map(version => path.join(VERSIONS, version, 'bin'));
	return folders.find(folder => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres')));
}

/** It does not run as root: then it runs as the user `postgres`, to whom the folders are given. */
function unprivileged(...folders: readonly string[]): readonly string[] {
	if (process.getuid?.() !== 0) return [];
	const [uid, gid] = ['-u', '-g'].map(which => Number(execFileSync('id', [which, 'postgres'], {encoding: 'utf8'}))) as [
		number,
		number,
	];
	for (const folder of folders) chownSync(folder, uid, gid);
	return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}
