// What a client takes off its disk: a conversation on demand, and what is too old, without a server.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {localClock} from '../../source/os/local-clock.ts';
import {Client} from '../../source/client/facade.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {createVault} from '../../source/client/vault.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {message} from '../messaging/history/entries.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

const DAY = 86_400_000;
const now = 100 * DAY;
const password = 'correct horse';
/** Nobody listens there. */
const account = {name: 'alice', host: '127.0.0.1', port: 1, serverKey: 'ab'.repeat(32)};

async function profileWith(t: ExecutionContext, messages: readonly Message[]): Promise<string> {
	const folder = path.join(temporaryFolder(t), 'alice');
	mkdirSync(folder, {mode: 0o700});
	const vault = await createVault(path.join(folder, 'vault'), password, {
		seed: systemRandom(32),
		dataKey: systemRandom(32),
		entropy: systemEntropy,
		scrypt: {logN: 15, r: 8, p: 1},
	});
	const history = openHistory(path.join(folder, 'history.db'), vault.dataKey);
	history.append(messages);
	for (const name of ['bob', 'carol']) {
		history.putContact({name, blocked: false, addedAt: 1, request: false, nickname: undefined});
	}

	history.close();
	vault.close();
	writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({account}), {mode: 0o600});
	return folder;
}

function opened(t: ExecutionContext, folder: string): Client {
	const client = Client.open({folder, clock: {...localClock, now: () => now}});
	t.teardown(async () => client.close());
	return client;
}

const shown = (client: Client, name: string) =>
	client
		.snapshot()
		.conversations.get(talkWith(name))
		?.messages.map(({text}) => text);

test('at sign-in what is older than the person wants leaves the disk, and nothing unless they want it', async t => {
	const days = [10, 80, 99].map((day, index) => ({...message('in', 'bob', index, `day ${day}`), time: day * DAY}));
	const client = opened(t, await profileWith(t, days));
	await client.signIn(password);
	t.deepEqual(shown(client, 'bob'), ['day 10', 'day 80', 'day 99']);
	client.setPreferences({keepDays: 30});
	await client.signOff();
	await client.signIn(password);
	t.deepEqual(shown(client, 'bob'), ['day 80', 'day 99']);
	t.is(client.firstSince(talkWith('bob'), 0)?.text, 'day 80');
	t.deepEqual(
		client.find('day').map(({text}) => text),
		['day 99', 'day 80'],
	);
});

test('what is forgotten is off the screen and out of the outbox, and the rest stands', async t => {
	const client = opened(
		t,
		await profileWith(t, [message('in', 'bob', 1, 'hello'), message('in', 'carol', 2, 'hello too')]),
	);
	await client.signIn(password);
	client.send(talkWith('bob'), 'it waits');
	client.remember('draft', 'hel', talkWith('bob'));
	t.is(client.snapshot().contacts[0]?.unread, 1);
	client.forget(talkWith('bob'));
	t.deepEqual(shown(client, 'bob'), []);
	t.like(client.snapshot().contacts[0], {name: 'bob', unread: 0, outbox: 0});
	t.is(client.recall('draft', talkWith('bob')), undefined);
	t.deepEqual(
		[...client.said()].map(({text}) => text),
		['hello too'],
	);
	t.deepEqual(client.check(), []);
	await client.signOff();
	await client.signIn(password);
	t.deepEqual(shown(client, 'carol'), ['hello too']);
	t.deepEqual(client.outbox(), []);
});
