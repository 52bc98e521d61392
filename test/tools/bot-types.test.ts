// What simchat/bot says of a bot, to the compiler of whoever writes one: the example is well typed, and a mistake is one.
import {execFile} from 'node:child_process';
import {copyFile, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import project from '../../package.json' with {type: 'json'};
import {writeBotTypes} from '../../tools/build/bot-types.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const tsc = path.resolve('node_modules/typescript/bin/tsc');

/** What the compiler says of these files, which have the package beside them and nothing else. */
async function faultsIn(folder: string, files: readonly string[]): Promise<string> {
	const words = [tsc, '--noEmit', '--strict', '--allowJs', '--checkJs', '--exactOptionalPropertyTypes'];
	const modules = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom', '--types', ''];
	return new Promise(resolve => {
		execFile(process.execPath, [...words, ...modules, ...files], {cwd: folder}, (_error, stdout) => resolve(stdout));
	});
}

test('the example is well typed with the types of the package, and a mistake is found', async t => {
	const folder = temporaryFolder(t);
	const home = path.join(folder, 'node_modules/simchat');
	await mkdir(home, {recursive: true});
	const {name, version, exports} = project;
	await writeFile(path.join(home, 'package.json'), JSON.stringify({name, version, exports}));
	await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
	await writeBotTypes(path.join(home, 'dist/bot'));
	await copyFile('examples/shopping-list.js', path.join(folder, 'shopping-list.js'));
	await writeFile(
		path.join(folder, 'sound.ts'),
		`import {type Bot, type ChatEvent, type MessageOutcome} from 'simchat/bot';
		export const bot: Bot = async chat => {
			chat.on('state', ({id, state, reason}) => [id, state, reason satisfies 'refused' | string | undefined]);
			const {id, delivered} = await chat.send('bob', 'hi');
			const end: MessageOutcome = await delivered;
			for await (const event of chat) {
				const known: ChatEvent = event;
				if (known.type === 'away') (known.text satisfies string | null);
			}
			await chat.react('bob', id, end);
		};
		export default bot;`,
	);
	t.is(await faultsIn(folder, ['shopping-list.js', 'sound.ts']), '');
	await writeFile(
		path.join(folder, 'wrong.ts'),
		`import {type Bot} from 'simchat/bot';
		export const bot: Bot = chat => {
			chat.on('mesage', () => {});
			chat.on('message', event => event.state);
		};`,
	);
	const found = await faultsIn(folder, ['wrong.ts']);
	t.regex(found, /wrong\.ts\(3,\d+\): error TS2345/);
	t.regex(found, /wrong\.ts\(4,\d+\): error TS2339/);
});
