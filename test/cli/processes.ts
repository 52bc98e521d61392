// The client and its server as real processes, each without a terminal of its own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {createInterface} from 'node:readline';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {patiently} from '../../tools/members/patiently.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {clientDoor, commandOf, serverDoor} from '../programs.ts';
import {quickScrypt} from '../twins/people.ts';

/** How long anything may take, ms: some commands wait for others for half a minute, and machines are busy. */
const PATIENCE_MS = 120_000;

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export class Running {
	readonly child: ChildProcess;
	/** Every line of its standard output so far. */
	readonly lines: string[] = [];
	#stderr = '';
	readonly #closed: Promise<unknown>;
	readonly #news = new EventTarget();

	/** `stdout` is a pipe that is read here, or a file descriptor. `wrap` is a command that becomes another, the door. */
	constructor(
		t: ExecutionContext,
		door: string,
		args: readonly string[],
		env: Readonly<Record<string, string>> = {},
		stdout: 'pipe' | number = 'pipe',
		wrap: readonly string[] = [],
	) {
		const {SIMCHAT_PASSWORD: _, ...inherited} = process.env;
		// A session of its own has no controlling terminal to ask on.
		const [command, ...words] = [...wrap, ...commandOf(door), ...args];
		this.child = spawn(command!, words, {
			detached: true,
			stdio: ['pipe', stdout, 'pipe'],
			env: {...inherited, ...env},
		});
		t.teardown(() => this.child.kill('SIGKILL'));
		this.#closed = once(this.child, 'close');
		if (this.child.stdout !== null) {
			createInterface({input: this.child.stdout}).on('line', line => {
				this.lines.push(line);
				this.#news.dispatchEvent(new Event('line'));
			});
		}

		this.child.stderr?.on('data', chunk => (this.#stderr += String(chunk)));
		this.child.stdin?.on('error', () => {}); // It may end without having read all.
	}

	/** The first line that matches, as soon as it is there. Throws when the process ends without it, or it does not come in time. */
	async line(pattern: RegExp): Promise<string> {
		return within(this.#line(pattern), PATIENCE_MS, () => `no line ${pattern} in time: ${this.#said}`);
	}

	async #line(pattern: RegExp): Promise<string> {
		for (;;) {
			const found = this.lines.find(line => pattern.test(line));
			if (found !== undefined) return found;
			const isOver = await Promise.race([
				once(this.#news, 'line').then(() => false),
				this.#closed.then(() => !this.lines.some(line => pattern.test(line))),
			]);
			if (isOver) throw new Error(`no line ${pattern}: ${this.#said}`);
		}
	}

	/** Throws when it does not end in time. */
	async ended(): Promise<Ended> {
		await within(this.#closed, PATIENCE_MS, () => `it does not end: ${this.child.spawnargs.join(' ')} ${this.#said}`);
		return {code: this.child.exitCode, stdout: this.lines.join('\n'), stderr: this.#stderr};
	}

	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
		this.child.kill(signal);
		return this.ended();
	}

	get #said(): string {
		return `${this.lines.join('\n')} ${this.#stderr}`;
	}
}

/** Resolves once a process that was just started has the profile, and takes commands for it. */
export async function isHeld(profile: string): Promise<void> {
	const look = async () => {
		while (!existsSync(path.join(profile, 'commands.sock'))) await pause(10);
	};

	await within(look(), PATIENCE_MS, () => `nobody takes commands in ${profile}`);
}

/** A server that anybody may sign up at, and its join link. */
export async function startServer(t: ExecutionContext): Promise<{server: Running; link: string}> {
	const data = temporaryFolder(t);
	const server = new Running(t, serverDoor, ['--listen', '127.0.0.1:0', '--registration', 'open', '--data', data]);
	const {joinLink} = JSON.parse(await server.line(/"joinLink"/)) as {joinLink: string};
	return {server, link: joinLink};
}

/**
 * Signs up at a server, in this process, and leaves the profile to processes that are started later. The profile keeps how its
 * password was stretched, which was quick: each of them takes the quick way too.
 */
export async function signUpQuickly(link: string, name: string, profile: string, password: string): Promise<void> {
	const client = Client.open({folder: profile, scrypt: quickScrypt});
	try {
		await patiently(async () => client.signUp(link, name, password));
	} finally {
		await client.close();
	}
}

/** Somebody who has just signed up. */
export async function signedUpPerson(t: ExecutionContext, link: string, name: string): Promise<Person> {
	const person = new Person(t, path.join(temporaryFolder(t), name), `the password of ${name}`);
	await signUpQuickly(link, name, person.profile, `the password of ${name}`);
	return person;
}

/** Somebody with a profile. */
export class Person {
	readonly profile: string;
	readonly #t: ExecutionContext;
	readonly #password: string;

	constructor(t: ExecutionContext, profile: string, password: string) {
		this.#t = t;
		this.profile = profile;
		this.#password = password;
	}

	/** Where files of others are saved. */
	get downloads(): string {
		return `${this.profile}-downloads`;
	}

	/** Runs on, with its standard input open. */
	start(...args: string[]): Running {
		return this.startInto('pipe', ...args);
	}

	/** The same, with its standard output somewhere else. */
	startInto(stdout: 'pipe' | number, ...args: string[]): Running {
		const env = {SIMCHAT_PASSWORD: this.#password, XDG_DOWNLOAD_DIR: this.downloads};
		return new Running(this.#t, clientDoor, [...args, '--profile', this.profile], env, stdout);
	}

	/** Runs to its end, `input` being its standard input. */
	async run(args: readonly string[], input = ''): Promise<Ended> {
		const running = this.start(...args);
		running.child.stdin?.end(input);
		return running.ended();
	}
}
