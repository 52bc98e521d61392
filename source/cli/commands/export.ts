// export: everything that was said, oldest first, a line a message.
import {type KeptMessages, typedTalk} from '../../client/facade.ts';
import {type Message} from '../../client/snapshot.ts';
import {type ExportTask} from '../task.ts';
import {type CommandIo} from '../command-io.ts';
import {correspondenceLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {stopped} from '../until.ts';
import {messageRecord} from '../watch.ts';

/** UTF-16 units written at once. */
const CHUNK = 65_536;

/** Ends early at `stop`. Throws Failure, ClientError and OutputError. */
export async function exportMessages(
	kept: KeptMessages,
	{name, asText}: Pick<ExportTask, 'name' | 'asText'>,
	{write, stop}: Pick<CommandIo, 'write' | 'stop'>,
): Promise<void> {
	const said = kept.said(name === undefined ? undefined : typedTalk(name));
	const chunks = inChunks(said, asText ? correspondenceLine : message => jsonLine(messageRecord(message)));
	const end = stopped(stop);
	for (const chunk of chunks) {
		if (stop.aborted) return;
		await Promise.race([write(chunk), end]);
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
