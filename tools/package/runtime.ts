// The Node that packages bring: the one of the lock file, for this machine or for another one.
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);
export const ARCHITECTURES = ['x64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** `node`: the program; `licence`: the text that goes with it. */
export type Runtime = {readonly node: string; readonly licence: string};

/**
 * Call it from the root of the project. What is not installed is fetched into `folder`, and held to the lock file. Throws when it is not what
 * the lock file says.
 */
export async function runtimeFor(architecture: Architecture, folder: string): Promise<Runtime> {
	const name = `node-linux-${architecture}`;
	const installed = path.resolve('node_modules', name);
	const home = existsSync(installed) ? installed : await fetchRuntime(name, folder);
	return {node: path.join(home, 'bin/node'), licence: await readFile(path.join(home, 'LICENSE'), 'utf8')};
}

async function fetchRuntime(name: string, folder: string): Promise<string> {
	const {packages} = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
		packages: Record<string, {version: string; integrity: string}>;
	};
	const {version, integrity} = packages[`node_modules/${name}`]!;
	const {stdout} = await run('npm', ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`]);
	const tarball = path.join(folder, stdout.trim());
	const digest = createHash('sha512')
		.update(await readFile(tarball))
		.digest('base64');
	if (integrity !== `sha512-${digest}`) throw new Error(`${name} ${version} is not what package-lock.json says`);
	await run('tar', ['-xzf', tarball, '-C', folder, '--one-top-level=' + name, '--strip-components=1']);
	await rm(tarball);
	return path.join(folder, name);
}
