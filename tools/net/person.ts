// Somebody with an account, at home in a namespace, who runs the client as people do.
import path from 'node:path';
import process from 'node:process';
import {type Namespace} from './lab.ts';
import {type Ended, type Program} from './program.ts';

export type Sent = Ended & {
	/** When the program was started, and when it had ended; performance.now(), ms. */
	readonly began: number;
	readonly ended: number;
};

export type Heard = {readonly peer: string; readonly text: string; readonly at: number};

export class Person {
	readonly name: string;
	readonly host: Namespace;
	readonly profile: string;
	readonly #client: string;
	readonly #env: Readonly<Record<string, string>>;

	/** `client` is the built door that this person runs. */
	constructor(name: string, host: Namespace, folder: string, client: string) {
		this.name = name;
		this.host = host;
		this.profile = path.join(folder, name);
		this.#client = client;
		this.#env = {SIMCHAT_PASSWORD: `the password of ${name}`, XDG_CACHE_HOME: folder};
	}

	/** Makes the account; with `script`, that program does it in place of the client's own command. */
	async signUp(link: string, script?: string): Promise<void> {
		const words = script === undefined ? [] : [process.execPath, script, link, this.name, this.profile];
		const program =
			script === undefined ? this.run('sign-up', link, '--name', this.name) : this.host.start(words, this.#env);
		const {code, words: said} = await program.ended();
		if (code !== 0) throw new Error(`no account for ${this.name}: ${said}`);
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

	/** Prints what comes from now on; resolves when this person can be reached, or the server has no address of them. */
	async listen(): Promise<Listener> {
		const program = this.run('tail', '--json');
		await program.line(/"state":"online"/);
		return new Listener(program);
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
