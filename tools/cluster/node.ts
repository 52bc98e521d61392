// One server of several, in a process of its own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type Place} from '../members/directory-client.ts';
import {within} from '../within.ts';

const PATIENCE_MS = 60_000;
/** Lines of its log that are kept: the last ones. */
const LINES = 200;

export type ClusterNode = Place & {
	readonly data: string;
	readonly child: ChildProcess;
	readonly lines: readonly string[];
	/** Resolves when it has ended. */
	stop(signal: NodeJS.Signals): Promise<void>;
};

export type NodeOptions = {
	/** The built server. */
	readonly door: string;
	/** Its data directory. */
	readonly data: string;
	/** The URL of the database. */
	readonly store: string;
	/** As --listen and --registration take them; any port, and open, unless given. */
	readonly listen?: string;
	readonly registration?: string;
	readonly more?: readonly string[];
};

/** Resolves when it listens. */
export async function startNode(options: NodeOptions): Promise<ClusterNode> {
	const {door, data, store, listen = '127.0.0.1:0', registration = 'open', more = []} = options;
	const flags = ['--data', data, '--listen', listen, '--registration', registration, '--store', store, ...more];
	const child = spawn(process.execPath, [door, ...flags], {stdio: ['ignore', 'pipe', 'pipe']});
	const lines: string[] = [];
	const hear = (line: string) => {
		lines.push(line);
		if (lines.length > LINES) lines.shift();
	};

	const link = Promise.withResolvers<string>();
	const exited = once(child, 'exit');
	createInterface({input: child.stdout}).on('line', line => {
		hear(line);
		const {joinLink} = JSON.parse(line) as {joinLink?: string};
		if (joinLink !== undefined) link.resolve(joinLink);
	});
	child.stderr.on('data', chunk => hear(String(chunk)));
	child.on('exit', () => link.reject(new Error(`a server ended: ${lines.join('\n')}`)));
	const words = () => `a server does not start: ${lines.join('\n')}`;
	const joinLink = await within(link.promise, PATIENCE_MS, words).catch((error: unknown) => {
		child.kill('SIGKILL');
		throw error;
	});
	return {
		data,
		child,
		lines,
		joinLink,
		address: {port: parseJoinLink(joinLink)!.port},
		async stop(signal) {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill(signal);
			await within(exited, PATIENCE_MS, () => `a server does not end: ${lines.join('\n')}`);
		},
	};
}
