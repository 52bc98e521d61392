// What lies on the disk after a long talk: in no file of either profile, nor in the folder for temporary files, is a peer's name, or a
// word of a message, a draft or a search.
import {mkdir, readFile, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {runChild, source} from '../client/children.ts';
import {startTestServer} from '../server/servers.ts';
import {formsOf, tracesIn} from './traces.ts';

// Long enough that no chance hit is to be feared.
const NAMES = ['wilhelmina', 'bartholomew'] as const;
const STRANGER = 'constantine';
const NICKNAME = 'Goldlöckchen';
const WORDS = [
	'strawberry',
	'lighthouse',
	'quicksilver',
	'Überraschung',
	'persimmon',
	'thunderstorm',
	'深夜的灯塔在海边',
];
const DRAFT = 'unfinished-symphony';
const QUERIES = ['lanternfish', 'marmalade'];
const PASSWORD = 'mountain-cathedral';
const SECRETS = [...WORDS, ...QUERIES, DRAFT, STRANGER, NICKNAME, PASSWORD];
const COUNT = 200;

/** Both people in a process of their own: they sign in, do what `script` says, and are there to be killed, or leave. */
const talk = (folders: readonly string[], link: string, script: string) => `
	import {Client} from '${source('client/facade.ts')}';
	import {writeSync} from 'node:fs';
	const scrypt = {logN: 15, r: 8, p: 1};
	const names = ${JSON.stringify(NAMES)};
	const words = ${JSON.stringify(WORDS)};
	const people = ${JSON.stringify(folders)}.map(folder => Client.open({folder, scrypt}));
	for (const [index, client] of people.entries()) {
		if (client.account === undefined) await client.signUp('${link}', names[index], '${PASSWORD}');
		else await client.signIn('${PASSWORD}');
	}

	const settled = client => new Promise(resolve => {
		const look = () => {
			const {contacts} = client.snapshot();
			const peers = contacts.filter(({name}) => names.includes(name));
			if (peers.length === 1 && peers[0].outbox === 0) resolve();
		};
		client.subscribe(look);
		look();
	});
	const [first, second] = people;
	${script}
	await Promise.all(people.map(settled));
	writeSync(1, 'done');
`;

const longTalk = `
	const ids = [];
	for (let round = 0; round < ${COUNT}; round++) {
		const word = words[round % words.length];
		ids.push(first.send(names[1], \`\${word} and \${round} \${words[(round * 3 + 1) % words.length]}\`));
		second.send(names[0], \`\${round} \${word}, too\`);
		if (round % 10 === 0) {
			first.remember('draft', \`${DRAFT} \${round}\`, names[1]);
			second.remember('draft', \`${DRAFT} \${round}\`, names[0]);
			await Promise.all(people.map(settled));
		}
	}

	for (const id of ids.slice(0, 20)) first.edit(names[1], id, words.join(' '));
	for (const id of ids.slice(20, 40)) first.erase(names[1], id);
	for (const id of ids.slice(40, 60)) first.react(names[1], {direction: 'out', id}, '👍');
	first.setNickname(names[1], '${NICKNAME}');
	first.addContact('${STRANGER}');
	first.send('${STRANGER}', words[0]);
	second.block('${STRANGER}', true);
	for (const client of people) {
		for (const name of names) if (name !== client.account.name) client.markRead(name);
		for (const word of words) client.find(word);
		client.find('${QUERIES[0]}');
		await client.search('${QUERIES[1]}');
	}
`;

test('after a long talk, with its journals as a kill leaves them, and after a proper end: no trace of names or words', async t => {
	const home = temporaryFolder(t);
	const temporary = path.join(home, 'tmp');
	const folders = NAMES.map(name => path.join(home, `profile of ${NAMES.indexOf(name)}`));
	const {joinLink} = await startTestServer(t);
	await mkdir(temporary);
	process.env['TMPDIR'] = temporary;
	const killed = await runChild(`${talk(folders, joinLink, longTalk)} setInterval(() => {}, 1000);`, {
		killWhen: output => output.includes('done'),
	});
	t.is(killed.signal, 'SIGKILL');
	for (const folder of folders) t.true((await readdir(folder)).includes('history.db-wal'));
	const look = async () => {
		t.deepEqual(await tracesIn(home, SECRETS), []);
		for (const [index, folder] of folders.entries()) {
			const own = NAMES[index]!;
			const traces = await tracesIn(folder, NAMES);
			t.deepEqual(
				traces.filter(({file, word}) => file !== 'settings.json' || word !== own),
				[],
			);
			t.true((await readFile(path.join(folder, 'settings.json'), 'utf8')).includes(own));
		}

		t.deepEqual(await tracesIn(temporary, NAMES), []);
	};

	await look();
	const again = 'first.send(names[1], words[0]); second.send(names[0], words[1]);';
	const ended = await runChild(
		`${talk(folders, joinLink, again)} for (const client of people) await client.close(); process.exit();`,
	);
	t.is(ended.status, 0);
	for (const folder of folders) t.false((await readdir(folder)).includes('history.db-wal'));
	await look();
});

test('what is on the disk in any of these forms is found, wherever in a file it is', async t => {
	const folder = temporaryFolder(t);
	await mkdir(path.join(folder, 'deep'));
	for (const word of [...SECRETS, ...NAMES]) {
		for (const [index, [form, needle]] of formsOf(word).entries()) {
			const file = path.join('deep', `${index}`);
			await writeFile(path.join(folder, file), `${'x'.repeat(4093 + index)}${needle.toString('latin1')}y`, 'latin1');
			const found = await tracesIn(folder, [word]);
			t.true(
				found.some(each => each.file === file && each.form === form),
				`${word} as ${form}`,
			);
		}
	}

	for (const before of ['', 'a', 'ab']) {
		const text = Buffer.from(`${before}strawberry fields`).toString('base64');
		await writeFile(path.join(folder, 'encoded'), `{"text":"${text}"}`);
		const found = await tracesIn(folder, ['strawberry']);
		t.true(found.some(({file}) => file === 'encoded'));
	}
});
