import {readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/errors.ts';
import {type Profile, openProfile} from '../../source/client/profile.ts';
import {type ContactSettings, openSettings} from '../../source/client/settings.ts';
import {temporaryDirectory} from '../server/servers.ts';
import {runChild, source} from './children.ts';

const account = {name: 'alice', host: 'chat.example', port: 7406, serverKey: 'ab'.repeat(32)};

async function newProfile(t: ExecutionContext): Promise<{profile: Profile; file: string}> {
	const profile = openProfile(path.join(await temporaryDirectory(t), 'profile'));
	t.teardown(() => profile.close());
	return {profile, file: path.join(profile.folder, 'settings.json')};
}

function contact(name: string, blocked = false): ContactSettings {
	return {name, blocked, addedAt: 1};
}

test('a new profile has none; what is set is there when it is opened again, for its owner alone', async t => {
	const {profile, file} = await newProfile(t);
	const settings = openSettings(profile);
	t.is(settings.account, undefined);
	t.is(settings.lockedUntil, undefined);
	t.deepEqual(settings.contacts, []);
	settings.setAccount(account);
	settings.setLockedUntil(12_345);
	settings.putContact(contact('bob'));
	t.is(statSync(file).mode & 0o777, 0o600);
	const again = openSettings(profile);
	t.deepEqual(again.account, account);
	t.is(again.lockedUntil, 12_345);
	t.deepEqual(again.contacts, [contact('bob')]);
	t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
});

test('contacts are in the order of their names, one of each', async t => {
	const {profile} = await newProfile(t);
	const settings = openSettings(profile);
	for (const name of ['mallory', 'bob', 'zoe', 'ann', 'a.b', 'a-b']) settings.putContact(contact(name));
	settings.putContact(contact('bob', true));
	settings.removeContact('zoe');
	settings.removeContact('nobody');
	const expected = ['a-b', 'a.b', 'ann', 'bob', 'mallory'].map(name => contact(name, name === 'bob'));
	t.deepEqual(settings.contacts, expected);
	t.deepEqual(openSettings(profile).contacts, expected);
});

const whole = {account, contacts: [contact('bob')], lockedUntil: 1};

test('a file that is not what was written is named and left as it is', async t => {
	const {profile, file} = await newProfile(t);
	const wrong = [
		'',
		'{',
		'null',
		'[]',
		'3',
		'"text"',
		JSON.stringify(whole).slice(0, -1),
		JSON.stringify({...whole, more: 1}),
		`{"__proto__": ${JSON.stringify(whole)}}`,
		JSON.stringify({...whole, account: {...account, port: 0}}),
		JSON.stringify({...whole, account: {...account, port: '7406'}}),
		JSON.stringify({...whole, account: {...account, host: ''}}),
		JSON.stringify({...whole, account: {...account, serverKey: 'ab'}}),
		JSON.stringify({...whole, account: {...account, name: 'No Name'}}),
		JSON.stringify({...whole, account: null}),
		JSON.stringify({...whole, contacts: {}}),
		JSON.stringify({...whole, contacts: [{...contact('bob'), blocked: 'no'}]}),
		JSON.stringify({...whole, contacts: [contact('\u001B[2J')]}),
		JSON.stringify({...whole, lockedUntil: 'soon'}),
	];
	for (const text of wrong) {
		writeFileSync(file, text);
		const error = t.throws(() => openSettings(profile), {instanceOf: ClientError}, text);
		t.is(error?.code, 'damaged', text);
		t.true(error?.message.includes(file), error?.message);
		t.is(readFileSync(file, 'utf8'), text);
		t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
	}

	writeFileSync(file, JSON.stringify(whole));
	t.deepEqual(openSettings(profile).account, account);
});

test('what cannot be written is told of, and is not so', async t => {
	const {profile, file} = await newProfile(t);
	const settings = openSettings(profile);
	settings.putContact(contact('bob'));
	rmSync(profile.folder, {recursive: true});
	writeFileSync(profile.folder, 'in the way');
	const error = t.throws(() => settings.putContact(contact('ann')), {instanceOf: ClientError});
	t.is(error?.code, 'disk');
	t.true(error?.message.includes(file), error?.message);
	t.deepEqual(settings.contacts, [contact('bob')]);
});

test('a full disk is told of as such, and the settings stand as they were', async t => {
	const {profile, file} = await newProfile(t);
	const {output} = await runChild(
		`
		import {openSettings} from '${source('client/settings.ts')}';
		const settings = openSettings({folder: ${JSON.stringify(profile.folder)}});
		for (let count = 0; count < 1000; count++) {
			try {
				settings.putContact({name: 'c' + count, blocked: false, addedAt: 1});
			} catch (error) {
				console.log(JSON.stringify({code: error.code, message: error.message, count, there: settings.contacts.length}));
				break;
			}
		}
		`,
		{fileLimit: 8},
	);
	const {code, message, count, there} = JSON.parse(output) as Record<'count' | 'there', number> &
		Record<'code' | 'message', string>;
	t.is(code, 'disk');
	t.true(message.includes(file), message);
	t.true(count > 5);
	t.is(there, count);
	t.is(openSettings(profile).contacts.length, count);
	t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
});

test('a full disk takes no preference, and everything else stands', async t => {
	const {profile, file} = await newProfile(t);
	const {output} = await runChild(
		`
		import {openSettings} from '${source('client/settings.ts')}';
		const settings = openSettings({folder: ${JSON.stringify(profile.folder)}});
		settings.putContact({name: 'bob', blocked: false, addedAt: 1});
		settings.setPreferences({theme: 'paper'});
		const keys = Object.fromEntries(Array.from({length: 100}, (_, index) => ['action' + index, ['x'.repeat(200)]]));
		try {
			settings.setPreferences({keys});
		} catch (error) {
			const {theme, keys} = settings.preferences;
			console.log(JSON.stringify({code: error.code, message: error.message, theme, keys}));
		}
		`,
		{fileLimit: 8},
	);
	const {message, ...rest} = JSON.parse(output) as Record<string, unknown>;
	t.deepEqual(rest, {code: 'disk', theme: 'paper', keys: {}});
	t.true(String(message).includes(file));
	const {contacts, preferences} = openSettings(profile);
	t.deepEqual(contacts, [contact('bob')]);
	t.is(preferences.theme, 'paper');
	t.deepEqual(preferences.keys, {});
	t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
});

test('a process that is killed while it writes leaves settings that open, with every contact it said it had', async t => {
	const {profile} = await newProfile(t);
	for (let round = 1; round <= 3; round++) {
		const {output} = await runChild(
			`
			import {openSettings} from '${source('client/settings.ts')}';
			import {writeSync} from 'node:fs';
			const settings = openSettings({folder: ${JSON.stringify(profile.folder)}});
			for (let count = 0; count < 100_000; count++) {
				settings.putContact({name: 'c' + (count % 10), blocked: false, addedAt: count});
				writeSync(1, count + '\\n');
			}
			`,
			{killWhen: text => text.split('\n').length > round * 20},
		);
		const last = Number(output.trim().split('\n').at(-1));
		t.true(last >= round * 20 - 1);
		const {contacts} = openSettings(profile);
		for (let count = last - 8; count <= last; count++) {
			t.is(contacts.find(({name}) => name === `c${count % 10}`)?.addedAt, count);
		}
	}
});
