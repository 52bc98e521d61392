import {mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client, ClientError, type Preferences} from '../../source/client/facade.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const account = {name: 'alice', host: 'chat.example', port: 7406, serverKey: 'ab'.repeat(32)};

const defaults: Preferences = {
	theme: 'terminal',
	notify: 'bell',
	notifyCommand: [],
	mouse: false,
	glyphs: 'auto',
	typing: true,
	receipts: true,
	keepDays: 0,
	downloads: '',
	fileLimit: 0,
	localAddresses: 'contacts',
	mapPort: true,
	keys: {},
	themes: {},
};

/** Of every field another value than the default. */
const others: Preferences = {
	theme: 'paper',
	notify: 'command',
	notifyCommand: ['notify-send', 'simchat', '{from}'],
	mouse: true,
	glyphs: 'ascii',
	typing: false,
	receipts: false,
	keepDays: 30,
	downloads: '/srv/in',
	fileLimit: 100,
	localAddresses: 'never',
	mapPort: false,
	keys: {send: ['ctrl-x'], help: []},
	themes: {paper: {peer: {color: 'blue', bold: true}, self: {}, muted: {dimColor: false}}},
};

async function newFolder(t: ExecutionContext): Promise<{folder: string; file: string}> {
	const folder = path.join(temporaryFolder(t), 'profile');
	mkdirSync(folder, {mode: 0o700});
	return {folder, file: path.join(folder, 'settings.json')};
}

async function withClient<T>(folder: string, work: (client: Client) => T): Promise<T> {
	const client = Client.open({folder});
	try {
		return work(client);
	} finally {
		await client.close();
	}
}

