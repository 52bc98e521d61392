// A real PostgreSQL of the machine's own binaries, for as long as it is needed: on a Unix socket in a folder that goes away with it.
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chownSync, existsSync, mkdirSync, readdirSync} from 'node:fs';
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
	'max_connections=100',
];

/** What the machine lacks, in words. */
export function missingForPostgresql(): string[] {
	return binaries() === undefined ? ['PostgreSQL (apt-get install postgresql)'] : [];
}

export class PostgresqlServer {
	readonly #folder: string;
	readonly #child: ChildProcess;

	private constructor(folder: string, child: ChildProcess) {
		this.#folder = folder;
		this.#child = child;
	}

	/** Starts an empty one; everybody on this machine may sign in while it runs. */
	static async start(): Promise<PostgresqlServer> {
		const found = binaries();
		if (found === undefined) throw new Error(missingForPostgresql().join(', '));
		const folder = makeTemporaryFolder();
		const data = path.join(folder, 'data');
		mkdirSync(data, {mode: 0o700});
		const [setpriv, ids] = unprivileged(folder, data);
		const initdb = [
			...setpriv,
			path.join(found, 'initdb'),
			'-D',
			data,
			'-A',
			'trust',
			'-U',
			'postgres',
			'-E',
			'UTF8',
			'--locale=C',
			'--no-sync',
		];
		execFileSync(initdb[0]!, initdb.slice(1), {...ids, cwd: folder, stdio: ['ignore', 'ignore', 'pipe']});
		const settings = [...SETTINGS, `unix_socket_directories=${folder}`].flatMap(setting => ['-c', setting]);
		const postgres = [...setpriv, path.join(found, 'postgres'), '-D', data, ...settings];
		const child = spawn(postgres[0]!, postgres.slice(1), {cwd: folder, stdio: ['ignore', 'ignore', 'pipe']});
		const server = new PostgresqlServer(folder, child);
		const said: string[] = [];
		const ready = Promise.withResolvers<void>();
		createInterface(child.stderr).on('line', line => {
			if (said.length < 50) said.push(line);
			if (line.includes('ready to accept connections')) ready.resolve();
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

	/** How a client reaches it. `schema`: where its tables are, in place of everybody's. */
	url(schema = 'public'): string {
		return `postgres:///postgres?host=${this.#folder}&user=postgres&options=-csearch_path%3D${schema}`;
	}

	/** Its process, to be stopped and let go on. */
	signal(signal: NodeJS.Signals): void {
		this.#child.kill(signal);
	}

	/** At once, as in a crash, and all that it held is gone. */
	async stop(): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			const exited = once(this.#child, 'exit');
			this.#child.kill('SIGQUIT');
			await exited;
		}

		removeFolder(this.#folder);
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
function unprivileged(...folders: readonly string[]): readonly [readonly string[], object] {
	if (process.getuid?.() !== 0) return [[], {}];
	const [uid, gid] = ['-u', '-g'].map(which => Number(execFileSync('id', [which, 'postgres'], {encoding: 'utf8'}))) as [
		number,
		number,
	];
	for (const folder of folders) chownSync(folder, uid, gid);
	return [['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'], {}];
}
