// Processes of their own that run a few lines against the sources: to be killed in the middle, or to be short of room.
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import process from 'node:process';

export type Ended = {readonly signal: NodeJS.Signals | null; readonly status: number | null; readonly output: string};

export type ChildOptions = {
	/** Largest file that it may write, in blocks of 512 bytes. */
	readonly fileLimit?: number;
	/** SIGKILL when this says so of the output so far. */
	readonly killWhen?: (output: string) => boolean;
};

/** The address of a source file, for an import there. */
export function source(file: string): string {
	return new URL(`../../source/${file}`, import.meta.url).href;
}

/** Resolves once it has ended. `code` is a module; its functions are imported from `source(…)`. */
export async function runChild(code: string, {fileLimit, killWhen}: ChildOptions = {}): Promise<Ended> {
	const node = [process.execPath, '--import=tsx', '--input-type=module', '--eval', code];
	const limited = fileLimit === undefined ? node : ['sh', '-c', `ulimit -f ${fileLimit}; exec "$@"`, 'sh', ...node];
	const [command = '', ...rest] = limited;
	const child = spawn(command, rest, {stdio: ['ignore', 'pipe', 'inherit']});
	const chunks: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => {
		chunks.push(chunk);
		if (killWhen?.(Buffer.concat(chunks).toString()) === true) child.kill('SIGKILL');
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (status, signal) => resolve({signal, status, output: Buffer.concat(chunks).toString()}));
	});
}
