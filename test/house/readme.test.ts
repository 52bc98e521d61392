// The example of the library in README.md, against the built package: its types are right, and it prints what it says.
import {execFile} from 'node:child_process';
import {cp, mkdir, readFile, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import test from 'ava';
import {buildLibrary} from '../../tools/build/library.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const run = promisify(execFile);

/** As strict as a project can be; the types of the package are checked, too. */
const OPTIONS = {
	target: 'es2024',
	module: 'nodenext',
	strict: true,
	exactOptionalPropertyTypes: true,
	noUncheckedIndexedAccess: true,
	verbatimModuleSyntax: true,
	skipLibCheck: false,
	noEmit: true,
	types: ['node'],
};

test('the example of the library', async t => {
	const readme = await readFile('README.md', 'utf8');
	const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
	t.is(examples.length, 1);
	const [code = ''] = examples;

	const project = temporaryFolder(t);
	const installed = path.join(project, 'node_modules/simchat');
	await mkdir(installed, {recursive: true});
	await cp('package.json', path.join(installed, 'package.json'));
	await buildLibrary(path.join(installed, 'dist/protocol'));
	await symlink(path.resolve('node_modules/@types'), path.join(project, 'node_modules/@types'));
	await writeFile(path.join(project, 'package.json'), '{"type": "module"}');
	await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify({compilerOptions: OPTIONS}));
	await writeFile(path.join(project, 'example.ts'), code);

	const tsc = path.resolve('node_modules/typescript/bin/tsc');
	const checked = await run(process.execPath, [tsc], {cwd: project}).catch((error: {stdout: string}) => error);
	t.is(checked.stdout, '');
	const {stdout} = await run(process.execPath, ['example.ts'], {cwd: project});
	const said = /\/\/ (.*)\n$/.exec(code)?.[1];
	t.is(stdout, `${said}\n`);
});
