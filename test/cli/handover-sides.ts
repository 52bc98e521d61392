// Profiles whose server is nowhere, and what answers in the place of the process that has one.
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {type Socket, createServer} from 'node:net';
import path from 'node:path';
import {type ExecutionContext} from 'ava';
import {openHandoverKey} from '../../source/client/facade.ts';
import {createVault} from '../../source/client/vault.ts';
import {Failure} from '../../source/cli/failure.ts';
import {HANDOVER_SOCKET, HANDOVER_VERSION} from '../../source/cli/handover/handover-lines.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {message} from '../messaging/history/entries.ts';
import {quickScrypt} from '../twins/people.ts';

export const password = 'correct horse';

/** Alice's profile; nothing listens where her server is said to be. */
export async function profileOf(t: ExecutionContext): Promise<string> {
	const folder = path.join(temporaryFolder(t), 'alice');
	mkdirSync(folder, {mode: 0o700});
	const secrets = {seed: systemRandom(32), dataKey: systemRandom(32), entropy: systemEntropy, scrypt: quickScrypt};
	const vault = await createVault(path.join(folder, 'vault'), password, secrets);
	const history = openHistory(path.join(folder, 'history.db'), vault.dataKey);
	history.append([message('in', 'bob', 1, 'strawberry')]);
	history.close();
	vault.close();
	const account = {name: 'alice', host: '127.0.0.1', port: 1, serverKey: 'ab'.repeat(32)};
	writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({account}), {mode: 0o600});
	return folder;
}

/** Somebody in the place of the process that has the profile. */
export async function impostor(t: ExecutionContext, answer: (socket: Socket) => void) {
	const folder = await profileOf(t);
	const server = createServer(socket => {
		socket.on('error', () => {});
		answer(socket);
	});
	const file = path.join(folder, HANDOVER_SOCKET);
	server.listen(file);
	await once(server, 'listening');
	chmodSync(file, 0o600);
	t.teardown(() => server.close());
	return {folder, key: await openHandoverKey(folder, password)};
}

/** The first line of either side. */
export const hello = (version = HANDOVER_VERSION) =>
	`${JSON.stringify({type: 'hello', version, nonce: '1'.repeat(64)})}\n`;

/** What `work` fails with. */
export async function refusal(work: Promise<unknown>): Promise<Failure> {
	try {
		await work;
	} catch (error) {
		if (error instanceof Failure) return error;
		throw error;
	}

	throw new Error('it was done');
}
