// Who asks for a file is answered in the session in which they ask, whichever this side sends on; what comes of a former session is passed over.
import {Buffer} from 'node:buffer';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {FileTransfers} from '../../../source/messaging/files/file-transfers.ts';
import {type Message} from '../../../source/messaging/message.ts';
import {hashLeaf} from '../../../source/protocol/files/hash-tree.ts';
import {FILE_END, decodeFileMessage, encodeFileMessage} from '../../../source/wire/messages/file.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';

test('a question in a session that this side does not send on is answered there', async t => {
	const source = path.join(temporaryFolder(t), 'a.txt');
	const bytes = Buffer.from('some bytes');
	writeFileSync(source, bytes);
	const [offer, device] = [Buffer.alloc(16, 1), Buffer.alloc(8, 2)];
	const conversation = talkWith('bob');
	const message = {direction: 'out', id: offer.toString('hex')} as const;
	const file = {
		name: 'a.txt',
		size: bytes.length,
		root: hashLeaf(bytes).toString('hex'),
		device: '00'.repeat(8),
		answers: {},
	};
	const said: Array<{readonly kind: string | undefined; readonly session: number | undefined}> = [];
	const over = Promise.withResolvers<void>();
	const fill = () =>
		transfers.fill('bob', (each, _, session) => {
			const kind = decodeFileMessage(each)?.kind;
			said.push({kind, session});
			if (kind === 'piece') over.resolve();
			return true;
		});
	const transfers: FileTransfers = new FileTransfers({
		self: Buffer.alloc(8),
		history: {
			file: () => ({conversation, message, path: source, stamp: '', leaves: 0, state: 'given'}),
			putFile: () => true,
			removeFile() {},
			filesInState: () => [],
		},
		message: (_, name) => (name.direction === 'out' ? ({...message, conversation, file} as Message) : undefined),
		send: () => '',
		answer() {},
		wake: () => fill(),
		folder: () => '',
		limit: () => 0,
		elapsed: () => 0,
		may: work => work(),
		show() {},
	});
	t.teardown(async () => transfers.close());
	const begin = encodeFileMessage({kind: 'end', offer, reason: FILE_END.stopped});
	const ask = encodeFileMessage({kind: 'ask', offer, from: 0, until: 1});
	transfers.onFiles('bob', [begin, ask], device, {session: 7, isSentOn: false});
	await over.promise;
	t.deepEqual(said, [
		{kind: 'end', session: 7},
		{kind: 'leaf', session: 7},
		{kind: 'piece', session: 7},
	]);
});
