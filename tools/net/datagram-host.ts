// Somebody in a namespace who sends and receives datagrams as a test says.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import process from 'node:process';
import {type Namespace} from './lab.ts';
import {type Program} from './program.ts';

export type At = {readonly host: string; readonly port: number};

export type DatagramOrder =
	| {readonly type: 'open'; readonly socket: string; readonly host: string; readonly port?: number}
	| ({readonly type: 'send'; readonly socket: string; readonly hex: string} & At);

export type DatagramReport =
	| {readonly type: 'open'; readonly socket: string; readonly port: number}
	| {readonly type: 'sent'; readonly socket: string}
	| ({readonly type: 'got'; readonly socket: string; readonly hex: string} & At);

export class DatagramHost {
	readonly #program: Program;

	constructor(namespace: Namespace) {
		const script = path.join(import.meta.dirname, 'children/datagrams.ts');
		this.#program = namespace.start([process.execPath, script]);
	}

	/** Opens a socket under a name that is new here; returns its port. */
	async open(socket: string, host: string, port = 0): Promise<number> {
		this.#order({type: 'open', socket, host, port});
		const {text} = await this.#program.line(new RegExp(`^\\{"type":"open","socket":"${socket}"`));
		return (JSON.parse(text) as {port: number}).port;
	}

	/** Resolves when the kernel has taken it, which in a lab without a wire has brought it to the other side, too. */
	async send(socket: string, {host, port}: At, words: string | Buffer): Promise<void> {
		const before = this.#reports().filter(({type}) => type === 'sent').length;
		this.#order({type: 'send', socket, host, port, hex: Buffer.from(words).toString('hex')});
		await this.#program.until(() => this.#reports().filter(({type}) => type === 'sent').length > before);
	}

	/** The sender of the first datagram with these words; throws when none has come in time. */
	async sender(socket: string, words: string): Promise<At> {
		const isIt = (each: DatagramReport) => each.type === 'got' && each.socket === socket && wordsOf(each) === words;
		await this.#program.until(() => this.#reports().some(isIt));
		const {host, port} = this.#reports().find(isIt) as At;
		return {host, port};
	}

	/** All that has come to a socket, in order. */
	heard(socket: string): string[] {
		const got = this.#reports().filter(each => each.type === 'got' && each.socket === socket);
		return got.map(each => wordsOf(each as {hex: string}));
	}

	#order(order: DatagramOrder): void {
		this.#program.say(JSON.stringify(order));
	}

	#reports(): DatagramReport[] {
		return this.#program.lines.map(({text}) => JSON.parse(text) as DatagramReport);
	}
}

function wordsOf({hex}: {readonly hex: string}): string {
	return Buffer.from(hex, 'hex').toString();
}
