// A process that is server and two clients at once: they sign up, sign in, talk and sign off. Prints which of the keys of all three lie in
// its memory: while a password is stretched, in the middle of the talk, and once everybody has signed off, with the server still running.
import {patiently} from '../../../tools/members/patiently.ts';
import {makeTemporaryFolder, removeFolder} from '../../../tools/temporary-folder.ts';
import path from 'node:path';
import process from 'node:process';
import {Client} from '../../../source/client/facade.ts';
import {startServer} from '../../../source/server/start-server.ts';
import {Recorder} from './recorder.ts';
import {type Findings, found} from './search.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

/** Letters of two bytes in UTF-8, which V8 keeps as two others: what is found is no string of V8's. */
const password = (name: string) => `${name} ${String.fromCodePoint(...Array.from({length: 16}, (_, i) => 0x4_31 + i))}`;

const folder = makeTemporaryFolder();
const server = await startServer({
	data: path.join(folder, 'server'),
	listen: {host: '127.0.0.1', port: 0},
	registration: 'open',
});
const recorder = new Recorder();
recorder.start();
let stretching: string[] = [];
recorder.onPassword = () => {
	stretching = found(recorder.notes);
	recorder.onPassword = () => {};
};

async function until(client: Client, condition: () => boolean): Promise<void> {
	await new Promise<void>(resolve => {
		const look = () => {
			if (condition()) resolve();
		};

		client.subscribe(look);
		look();
	});
}

const open = (name: string) => Client.open({folder: path.join(folder, name), scrypt: {logN: 15, r: 8, p: 1}});
const said = (client: Client, name: string) => client.snapshot().conversations.get(talkWith(name))?.messages ?? [];

async function talk(): Promise<string[]> {
	const alice = open('alice');
	const bob = open('bob');
	await patiently(async () => alice.signUp(server.joinLink, 'alice', password('alice')));
	await alice.signOff();
	await alice.signIn(password('alice'));
	await patiently(async () => bob.signUp(server.joinLink, 'bob', password('bob')));
	for (const client of [alice, bob]) await until(client, () => client.snapshot().reflexive !== undefined);
	for (let count = 1; count <= 5; count++) {
		// What is young moves, as it does all the time in a longer talk.
		globalThis.gc?.({type: 'minor'});
		alice.send(talkWith('bob'), `question ${count}`);
		await until(bob, () => said(bob, 'alice').length === 2 * count - 1);
		bob.send(talkWith('alice'), `answer ${count}`);
		await until(alice, () => said(alice, 'bob').filter(({state}) => state !== 'queued').length === 2 * count);
	}

	await alice.changePassword(password('alice'), password('alice again'));
	const talking = found(recorder.notes);
	await alice.close();
	await bob.close();
	return talking;
}

const talking = await talk();
for (let round = 0; round < 5; round++) {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	globalThis.gc?.();
}

const findings: Findings = {stretching, talking, signedOff: found(recorder.notes)};
process.stdout.write(JSON.stringify(findings));
await server.close();
removeFolder(folder);
