import test from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {startTestServer} from '../server/servers.ts';
import {passwordOf, signedUp, someone} from '../twins/people.ts';

test('what the screen remembers is there after a restart, for who signs in', async t => {
	const server = await startTestServer(t);
	const {client, folder} = await signedUp(t, server.joinLink, 'alice');
	t.is(client.recall('draft', 'bob'), undefined);
	client.remember('draft', 'hel', 'bob');
	client.rememberPeer('open', 'carol');
	client.rememberPeer('open', 'bob');
	client.rememberPeer('before', 'bob');
	client.rememberPeer('before', undefined);
	const largest = 'é'.repeat(32_768);
	client.remember('x'.repeat(256), largest);
	const before = client.snapshot();
	for (const [key, value] of [
		['draft', `${largest}x`],
		['x'.repeat(257), ''],
	] as const) {
		t.is(t.throws(() => client.remember(key, value), {instanceOf: ClientError})?.code, 'bad-message');
	}

	t.throws(() => client.remember('draft', 'hel', 'no name'), {instanceOf: ClientError, code: 'bad-name'});
	t.throws(() => client.rememberPeer('open', 'no name'), {instanceOf: ClientError, code: 'bad-name'});
	t.is(client.snapshot(), before);
	await client.close();

	const later = await someone(t, {folder});
	t.is(later.client.recall('draft', 'bob'), undefined);
	t.is(later.client.recallPeer('open'), undefined);
	for (const remember of [
		() => later.client.remember('draft', '', 'bob'),
		() => later.client.rememberPeer('open', 'bob'),
	]) {
		t.throws(remember, {instanceOf: ClientError, code: 'not-signed-in'});
	}

	await later.client.signIn(passwordOf('alice'));
	t.is(later.client.recall('draft', 'bob'), 'hel');
	t.is(later.client.recall('draft', 'carol'), undefined);
	t.is(later.client.recall('draft'), undefined);
	t.is(later.client.recallPeer('open'), 'bob');
	t.is(later.client.recallPeer('before'), undefined);
	t.is(later.client.recall('x'.repeat(256)), largest);
});

test('what is sent or edited is no draft any more, and what is refused still is one', async t => {
	const server = await startTestServer(t);
	const {client} = await signedUp(t, server.joinLink, 'alice');
	const draft = {key: 'draft', peer: 'bob'};
	client.remember('draft', 'hello', 'bob');
	t.throws(() => client.send('bob', 'x'.repeat(100_000), {draft}), {instanceOf: ClientError});
	t.is(client.recall('draft', 'bob'), 'hello');
	const id = client.send('bob', 'hello', {draft});
	t.is(client.recall('draft', 'bob'), undefined);
	client.remember('edit', 'hello, bob', 'bob');
	client.edit('bob', id, 'hello, bob', {key: 'edit', peer: 'bob'});
	t.is(client.recall('edit', 'bob'), undefined);
});

test('what was said is found with those in the list alone, and shown from there on', async t => {
	const server = await startTestServer(t);
	const {client} = await signedUp(t, server.joinLink, 'alice');
	const first = client.send('bob', 'the very First');
	for (let number = 0; number < 60; number++) client.send(number % 2 === 0 ? 'bob' : 'carol', `the ${number}`);
	const gone = client.send('zoe', 'the last');
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
		client.find('the', {peer: 'BOB', limit: 1}).map(({text}) => text),
		['the 58'],
	);
	for (const peer of ['zoe', 'nobody', 'no name', '']) t.deepEqual(client.find('the', {peer}), [], peer);
	t.deepEqual(client.find(''), []);

	await client.signOff();
	t.throws(() => client.find('the'), {instanceOf: ClientError, code: 'not-signed-in'});
	await client.signIn(passwordOf('alice'));
	for (let number = 0; number < 30; number++) client.send('bob', 'more');
	t.true(client.reveal('bob', first));
	t.is(client.snapshot().conversations.get('bob')?.messages[0]?.id, first);
	t.false(client.reveal('carol', first));
	t.false(client.reveal('zoe', gone));
	t.is(client.snapshot().conversations.get('zoe'), undefined);
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
