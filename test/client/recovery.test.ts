// Recovery by a whole client at a real server, whose database is made to lie: what is believed of the log, and what was cut short.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {extendLog, followEntry, foundLog} from '../../source/protocol/devices/device-log.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {type TestServer, startTestServer} from '../server/servers.ts';
import {signedUp, someone} from '../twins/people.ts';
import {accountOf, withWords} from '../twins/recovered.ts';

/** Alice with recovery words, whose devices are all away. */
async function aliceAway(t: ExecutionContext) {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const {consent, foundingKey, form} = await withWords(alice, server.joinLink);
	await alice.client.close();
	return {server, consent, form, foundingKey, folder: alice.folder};
}

/** The server with other entries in the place of those that it has of alice; its join link. */
async function lie(t: ExecutionContext, server: TestServer, foundingKey: Buffer, entries: readonly Buffer[]) {
	await server.close();
	const database = new DatabaseSync(path.join(server.data, DATABASE));
	database.exec("DELETE FROM device_log WHERE name = 'alice'");
	database.prepare("UPDATE accounts SET identity_key = ? WHERE name = 'alice'").run(foundingKey);
	const insert = database.prepare("INSERT INTO device_log (name, place, entry) VALUES ('alice', ?, ?)");
	for (const [place, entry] of entries.entries()) insert.run(place, entry);
	database.close();
	return startTestServer(t, {data: server.data});
}

const none = {askLost: async () => []};

test('with words, password and link a new machine is in, with the founding key of the account', async t => {
	const {form, foundingKey, folder} = await aliceAway(t);
	const phone = await someone(t);
	const asked: string[] = [];
	const isWhole = await phone.client.recover(form, {
		async askLost(devices) {
			asked.push(...devices.map(({role}) => role));
			return devices.map(({id}) => id);
		},
	});
	t.true(isWhole);
	t.deepEqual(asked, ['device']);
	t.deepEqual((await accountOf(phone)).foundingKey, foundingKey);
	t.is(phone.client.recovery.made.length, 1);
	await phone.client.close();
	// It signs in by itself from here on, and the lost device does not.
	const again = await someone(t, {folder: phone.folder});
	await again.client.signIn(form.password);
	t.like(again.client.snapshot().account, {name: 'alice'});
	const lost = await someone(t, {folder});
	await t.throwsAsync(lost.client.signIn(form.password), {instanceOf: ClientError, message: /removed this one/});
});

test('words that nobody is to use any more are taken away by themselves alone, and whoever finds them gets in no more', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const {form} = await withWords(alice, server.joinLink);
	const others = await withWords(alice, server.joinLink);
	t.is(alice.client.recovery.made.length, 2);
	const wrong = form.words.replace(/^\S+/, 'zzzz');
	t.like(await t.throwsAsync(alice.client.recovery.remove(wrong)), {code: 'bad-words'});
	await alice.client.recovery.remove(form.words);
	t.is(alice.client.recovery.made.length, 1);
	t.like(await t.throwsAsync(alice.client.recovery.remove(form.words)), {code: 'bad-words'}, 'they are none any more');
	const thief = await someone(t);
	t.like(await t.throwsAsync(thief.client.recover(form, none)), {code: 'bad-words'});
	const owner = await someone(t);
	t.true(await owner.client.recover(others.form, none), 'the others are good');
});

test('a directory that founds a log itself and lists the recovery key in it is not believed', async t => {
	const {server, consent, form} = await aliceAway(t);
	const {identity: hostile} = generateIdentity(systemRandom);
	const first = encodeDeviceEntry(foundLog(hostile, 'alice', Date.now()));
	const log = followEntry({name: 'alice'}, first);
	if ('refused' in log) throw new Error(log.refused);
	// The consent is the true one, for the true founding key: there is no other.
	const change = {kind: 'add', subject: consent.key, role: 'recovery', consent: consent.consent} as const;
	const second = encodeDeviceEntry(extendLog(log, hostile, change, Date.now()));
	const phone = await someone(t);
	let lying = server;
	const refusal = async (entries: readonly Buffer[]) => {
		lying = await lie(t, lying, hostile.publicKey, entries);
		const {joinLink: link} = lying;
		return t.throwsAsync(phone.client.recover({...form, link}, none), {instanceOf: ClientError});
	};

	const refused = await refusal([first, second]);
	t.regex(refused.message, /shows a list of devices that is not right \(consent\): nothing of it is believed/);
	for (const entries of [[first], []]) {
		const {code, message} = await refusal(entries);
		t.is(code, 'bad-words');
		t.regex(message, /not the recovery words of alice/);
	}

	t.is(phone.client.account, undefined);
	t.false(existsSync(path.join(phone.folder, 'vault')));
});

test('a recovery that was cut off behind its entry goes on with the same words', async t => {
	const {form} = await aliceAway(t);
	const phone = await someone(t);
	const cut = new Error('the machine went down');
	const error = await t.throwsAsync(
		phone.client.recover(form, {
			askLost() {
				throw cut;
			},
		}),
	);
	t.is(error, cut);
	t.true(await phone.client.recover(form, none));
	await phone.client.close();
	const tablet = await someone(t);
	t.true(await tablet.client.recover(form, {askLost: async devices => devices.slice(0, 1).map(({id}) => id)}));
	await accountOf(tablet);
	t.is(tablet.client.recovery.made.length, 1);
});
