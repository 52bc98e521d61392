// Somebody with an account, at home in a namespace, who runs the client as people do.
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {DatagramCounter} from './datagram-counter.ts';
import {type Directory} from './directory.ts';
import {type Namespace} from './lab.ts';
import {type Ended, type Program} from './program.ts';

/** For a program that has just been started to sign in and to be told its address, ms. */
const BOUND_MS = 6000;

export type Sent = Ended & {
	/** When the program was started, and when it had ended; performance.now(), ms. */
	readonly began: number;
	readonly ended: number;
};

export type Heard = {readonly peer: string; readonly text: string; readonly at: number};

export class Person {
	readonly name: string;
	readonly host: Namespace;
	/** Where the account is. */
	readonly directory: Directory;
	readonly profile: string;
	#counter: DatagramCounter | undefined;
	readonly #client: string;
	readonly #env: Readonly<Record<string, string>>;

	/** `client` is the built door that this person runs, and the profile is in `folder`. */
	constructor(
		{name, host, directory}: {readonly name: string; readonly host: Namespace; readonly directory: Directory},
		{folder, client}: {readonly folder: string; readonly client: string},
	) {
		this.name = name;
		this.host = host;
		this.directory = directory;
		this.profile = path.join(folder, name);
		this.#client = client;
		this.#env = {
			SIMCHAT_PASSWORD: `the password of ${name}`,
			XDG_CACHE_HOME: folder,
			XDG_DOWNLOAD_DIR: `${this.profile}-downloads`,
		};
	}

	/**
	 * Makes the account at the server that this host name or address leads to. With `script` that program does it in place of the
	 * client's own command, and blocks these names.
	 */
	async signUp(server: string, script?: string, blocked: readonly string[] = []): Promise<void> {
		const link = this.directory.link(server);
		const program =
			script === undefined
				? this.run('sign-up', link, '--name', this.name)
				: this.host.start([process.execPath, script, link, this.name, this.profile, ...blocked], this.#env);
		const {code, words} = await program.ended();
		if (code !== 0) throw new Error(`no account for ${this.name}: ${words}`);
	}

	/** Starts a command of the client. */
	run(...args: readonly string[]): Program {
		return this.host.start([process.execPath, this.#client, ...args, '--profile', this.profile], this.#env);
	}

	/** One message, as a process of its own. */
	async send(to: string, text: string, waitS: number): Promise<Sent> {
		const began = performance.now();
		const ended = await this.run('send', to, text, '--wait', String(waitS)).ended();
		return {...ended, began, ended: performance.now()};
	}

	/** The kind of the way to somebody, as the doctor names it: `lan`, `direct` or another. */
	async wayTo({name}: Person): Promise<string> {
		const program = this.run('doctor', name, '--json');
		const {words} = await program.ended();
		const [line] = program.lines;
		if (line === undefined) throw new Error(`the doctor says nothing: ${words}`);
		const {contacts} = JSON.parse(line.text) as {contacts: ReadonlyArray<{path: {kind: string}}>};
		return contacts[0]?.path.kind ?? 'none';
	}

	/** Of this person's host. */
	get counter(): DatagramCounter {
		return (this.#counter ??= new DatagramCounter(this.host));
	}

	/** Prints what comes from now on; resolves when this person is online, and can be reached as far as UDP passes. */
	async listen(): Promise<Listener> {
		const bound = this.bound();
		const program = this.run('tail', '--json');
		await program.line(/"state":"online"/);
		await bound;
		return new Listener(program);
	}

	/** Resolves when the server's first datagram has come (BOUND), which tells the program where it is; or when none comes. */
	async bound(): Promise<void> {
		this.counter.take();
		const deadline = performance.now() + BOUND_MS;
		while (this.counter.take().in.packets === 0 && performance.now() < deadline) await sleep(50);
	}
}

/** A running `tail --json`. */
export class Listener {
	readonly program: Program;

	constructor(program: Program) {
		this.program = program;
	}

	heard(): Heard[] {
		return this.program.lines.flatMap(({text: line, at}) => {
			const {type, peer, text} = JSON.parse(line) as {type: string; peer: string; text: string};
			return type === 'message' ? [{peer, text, at}] : [];
		});
	}
}
