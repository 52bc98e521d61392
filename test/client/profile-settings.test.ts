import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/os/errors.ts';
import {type Profile, openProfile} from '../../source/client/profile.ts';
import {type ContactSettings, openSettings} from '../../source/client/profile-settings.ts';
import {runChild, source} from './children.ts';

const account = {name: 'alice', host: 'chat.example', port: 7406, serverKey: 'ab'.repeat(32)};

async function newProfile(t: ExecutionContext): Promise<{profile: Profile; file: string}> {
	const profile = openProfile(path.join(temporaryFolder(t), 'profile'));
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
	settings.setPreferences({theme: 'paper'});
	t.is(statSync(file).mode & 0o777, 0o600);
	const again = openSettings(profile);
	t.deepEqual(again.account, account);
	t.is(again.lockedUntil, 12_345);
	t.is(again.preferences.theme, 'paper');
	t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
});

test('contacts of a former version are there to be taken, and gone when they are', async t => {
	const {profile, file} = await newProfile(t);
	writeFileSync(file, JSON.stringify(whole));
	const settings = openSettings(profile);
	t.deepEqual(settings.contacts, [contact('bob')]);
	settings.forgetContacts();
	t.deepEqual(settings.contacts, []);
	t.deepEqual(openSettings(profile).contacts, []);
	t.deepEqual(openSettings(profile).account, account);
	t.false(readFileSync(file, 'utf8').includes('bob'));
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

test('the port is kept, and one that is none is as good as no port: the rest of the file stands, and another is written', async t => {
	const {profile, file} = await newProfile(t);
	writeFileSync(file, JSON.stringify(whole));
	const settings = openSettings(profile);
	t.is(settings.port, undefined);
	settings.setPort(40_000, true);
	t.is(openSettings(profile).port, 40_000);
	t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {...whole, port: 40_000, portByHand: true});
	t.true(openSettings(profile).isPortByHand);
	settings.setPort(40_001, false);
	t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {...whole, port: 40_001});
	for (const port of [0, -1, 65_536, 1.5, '7410', null, [], {}, true]) {
		writeFileSync(file, JSON.stringify({...whole, port}));
		const damaged = openSettings(profile);
		t.is(damaged.port, undefined, JSON.stringify(port));
		t.deepEqual(damaged.account, account);
		damaged.setPort(50_000, false);
		t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {...whole, port: 50_000});
	}
});

test('what cannot be written is told of, and is not so', async t => {
	const {profile, file} = await newProfile(t);
	const settings = openSettings(profile);
	settings.setLockedUntil(7);
	rmSync(profile.folder, {recursive: true});
	writeFileSync(profile.folder, 'in the way');
	const error = t.throws(() => settings.setLockedUntil(8), {instanceOf: ClientError});
	t.is(error?.code, 'disk');
	t.true(error?.message.includes(file), error?.message);
	t.is(settings.lockedUntil, 7);
});

test('a full disk takes no preference, and everything else stands', async t => {
	const {profile, file} = await newProfile(t);
	const {output} = await runChild(
		`
		import {openSettings} from '${source('client/profile-settings.ts')}';
		const settings = openSettings({folder: ${JSON.stringify(profile.folder)}});
		settings.setLockedUntil(7);
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
	const {lockedUntil, preferences} = openSettings(profile);
	t.is(lockedUntil, 7);
	t.is(preferences.theme, 'paper');
	t.deepEqual(preferences.keys, {});
	t.deepEqual(readdirSync(profile.folder), ['lock', 'settings.json']);
});

test('settings leave the signals of the process alone', async t => {
	const {profile} = await newProfile(t);
	const {output} = await runChild(`
		import {constants} from 'node:os';
		import {openSettings} from '${source('client/profile-settings.ts')}';
		openSettings({folder: ${JSON.stringify(profile.folder)}}).setLockedUntil(7);
		console.log(Object.keys(constants.signals).filter(signal => process.listenerCount(signal) > 0).join());
	`);
	t.is(output, '\n');
});

test('a process that is killed while it writes leaves settings that open, with what it said it had', async t => {
	const {profile} = await newProfile(t);
	for (let round = 1; round <= 3; round++) {
		const {output} = await runChild(
			`
			import {openSettings} from '${source('client/profile-settings.ts')}';
			import {writeSync} from 'node:fs';
			const settings = openSettings({folder: ${JSON.stringify(profile.folder)}});
			for (let count = 0; count < 100_000; count++) {
				settings.setLockedUntil(count);
				writeSync(1, count + '\\n');
			}
			`,
			{killWhen: text => text.split('\n').length > round * 20},
		);
		const last = Number(output.trim().split('\n').at(-1));
		t.true(last >= round * 20 - 1);
		// Killed between the file and the word of it, it has one more.
		t.true([last, last + 1].includes(openSettings(profile).lockedUntil ?? 0));
	}
});
