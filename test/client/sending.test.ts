// Several messages at once, as `pipe` sends them.
import test from 'ava';
import {talkWith} from '../../source/messaging/conversation.ts';
import {startTestServer} from '../server/servers.ts';
import {signedUp} from '../twins/people.ts';

test('of several messages those before one that cannot be sent are sent', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	const talk = talkWith('bob');
	const ids = alice.client.sendAll(talk, ['one', 'two']);
	t.deepEqual(
		alice.client
			.snapshot()
			.conversations.get(talk)
			?.messages.map(({id}) => id),
		ids,
	);
	t.throws(() => alice.client.sendAll(talk, ['three', 'x'.repeat(65_536), 'five']), {code: 'bad-message'});
	t.throws(() => alice.client.sendAll(talk, ['']), {code: 'bad-message'});
	t.deepEqual(alice.client.sendAll(talk, []), []);
	await bob.until(() => bob.inbox.length === 3, 'bob has them');
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two', 'three'],
	);
});
