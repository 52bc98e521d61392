import test from 'ava';
import {ClientError, typedTalk} from '../../source/client/facade.ts';
import {startTestServer} from '../server/servers.ts';
import {passwordOf, signedUp, someone} from '../twins/people.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

test('what the screen remembers is there after a restart, for who signs in', async t => {
	const server = await startTestServer(t);
	const {client, folder} = await signedUp(t, server.joinLink, 'alice');
	t.is(client.recall('draft', talkWith('bob')), undefined);
	client.remember('draft', 'hel', talkWith('bob'));
	client.rememberConversation('open', talkWith('carol'));
	client.rememberConversation('open', talkWith('bob'));
	client.rememberConversation('before', talkWith('bob'));
	client.rememberConversation('before', undefined);
	const largest = 'é'.repeat(32_768);
	client.remember('x'.repeat(256), largest);
	const before = client.snapshot();
	for (const [key, value] of [
		['draft', `${largest}x`],
		['x'.repeat(257), ''],
	] as const) {
		t.is(t.throws(() => client.remember(key, value), {instanceOf: ClientError})?.code, 'bad-message');
	}

	for (const typed of ['no name', '']) t.throws(() => typedTalk(typed), {instanceOf: ClientError, code: 'bad-name'});
	t.is(client.snapshot(), before);
	await client.close();

	const later = await someone(t, {folder});
	t.is(later.client.recall('draft', talkWith('bob')), undefined);
	t.is(later.client.recallConversation('open'), undefined);
	for (const remember of [
		() => later.client.remember('draft', '', talkWith('bob')),
		() => later.client.rememberConversation('open', talkWith('bob')),
	]) {
		t.throws(remember, {instanceOf: ClientError, code: 'not-signed-in'});
	}

	await later.client.signIn(passwordOf('alice'));
	t.is(later.client.recall('draft', talkWith('bob')), 'hel');
	t.is(later.client.recall('draft', talkWith('carol')), undefined);
	t.is(later.client.recall('draft'), undefined);
	t.is(later.client.recallConversation('open'), talkWith('bob'));
	t.is(later.client.recallConversation('before'), undefined);
	t.is(later.client.recall('x'.repeat(256)), largest);
});

test('what is sent or edited is no draft any more, and what is refused still is one', async t => {
	const server = await startTestServer(t);
	const {client} = await signedUp(t, server.joinLink, 'alice');
	const draft = {key: 'draft', conversation: talkWith('bob')};
	client.remember('draft', 'hello', talkWith('bob'));
	t.throws(() => client.send(talkWith('bob'), 'x'.repeat(100_000), {draft}), {instanceOf: ClientError});
	t.is(client.recall('draft', talkWith('bob')), 'hello');
	const id = client.send(talkWith('bob'), 'hello', {draft});
	t.is(client.recall('draft', talkWith('bob')), undefined);
	client.remember('edit', 'hello, bob', talkWith('bob'));
	client.edit(talkWith('bob'), id, 'hello, bob', {key: 'edit', conversation: talkWith('bob')});
	t.is(client.recall('edit', talkWith('bob')), undefined);
});

test('what was said is found with those in the list alone, and shown from there on', async t => {
	const server = await startTestServer(t);
	const {client} = await signedUp(t, server.joinLink, 'alice');
	const first = client.send(talkWith('bob'), 'the very First');
	for (let number = 0; number < 60; number++)
		client.send(talkWith(number % 2 === 0 ? 'bob' : 'carol'), `the ${number}`);
	const gone = client.send(talkWith('zoe'), 'the last');
	client.removeContact('zoe');
	t.is(client.find('THE').length, 50);
	t.deepEqual(
		client.find('THE', {limit: 2}).map(({text}) => text),
		['the 59', 'the 58'],
	);
	t.deepEqual(
		client.find('first').map(({id}) => id),
		[first],
	);
	t.deepEqual(
		client.find('the', {conversation: typedTalk('BOB'), limit: 1}).map(({text}) => text),
		['the 58'],
	);
	for (const name of ['zoe', 'nobody']) t.deepEqual(client.find('the', {conversation: talkWith(name)}), [], name);
	t.deepEqual(client.find(''), []);

	await client.signOff();
	t.throws(() => client.find('the'), {instanceOf: ClientError, code: 'not-signed-in'});
	await client.signIn(passwordOf('alice'));
	for (let number = 0; number < 30; number++) client.send(talkWith('bob'), 'more');
	t.true(client.reveal(talkWith('bob'), first));
	t.is(client.snapshot().conversations.get(talkWith('bob'))?.messages[0]?.id, first);
	t.false(client.reveal(talkWith('carol'), first));
	t.false(client.reveal(talkWith('zoe'), gone));
	t.is(client.snapshot().conversations.get(talkWith('zoe')), undefined);
});

test('on this machine nobody translates addresses', async t => {
	const server = await startTestServer(t);
	const {client} = await signedUp(t, server.joinLink, 'alice');
	client.addContact('bob');
	const {connection, reflexive, localAddresses, translation, clockOffset, contacts} = client.diagnose();
	t.is(connection.state, 'online');
	t.regex(reflexive ?? '', /^127\.0\.0\.1:\d+$/);
	t.true(localAddresses.includes('127.0.0.1'));
	t.is(translation, 'none');
	t.is(typeof clockOffset, 'number');
	t.deepEqual(
		contacts.map(({name}) => name),
		['bob'],
	);
});
