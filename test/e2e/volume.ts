// A disk of a few hundred KiB, or one that takes nothing: a mount in a namespace of its own. Where the system allows none, a process
// limit stands in for the full disk.
import {execFile, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, mkdirSync, openSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {Buffer} from 'node:buffer';
import {promisify} from 'node:util';
import {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Running, type Ended} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';

/** Who may make namespaces may mount in them. */
export const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** A folder as whoever holds its namespace sees it. */
class Mount {
	readonly folder: string;
	readonly #keeper: number;

	private constructor(folder: string, keeper: number) {
		this.folder = folder;
		this.#keeper = keeper;
	}

	/** Runs `script` in a namespace that ends with the test, `$1` being a folder that the script mounts on. */
	static async make(t: ExecutionContext, script: string, folder: string): Promise<Mount> {
		const command = ['-rm', 'sh', '-ec', `${script}; echo ready; exec cat`, 'sh', folder];
		const keeper = spawn('unshare', command, {stdio: ['pipe', 'pipe', 'inherit']});
		t.teardown(() => keeper.kill('SIGKILL'));
		await once(keeper.stdout, 'data');
		return new Mount(folder, keeper.pid!);
	}

	get wrap(): string[] {
		return ['nsenter', '-t', String(this.#keeper), '-U', '-m', '--preserve-credentials', `--wdns=${process.cwd()}`];
	}

	/** The folder as others reach it. */
	get seen(): string {
		return `/proc/${this.#keeper}/root${this.folder}`;
	}
}

/** Somebody whose processes are put where `wrap` says. */
export class Tenant {
	readonly profile: string;
	readonly #t: ExecutionContext;
	readonly #password: string;
	readonly #wrap: () => readonly string[];

	constructor(t: ExecutionContext, profile: string, password: string, wrap: () => readonly string[]) {
		this.#t = t;
		this.profile = profile;
		this.#password = password;
		this.#wrap = wrap;
	}

	/** Has `folder` for a profile, which must be a new one. */
	async move(folder: string): Promise<void> {
		const [command, ...words] = [...this.#wrap(), 'cp', '-r', folder, this.profile];
		await promisify(execFile)(command, words);
	}

	start(...args: string[]): Running {
		const env = {SIMCHAT_PASSWORD: this.#password};
		const words = [...args, '--profile', this.profile];
		return new Running(this.#t, clientDoor, words, env, 'pipe', ['env', ...this.#wrap()]);
	}

	async run(args: readonly string[], input = ''): Promise<Ended> {
		const running = this.start(...args);
		running.child.stdin?.end(input);
		return running.ended();
	}
}

export type SmallDisk = {
	readonly folder: string;
	readonly wrap: () => readonly string[];
	/** From here on it takes nothing more; of processes that run, of these. */
	fill(...running: readonly Running[]): void;
	free(...running: readonly Running[]): void;
};

/** A new file on a disk of its own that has no room for more than `size` bytes, a multiple of 4096; open for writing. */
export async function smallFile(t: ExecutionContext, size: number): Promise<{file: string; descriptor: number}> {
	const folder = path.join(temporaryFolder(t), 'disk');
	mkdirSync(folder);
	const mount = await Mount.make(t, `mount -t tmpfs -o size=${size},mode=700 none "$1"`, folder);
	const file = path.join(mount.seen, 'output');
	const descriptor = openSync(file, 'w');
	t.teardown(() => closeSync(descriptor));
	return {file, descriptor};
}

/** Room for a profile with a few messages. */
export async function smallDisk(t: ExecutionContext): Promise<SmallDisk> {
	const folder = path.join(temporaryFolder(t), 'disk');
	mkdirSync(folder);
	if (!canMount) return limitedDisk(folder);
	const mount = await Mount.make(t, 'mount -t tmpfs -o size=1m,mode=700 none "$1"', folder);
	const filler = path.join(mount.seen, 'filler');
	return {
		folder,
		wrap: () => mount.wrap,
		fill: () => fill(filler),
		free: () => rmSync(filler),
	};
}

/** Files of processes on it do not grow while it is full. */
function limitedDisk(folder: string): SmallDisk {
	let limit = 'unlimited';
	const set = (value: string, running: readonly Running[]) => {
		limit = value;
		for (const {child} of running) spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${value}:unlimited`]);
	};

	return {
		folder,
		wrap: () => ['prlimit', `--fsize=${limit}:unlimited`],
		fill: (...running) => set('0', running),
		free: (...running) => set('unlimited', running),
	};
}

/** A folder, with what is in it, that takes no change: what its processes are wrapped in. */
export async function readOnly(t: ExecutionContext, folder: string): Promise<readonly string[]> {
	const mount = await Mount.make(t, 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', folder);
	return mount.wrap;
}

/** Writes to `file` until no byte more fits on its disk. */
function fill(file: string): void {
	const descriptor = openSync(file, 'a');
	try {
		for (const size of [4096, 1]) {
			try {
				for (;;) writeSync(descriptor, Buffer.alloc(size));
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
			}
		}
	} finally {
		closeSync(descriptor);
	}
}
