// A real Redis of the machine, for as long as it is needed: on loopback, with nothing on the disk but what it leaves in a folder that goes away.
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {freePort} from '../cluster/loop-delay.ts';
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';
import {within} from '../within.ts';

/** The first version with sharded publish and subscribe. */
const LEAST = 7;
const PATIENCE_MS = 30_000;
const SETTINGS = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];

/** What the machine lacks, in words. */
export function missingForRedis(): string[] {
	try {
		const said = execFileSync('redis-server', ['--version'], {encoding: 'utf8'});
		if (Number(/v=(\d+)/.exec(said)?.[1]) >= LEAST) return [];
	} catch {
		// There is none.
	}

	return [`Redis ${LEAST} or later (apt-get install redis-server)`];
}

export class RedisServer {
	readonly port: number;
	/** Where it is for a client on this machine that does not come by TCP. */
	readonly socket: string;
	readonly #folder: string;
	readonly #more: readonly string[];
	#child: ChildProcess | undefined;

	private constructor(port: number, more: readonly string[]) {
		this.port = port;
		this.#folder = makeTemporaryFolder();
		this.socket = path.join(this.#folder, 'redis.sock');
		this.#more = more;
	}

	/** Everybody on this machine may use it, unless its settings say otherwise. `more`: as on its command line. */
	static async start(more: readonly string[] = []): Promise<RedisServer> {
		const server = new RedisServer(await freePort(), more);
		await server.resume();
		return server;
	}

	/** At the same port, after it was killed. */
	async resume(): Promise<void> {
		const args = ['--port', String(this.port), '--unixsocket', this.socket, '--dir', this.#folder];
		const child = spawn('redis-server', [...args, ...SETTINGS, ...this.#more], {stdio: ['ignore', 'pipe', 'ignore']});
		this.#child = child;
		const said: string[] = [];
		const ready = Promise.withResolvers<void>();
		createInterface(child.stdout).on('line', line => {
			if (said.length < 50) said.push(line);
			if (line.includes('Ready to accept connections')) ready.resolve();
		});
		child.on('exit', () => ready.reject(new Error(`Redis ended: ${said.join('\n')}`)));
		try {
			await within(ready.promise, PATIENCE_MS, () => `Redis does not start: ${said.join('\n')}`);
		} catch (error) {
			await this.stop();
			throw error;
		}
	}

	/** Its process, to be stopped and let go on. */
	signal(signal: NodeJS.Signals): void {
		this.#child?.kill(signal);
	}

	/** As when its machine goes. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		child.kill('SIGKILL');
		await exited;
	}

	async stop(): Promise<void> {
		await this.kill();
		removeFolder(this.#folder);
	}
}

/** Nodes of one Redis Cluster, each with its part of the slots and no replica; all know of each other. */
export async function startRedisCluster(count: number): Promise<readonly RedisServer[]> {
	const nodes = await Promise.all(
		Array.from({length: count}, async () => {
			const settings = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())];
			return RedisServer.start([
				...settings,
				'--cluster-node-timeout',
				'2000',
				'--cluster-require-full-coverage',
				'no',
			]);
		}),
	);
	try {
		const places = nodes.map(({port}) => `127.0.0.1:${port}`);
		execFileSync('redis-cli', ['--cluster', 'create', ...places, '--cluster-yes'], {stdio: 'ignore'});
		await Promise.all(nodes.map(async ({port}) => redisClusterIsWhole(port, count)));
		return nodes;
	} catch (error) {
		await Promise.all(nodes.map(async node => node.stop()));
		throw error;
	}
}

/** Resolves when this node knows all of them, and where each slot is. */
export async function redisClusterIsWhole(port: number, count: number): Promise<void> {
	for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
		const said = execFileSync('redis-cli', ['-p', String(port), 'cluster', 'info'], {encoding: 'utf8'});
		if (said.includes('cluster_state:ok') && said.includes(`cluster_size:${count}`)) return;
		await new Promise(resolve => setTimeout(resolve, 50));
	}

	throw new Error('the nodes of the Redis Cluster do not find each other');
}
