// A directory server in a namespace, as people run it.
import path from 'node:path';
import process from 'node:process';
import {type Namespace} from './lab.ts';
import {type Program} from './program.ts';

export const PORT = 7406;

export class Directory {
	readonly program: Program;
	readonly #link: string;

	private constructor(program: Program, link: string) {
		this.program = program;
		this.#link = link;
	}

	/** Listens on every address of its namespace; anybody may sign up. `door` is the built server. */
	static async start(host: Namespace, door: string, folder: string): Promise<Directory> {
		const flags = ['--listen', `:${PORT}`, '--registration', 'open', '--data', path.join(folder, host.full)];
		const program = host.start([process.execPath, door, ...flags]);
		const {text} = await program.line(/"joinLink"/);
		return new Directory(program, (JSON.parse(text) as {joinLink: string}).joinLink);
	}

	/** The join link, by a name or an address of the server. */
	link(host: string): string {
		return this.#link.replace(/^simchat:\/\/[^/]*\//, `simchat://${host}:${PORT}/`);
	}

	/** When `name` signed in for the first time after `since`; both of performance.now(). Undefined when that was not yet. */
	signedInAt(name: string, since: number): number | undefined {
		return this.program.lines.find(({text, at}) => at > since && tellsSignIn(text, name))?.at;
	}
}

/** Whether a line of the server's log says that this name has signed in. */
export function tellsSignIn(line: string, name: string): boolean {
	return line.includes(`"msg":"${name} signed in, `);
}