function stored(file: string): Record<string, unknown> {
	return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

test('a new profile has the defaults, before any sign-in, and nothing is written for them', async t => {
	const {folder} = await newFolder(t);
	t.deepEqual(await withClient(folder, client => client.preferences), defaults);
	t.deepEqual(readdirSync(folder), ['lock']);
});

test('what is chosen is there when the profile is opened again, and alone is in the file', async t => {
	const {folder, file} = await newFolder(t);
	writeFileSync(file, JSON.stringify({account, contacts: []}));
	const fields = Object.keys(others) as Array<keyof Preferences>;
	for (const [index, field] of fields.entries()) {
		const chosen = Object.fromEntries(fields.slice(0, index + 1).map(each => [each, others[each]]));
		await withClient(folder, client => {
			const before = client.preferences;
			client.setPreferences({[field]: others[field]});
			t.deepEqual(client.preferences, {...before, [field]: others[field]});
			t.deepEqual(stored(file), {account, contacts: [], screen: chosen}, field);
		});
		t.deepEqual(await withClient(folder, client => client.preferences), {...defaults, ...chosen});
	}

	await withClient(folder, client => client.setPreferences({...defaults, mouse: true}));
	t.deepEqual(stored(file), {account, contacts: [], screen: {mouse: true}});
	await withClient(folder, client => client.setPreferences({mouse: false}));
	t.deepEqual(stored(file), {account, contacts: []});
	t.deepEqual(await withClient(folder, client => client.account?.name), 'alice');
});

const long = 'x'.repeat(257);
const many = (count: number, value: unknown) =>
	Object.fromEntries(Array.from({length: count}, (_, index) => [`name${index}`, value]));
const fieldsOfAStyle = 'color, backgroundColor, dimColor, bold, italic, underline, inverse';

const wrong: ReadonlyArray<readonly [unknown, string]> = [
	[3, 'screen must be an object'],
	[[], 'screen must be an object'],
	[null, 'screen must be an object'],
	[{theme: 1}, 'screen.theme must be a text'],
	[{theme: ''}, 'screen.theme must not be empty'],
	[{theme: long}, 'screen.theme must have at most 256 characters'],
	[{notify: 'loud'}, 'screen.notify must be one of off, bell, osc9, osc777, osc99, command'],
	[{notify: true}, 'screen.notify must be one of off, bell, osc9, osc777, osc99, command'],
	[{notifyCommand: 'beep'}, 'screen.notifyCommand must be a list of words'],
	[{notifyCommand: ['beep', 1]}, 'screen.notifyCommand.1 must be a text'],
	[{notifyCommand: Array(33).fill('x')}, 'screen.notifyCommand must have at most 32 words'],
	[{mouse: 'yes'}, 'screen.mouse must be true or false'],
	[{typing: null}, 'screen.typing must be true or false'],
	[{localAddresses: 'all'}, 'screen.localAddresses must be one of contacts, never'],
	[{mapPort: 'yes'}, 'screen.mapPort must be true or false'],
	[{keys: []}, 'screen.keys must be an object'],
	[{keys: {send: 'enter'}}, 'screen.keys.send must be a list of words'],
	[{keys: {send: ['enter', '']}}, 'screen.keys.send.1 must not be empty'],
	[{keys: {send: Array(17).fill('x')}}, 'screen.keys.send must have at most 16 words'],
	[{keys: {'': ['x']}}, 'each name in screen.keys must have 1 to 256 characters'],
	[{themes: {paper: {[long]: {}}}}, 'each name in screen.themes.paper must have 1 to 256 characters'],
	[{keys: many(201, ['x'])}, 'screen.keys must have at most 200 entries'],
	[{themes: many(201, {})}, 'screen.themes must have at most 200 entries'],
	[{themes: {paper: many(201, {})}}, 'screen.themes.paper must have at most 200 entries'],
	[{downloads: 'in'}, 'screen.downloads must be a path from the root on (/…), or empty'],
	[{fileLimit: -1}, 'screen.fileLimit must not be less than 0'],
	[{keepDays: 36_501}, 'screen.keepDays must not be more than 36500'],
	[{themes: {paper: {peer: 'blue'}}}, 'screen.themes.paper.peer must be an object'],
	[{themes: {paper: {peer: {color: 4}}}}, 'screen.themes.paper.peer.color must be a text'],
	[{themes: {paper: {peer: {bold: 1}}}}, 'screen.themes.paper.peer.bold must be true or false'],
	[{themes: {paper: {peer: {blink: true}}}}, `screen.themes.paper.peer has no blink, only ${fieldsOfAStyle}`],
	[
		{colour: 'red'},
		'screen has no colour, only theme, notify, notifyCommand, mouse, glyphs, typing, receipts, keepDays, downloads, fileLimit, localAddresses, mapPort, keys, themes',
	],
];

test('a field that is wrong is named with what it may be, and the file is left as it is', async t => {
	const {folder, file} = await newFolder(t);
	for (const [screen, words] of wrong) {
		const text = JSON.stringify({account, contacts: [], screen});
		writeFileSync(file, text);
		const error = t.throws(() => Client.open({folder}), {instanceOf: ClientError}, words);
		t.is(error?.code, 'damaged', words);
		t.is(error?.message, `${file}: ${words}; correct it there, or take it out`);
		t.is(readFileSync(file, 'utf8'), text);
	}

	writeFileSync(file, JSON.stringify({account, screen: {keys: many(200, ['x']), theme: 'x'.repeat(256)}}));
	t.is(Object.keys(await withClient(folder, client => client.preferences.keys)).length, 200);
});

test('when more than the screen is wrong, the file is damaged as a whole', async t => {
	const {folder, file} = await newFolder(t);
	writeFileSync(file, JSON.stringify({account: {...account, port: 0}, screen: {mouse: 'yes'}}));
	const error = t.throws(() => Client.open({folder}), {instanceOf: ClientError});
	t.is(error?.code, 'damaged');
	t.regex(error?.message ?? '', /settings\.json is damaged/);
});

test('a choice that cannot be written is told of, and is not so', async t => {
	const {folder, file} = await newFolder(t);
	await withClient(folder, client => {
		client.setPreferences({theme: 'paper'});
		rmSync(folder, {recursive: true});
		writeFileSync(folder, 'in the way');
		const error = t.throws(() => client.setPreferences({theme: 'night'}), {instanceOf: ClientError});
		t.is(error?.code, 'disk');
		t.true(error?.message.includes(file), error?.message);
		t.is(client.preferences.theme, 'paper');
	});
});
