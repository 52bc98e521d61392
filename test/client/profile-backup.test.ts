// A profile that was copied and put back: other devices of the account are not to take it for the original.
import {Buffer} from 'node:buffer';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3-multiple-ciphers';
import {backUp, restore} from '../../source/client/profile-backup.ts';
import {createVault} from '../../source/client/vault.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {message} from '../messaging/history/entries.ts';
import {quickScrypt} from '../twins/people.ts';

const password = 'correct horse';
const account = {name: 'alice', host: '127.0.0.1', port: 1, serverKey: 'ab'.repeat(32)};

test('each copy of a profile that is put back calls its log something else, and has all that was said', async t => {
	const folder = temporaryFolder(t);
	const profile = path.join(folder, 'alice');
	mkdirSync(profile, {mode: 0o700});
	const dataKey = systemRandom(32);
	// The vault wipes the one that it is given.
	const key = Buffer.from(dataKey);
	const vault = await createVault(path.join(profile, 'vault'), password, {
		seed: systemRandom(32),
		dataKey,
		entropy: systemEntropy,
		scrypt: quickScrypt,
	});
	vault.close();
	writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({account}), {mode: 0o600});
	const history = openHistory(path.join(profile, 'history.db'), key);
	history.append([message('in', 'bob', 1, 'hello')]);
	history.close();
	backUp(profile, path.join(folder, 'copy'));
	const logs = ['one', 'two'].map(name => path.join(folder, name));
	for (const each of logs) await restore(path.join(folder, 'copy'), each, password);
	const ids = [profile, ...logs].map(each => {
		// As it is on the disk, before anything looks whether the file is another one.
		const database = new Database(path.join(each, 'history.db'), {readonly: true});
		database.pragma("cipher = 'sqlcipher'");
		database.pragma(`key = "x'${key.toString('hex')}'"`);
		const id = database.prepare<[], Buffer>('SELECT log FROM replica').pluck().get()!;
		t.is(database.prepare('SELECT count(*) FROM messages').pluck().get(), 1);
		database.close();
		return id.toString('hex');
	});
	t.is(new Set(ids).size, 3);
});
