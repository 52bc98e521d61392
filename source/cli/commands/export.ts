// export: everything that was said, oldest first, a line a message; to standard output or into a file of one's own.
import {Buffer} from 'node:buffer';
import {closeSync, fchmodSync, fsyncSync, openSync, writeSync} from 'node:fs';
import {type Archive, typedTalk} from '../../client/facade.ts';
import {type Message} from '../../client/snapshot.ts';
import {writeOutput} from '../../os/standard-streams.ts';
import {type ExportTask} from '../task.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {correspondenceLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {stopped} from '../until.ts';
import {messageRecord} from '../watch.ts';

/** UTF-16 units written at once. */
const CHUNK = 65_536;

/** Ends early at `stop`. Throws Failure, ClientError and OutputError. */
export async function exportMessages(
	archive: Archive,
	{name, asText, file, replaces}: ExportTask,
	stop: AbortSignal,
): Promise<void> {
	const said = archive.said(name === undefined ? undefined : typedTalk(name));
	const chunks = inChunks(said, asText ? correspondenceLine : message => jsonLine(messageRecord(message)));
	if (file !== undefined) return writeFile(file, replaces, chunks);
	const end = stopped(stop);
	for (const chunk of chunks) {
		if (stop.aborted) return;
		await Promise.race([writeOutput(chunk), end]);
	}
}

function* inChunks(messages: Iterable<Message>, lineOf: (message: Message) => string): Generator<string> {
	let chunk = '';
	for (const message of messages) {
		chunk += `${lineOf(message)}\n`;
		if (chunk.length < CHUNK) continue;
		yield chunk;
		chunk = '';
	}

	yield chunk;
}

/** On the disk when it returns, and readable by its owner alone. */
function writeFile(file: string, replaces: boolean, chunks: Iterable<string>): void {
	let descriptor: number | undefined;
	try {
		descriptor = openSync(file, replaces ? 'w' : 'wx', 0o600);
		fchmodSync(descriptor, 0o600);
		for (const chunk of chunks) {
			for (let rest = Buffer.from(chunk); rest.length > 0;) rest = rest.subarray(writeSync(descriptor, rest));
		}

		fsyncSync(descriptor);
	} catch (error) {
		if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
		const isThere = error.code === 'EEXIST';
		const words = isThere ? 'it is there already: choose another name, or add --force' : String(error.code);
		throw new Failure(isThere ? EXIT_CODES.cantCreate : EXIT_CODES.io, `cannot write ${file}: ${words}`);
	} finally {
		if (descriptor !== undefined) closeSync(descriptor);
	}
}
