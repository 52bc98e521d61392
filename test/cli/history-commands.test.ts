// What needs no server: search, export, forget, check, backup and restore, as processes.
import {mkdirSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {createVault} from '../../source/client/vault.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {message} from '../messaging/history/entries.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person} from './processes.ts';

const password = 'correct horse';
const account = {name: 'alice', host: 'chat.invalid', port: 7406, serverKey: 'ab'.repeat(32)};
const said = [
	message('in', 'bob', 1, 'Strawberry \u001B[2J fields'),
	message('out', 'bob', 2, 'for ever'),
	message('in', 'carol', 3, 'a café, and strawberries'),
];

/** Alice, whose server is nowhere. */
async function alice(t: ExecutionContext, messages = said): Promise<Person> {
	const profile = path.join(temporaryFolder(t), 'alice');
	mkdirSync(profile, {mode: 0o700});
	const secrets = {seed: systemRandom(32), dataKey: systemRandom(32)};
	const vault = await createVault(path.join(profile, 'vault'), password, {
		...secrets,
		entropy: systemEntropy,
		scrypt: {logN: 15, r: 8, p: 1},
	});
	const history = openHistory(path.join(profile, 'history.db'), vault.dataKey);
	history.append(messages);
	history.close();
	vault.close();
	writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({account}), {mode: 0o600});
	return new Person(t, profile, password);
}

const textsOf = (lines: string) => lines.split('\n').map(line => (JSON.parse(line) as Message).text);

test('export --text and search clean as the screen does, and a strange time is a date', async t => {
	const hostile = `pay\u200Bpal\u202E\u200E hi\u{E0068}\u{E0069} z${'\u0336'.repeat(3000)}`;
	const clean = `paypal hi z${'\u0336'.repeat(8)}`;
	const person = await alice(t, [message('in', 'bob', 1, hostile), {...message('in', 'bob', 2, 'late'), time: 1e16}]);
	const {stdout} = await person.run(['export', '--text']);
	t.true(stdout.includes(` bob: ${clean}\n`), JSON.stringify(stdout.slice(0, 200)));
	t.regex(stdout, /^275760-09-1\d \d\d:\d\d bob: late$/m);
	t.regex((await person.run(['search', 'late'])).stdout, /^275760-09-1\d \d\d:\d\d bob: late$/);
	const [first = ''] = (await person.run(['export'])).stdout.split('\n');
	t.is((JSON.parse(first) as Message).text, hostile);
	t.notRegex(first, /[\u200B\u202E\u200E\u{E0068}]/u);
});

test('what was said is found and exported without a server, and harmless on a terminal', async t => {
	const person = await alice(t);
	const found = await person.run(['search', 'STRAW', '--json']);
	t.is(found.code, 0, found.stderr);
	t.deepEqual(textsOf(found.stdout), [said[2]!.text, said[0]!.text]);
	t.deepEqual(textsOf((await person.run(['search', 'straw', '--json', '--limit', '1'])).stdout), [said[2]!.text]);
	const shown = await person.run(['search', 'straw', '--with', '@Bob']);
	t.regex(shown.stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d bob: Strawberry \\u001b\[2J fields$/);
	t.like(await person.run(['search', 'NEAR("']), {code: 0, stdout: ''});

	t.deepEqual(
		textsOf((await person.run(['export'])).stdout),
		said.map(({text}) => text),
	);
	const file = path.join(person.profile, '..', 'out.txt');
	t.like(await person.run(['export', '--with', 'bob', '--text', '--out', file]), {code: 0, stdout: '', stderr: ''});
	t.is(statSync(file).mode & 0o777, 0o600);
	t.regex(readFileSync(file, 'utf8'), /^[^\n]+ bob: Strawberry [^\n]+\n[^\n]+ me → bob: for ever\n$/);
	const again = await person.run(['export', '--out', file]);
	t.is(again.code, 73);
	t.regex(again.stderr, /is there already.*--force/);
	t.is((await person.run(['export', '--out', file, '--force'])).code, 0);
	t.deepEqual(
		textsOf(readFileSync(file, 'utf8').trimEnd()),
		said.map(({text}) => text),
	);
});

test('a conversation is forgotten when one is sure, and the history checked', async t => {
	const person = await alice(t);
	const unsure = await person.run(['forget', 'bob']);
	t.is(unsure.code, 64);
	t.regex(unsure.stderr, /--yes/);
	t.is((await person.run(['forget', 'nobody', '--yes'])).code, 67);
	t.like(await person.run(['forget', 'bob', '--yes']), {code: 0, stdout: 'forgot 2 messages with bob'});
	t.deepEqual(textsOf((await person.run(['export'])).stdout), [said[2]!.text]);
	t.like(await person.run(['check']), {code: 0, stdout: 'the history is sound'});
	const file = path.join(person.profile, 'history.db');
	const bytes = readFileSync(file);
	bytes[bytes.length - 100]! ^= 1;
	writeFileSync(file, bytes);
	const damaged = await person.run(['check']);
	t.is(damaged.code, 78);
	t.regex(damaged.stderr, /damaged/);
});

test('a copy of the profile becomes a profile that is whole, and nothing is written over', async t => {
	const person = await alice(t);
	const folder = path.join(person.profile, '..', 'copy');
	t.like(await person.run(['backup', folder]), {code: 0, stderr: ''});
	t.deepEqual(readdirSync(folder).toSorted(), ['history.db', 'settings.json', 'vault']);
	t.true(readdirSync(folder).every(name => (statSync(path.join(folder, name)).mode & 0o777) === 0o600));
	const twice = await person.run(['backup', folder]);
	t.is(twice.code, 73);
	t.regex(twice.stderr, /is not empty/);
	t.is((await person.run(['restore', folder])).code, 73, 'over a profile');

	const fresh = path.join(person.profile, '..', 'fresh');
	const wrong = new Person(t, fresh, 'another password');
	t.is((await wrong.run(['restore', folder])).code, 77);
	const restored = new Person(t, fresh, password);
	t.is((await restored.run(['restore', folder])).code, 0);
	t.like(await restored.run(['whoami']), {stdout: 'alice at chat.invalid:7406'});
	t.deepEqual(
		textsOf((await restored.run(['export'])).stdout),
		said.map(({text}) => text),
	);

	const file = path.join(folder, 'history.db');
	const bytes = readFileSync(file);
	bytes[bytes.length - 100]! ^= 1;
	writeFileSync(file, bytes);
	const other = new Person(t, path.join(person.profile, '..', 'other'), password);
	const refused = await other.run(['restore', folder]);
	t.is(refused.code, 78, refused.stderr);
	t.deepEqual(readdirSync(other.profile), ['lock']);
	const none = await other.run(['restore', path.join(folder, 'nowhere')]);
	t.is(none.code, 67);
	t.is((await other.run(['search', 'straw'])).code, 67);
});
