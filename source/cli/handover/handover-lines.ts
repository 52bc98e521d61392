// What travels between a command and the process that has the profile: JSON, one value a line. Bounded both ways.
import {type Socket} from 'node:net';
import * as z from 'zod/mini';
import {sharedTask} from '../shared-task.ts';

/** In the folder of the profile. */
export const HANDOVER_SOCKET = 'commands.sock';
/** Goes up when an older process would not understand a newer one. The first line of each side, and `end`, stay as they are. */
export const HANDOVER_VERSION = 4;
/** UTF-16 units of a line: a text of 65,536 of them fits, each of which JSON may spell with six. */
const LINE_LIMIT = 1_048_576;
/** Bytes that wait for a side which does not read. */
const UNREAD_LIMIT = 4 * 1_048_576;

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[\\da-f]{${2 * bytes}}$`)));
const nonce = hex(32);
const number = z.int().check(z.minimum(0));
/** The first line of each side; `language` is of the command, in which it is to be told of. */
export const helloLine = z.object({
	type: z.literal('hello'),
	version: z.number(),
	nonce,
	language: z.optional(z.string()),
});
const proof = nonce;

const words = z.string();
/** From the process that has the profile. It numbers what it wants an answer to. */
export const holderLine = z.discriminatedUnion('type', [
	z.object({type: z.literal('proof'), proof}),
	/** Answered once it is written. */
	z.object({type: z.literal('write'), number, text: z.string()}),
	z.object({type: z.literal('ask'), number, words}),
	z.object({type: z.literal('next'), number}),
	/** Recovery words are made and shown by the command: what comes back is for the device log. */
	z.object({type: z.literal('recovery'), number, name: z.string(), foundingKey: hex(32)}),
	z.object({type: z.literal('complain'), words}),
	/** The last message that was given is on the disk. */
	z.object({type: z.literal('kept')}),
	/** Nothing but a sign that it runs. */
	z.object({type: z.literal('alive')}),
	z.object({type: z.literal('end'), exitCode: z.int().check(z.minimum(0), z.maximum(255)), words: z.optional(words)}),
]);
export type HolderLine = z.infer<typeof holderLine>;

const newMessage = z.object({id: z.string().check(z.regex(/^[\da-f]{32}$/)), text: z.string(), isKept: z.boolean()});
/** From the command. */
export const commandLine = z.discriminatedUnion('type', [
	z.object({type: z.literal('task'), proof, task: sharedTask}),
	z.object({type: z.literal('written'), number}),
	z.object({type: z.literal('answer'), number, isYes: z.optional(z.boolean())}),
	/** Without a message there are no more. */
	z.object({type: z.literal('message'), number, message: z.optional(newMessage)}),
	z.object({type: z.literal('recovery'), number, made: z.optional(z.object({key: hex(32), consent: hex(64)}))}),
	z.object({type: z.literal('stop')}),
]);
export type CommandLine = z.infer<typeof commandLine>;

/** Lines over a socket. A line that is too long or no JSON, and a side that does not read, end it. */
export class Lines {
	readonly #socket: Socket;
	readonly #values: AsyncGenerator;
	readonly #closed = new AbortController();
	#wasSilent = false;

	constructor(socket: Socket) {
		this.#socket = socket;
		this.#values = valuesOf(socket);
		socket.on('error', () => {});
		socket.on('close', () => this.#closed.abort());
	}

	/** Fires when it is over. */
	get closed(): AbortSignal {
		return this.#closed.signal;
	}

	/** Whether it has ended because nothing came in time. */
	get wasSilent(): boolean {
		return this.#wasSilent;
	}

	send(value: z.infer<typeof helloLine> | HolderLine | CommandLine): void {
		if (this.#socket.destroyed) return;
		this.#socket.write(`${JSON.stringify(value)}\n`);
		if (this.#socket.writableLength > UNREAD_LIMIT) this.#socket.destroy();
	}

	/** The next value; undefined at the end. One that is none of `schema`, and none within `withinMs`, end it. */
	async next<Value>(schema: z.ZodMiniType<Value>, withinMs?: number): Promise<Value | undefined> {
		const giveUp = () => {
			this.#wasSilent = true;
			this.#socket.destroy();
		};

		const timer = withinMs === undefined ? undefined : setTimeout(giveUp, withinMs);
		try {
			const {value} = await this.#values.next();
			const {data} = schema.safeParse(value);
			if (data !== undefined) return data;
		} catch {
			// It is over, or was no JSON.
		} finally {
			clearTimeout(timer);
		}

		this.#socket.destroy();
		return undefined;
	}

	/** What was sent still goes out. */
	end(): void {
		this.#socket.end();
	}

	destroy(): void {
		this.#socket.destroy();
	}
}

/** Throws when a line is too long or no JSON. */
async function* valuesOf(socket: Socket): AsyncGenerator {
	let pending = '';
	for await (const chunk of socket.setEncoding('utf8')) {
		let searched = pending.length;
		pending += String(chunk);
		for (let end = pending.indexOf('\n', searched); end !== -1; end = pending.indexOf('\n', searched)) {
			yield JSON.parse(pending.slice(0, end));
			pending = pending.slice(end + 1);
			searched = 0;
		}

		if (pending.length > LINE_LIMIT) throw new RangeError('a line is too long');
	}
}
