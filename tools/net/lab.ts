// Network namespaces with a name of their own in each run: made as root, and removed with all that runs in them.
import {type ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {Program} from './program.ts';
import {systemCommand, works} from './system-command.ts';

/** `simchat-PID-RUN-NAME`. */
const NAME = /^simchat-(?<pid>\d+)-/;
/** Where ip netns finds the files that replace those of /etc in a namespace (ip-netns(8)). */
const ETC = '/etc/netns';

export class Lab {
	readonly #prefix = `simchat-${process.pid}-${randomBytes(4).toString('hex')}-`;
	readonly #hosts: string;
	/** By short name. */
	readonly #namespaces = new Map<string, Namespace>();
	readonly #children = new Set<ChildProcess>();
	readonly #removeAll = () => this.#remove();

	/** `hosts` is what /etc/hosts says in each namespace. Throws when namespaces cannot be made. */
	constructor(hosts: string) {
		this.#hosts = hosts;
		removeLeftovers();
		process.on('exit', this.#removeAll);
	}

	/** A new namespace with loopback alone. */
	namespace(name: string): Namespace {
		const full = `${this.#prefix}${name}`;
		mkdirSync(path.join(ETC, full), {recursive: true});
		writeFileSync(path.join(ETC, full, 'hosts'), this.#hosts);
		ip('netns', 'add', full);
		const namespace = new Namespace(full, child => this.#keep(child));
		this.#namespaces.set(name, namespace);
		namespace.run('ip link set lo up; sysctl -qw net.ipv6.conf.default.accept_dad=0');
		return namespace;
	}

	/** Ends every program, and removes every namespace. */
	async close(): Promise<void> {
		const ends = [...this.#children].map(async child => new Promise(resolve => child.once('close', resolve)));
		for (const child of this.#children) child.kill('SIGKILL');
		await Promise.all(ends);
		this.#remove();
		process.off('exit', this.#removeAll);
	}

	#keep(child: ChildProcess): void {
		this.#children.add(child);
		child.once('close', () => this.#children.delete(child));
	}

	#remove(): void {
		for (const child of this.#children) child.kill('SIGKILL');
		for (const {full} of this.#namespaces.values()) removeNamespace(full);
		this.#namespaces.clear();
	}
}

export class Namespace {
	readonly full: string;
	readonly #keep: (child: ChildProcess) => void;

	constructor(full: string, keep: (child: ChildProcess) => void) {
		this.full = full;
		this.#keep = keep;
	}

	/** The output of a shell script. Throws when one of its commands fails. */
	run(script: string): string {
		return this.#do('sh', '-ec', script);
	}

	/** Adds rules, in the words of nft(8). Throws when they are none. */
	addRules(rules: string): void {
		this.#do('nft', rules);
	}

	/** Starts a program that ends with the lab at the latest. */
	start(command: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
		const program = new Program(['ip', 'netns', 'exec', this.full, ...command], env);
		this.#keep(program.child);
		return program;
	}

	#do(...command: readonly string[]): string {
		return ip('netns', 'exec', this.full, ...command);
	}
}

/** A process that is told to end does so in order, and the lab goes with it. */
export function endOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}

/** Joins two namespaces by a cable; each end is a device of that name in its namespace. */
export function cable(
	[a, deviceOfA]: readonly [Namespace, string],
	[b, deviceOfB]: readonly [Namespace, string],
): void {
	const peer = ['peer', 'name', deviceOfB, 'netns', b.full];
	ip('link', 'add', deviceOfA, 'netns', a.full, 'type', 'veth', ...peer);
	for (const [namespace, device] of [
		[a, deviceOfA],
		[b, deviceOfB],
	] as const) {
		namespace.run(`ip link set ${device} up`);
	}
}

/** Moves a device from one namespace to another, under another name. */
export function moveDevice(
	[from, device]: readonly [Namespace, string],
	[to, name]: readonly [Namespace, string],
): void {
	from.run(`ip link set ${device} netns ${to.full} name ${name}`);
}

function ip(...words: readonly string[]): string {
	return systemCommand('ip', ...words);
}

/** Those of runs that were killed. */
function removeLeftovers(): void {
	const made = ip('netns', 'list')
		.split('\n')
		.map(line => line.split(' ')[0] ?? '');
	for (const name of [...made, ...(existsSync(ETC) ? readdirSync(ETC) : [])]) {
		const pid = NAME.exec(name)?.groups?.['pid'];
		if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeNamespace(name);
	}
}

function removeNamespace(full: string): void {
	works('ip', 'netns', 'del', full);
	rmSync(path.join(ETC, full), {recursive: true, force: true});
}
