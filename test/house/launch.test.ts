// The launchers start what was built, on a Node that can run it, and say what to do when they cannot.
import {spawn} from 'node:child_process';
import {cp, mkdir, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {SERVER_RUNTIME} from '../../bin/server-runtime.js';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const OLD_NODE = '--import=data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.20.2"})';
const DOOR =
	'console.log(process.versions.node === "20.20.2" ? "old" : "new", ...process.argv.slice(2)); process.exitCode = 7;';
const SKELETON = 'console.log("skeleton before", process.argv.slice(2).join());';

/** A copy of the launchers in a folder of its own. */
async function install(
	t: ExecutionContext,
	{isBuilt, isBundled}: {isBuilt: boolean; isBundled: boolean},
): Promise<string> {
	const root = temporaryFolder(t);
	await cp('bin', path.join(root, 'bin'), {recursive: true});
	await writeFile(path.join(root, 'package.json'), '{"type": "module"}');
	if (isBuilt) {
		await mkdir(path.join(root, 'dist'));
		for (const door of ['cli', 'server'])
			await writeFile(path.join(root, `dist/${door}.js`), `console.log('${door}'); ${DOOR}`);
		await writeFile(path.join(root, 'dist/skeleton.cjs'), SKELETON);
	}

	if (isBundled) {
		const runtime = path.join(root, `node_modules/node-${process.platform}-${process.arch}`);
		await mkdir(path.join(runtime, 'bin'), {recursive: true});
		await writeFile(path.join(runtime, 'package.json'), '{}');
		await symlink(process.execPath, path.join(runtime, 'bin/node'));
	}

	return root;
}

async function start(root: string, launcher: string, nodeArguments: string[] = []) {
	const file = path.join(root, 'bin', launcher);
	const child = spawn(process.execPath, [...nodeArguments, file, 'one', '--two'], {
		env: {},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	const [output, complaint, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
	return {output, complaint, exitCode};
}

for (const door of ['cli', 'server']) {
	const launcher = door === 'cli' ? 'simchat.js' : 'simchat-server.js';

	test(`${launcher} runs the built ${door} in this Node, with its arguments`, async t => {
		const root = await install(t, {isBuilt: true, isBundled: false});
		const before = door === 'cli' ? 'skeleton before one,--two\n' : '';
		t.deepEqual(await start(root, launcher), {
			output: `${before}${door}\nnew one --two\n`,
			complaint: '',
			exitCode: 7,
		});
	});

	test(`${launcher} hands over to the bundled Node when this one is too old`, async t => {
		const root = await install(t, {isBuilt: true, isBundled: true});
		t.deepEqual(await start(root, launcher, [OLD_NODE]), {
			output: `${door}\nnew one --two\n`,
			complaint: '',
			exitCode: 7,
		});
	});
}

for (const [kind, nodeArguments] of [
	['this Node', []],
	['the bundled Node', [OLD_NODE]],
] as const) {
	test(`the server runs on ${kind} with the options that keep idle users small`, async t => {
		const root = await install(t, {isBuilt: true, isBundled: true});
		const {options, environment} = SERVER_RUNTIME;
		const names = Object.keys(environment);
		await writeFile(
			path.join(root, 'dist/server.js'),
			`console.log(JSON.stringify([process.execArgv, ${JSON.stringify(names)}.map(name => process.env[name])]));`,
		);
		const {output, complaint} = await start(root, 'simchat-server.js', [...nodeArguments]);
		const [flags, values] = JSON.parse(output) as [string[], string[]];
		for (const option of options) t.true(flags.includes(option));
		t.deepEqual(values, Object.values(environment));
		t.is(complaint, '');
	});
}

test('an old Node and no bundled one: says which Node is needed', async t => {
	const root = await install(t, {isBuilt: true, isBundled: false});
	const {output, complaint, exitCode} = await start(root, 'simchat.js', [OLD_NODE]);
	t.is(output, '');
	t.regex(complaint, /needs Node\.js 24\.12 or newer/v);
	t.is(exitCode, 69);
});

test('nothing built: says how to build', async t => {
	const root = await install(t, {isBuilt: false, isBundled: false});
	const {complaint, exitCode} = await start(root, 'simchat.js');
	t.regex(complaint, /npm run build/v);
	t.is(exitCode, 69);
});
