// The whole program as one file: a copy of Node with the bundles and the native module in it (Node's single executable application).
import {execFile} from 'node:child_process';
import {chmod, copyFile, readFile, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {inject} from 'postject';
import {type Architecture, type Runtime} from './runtime.ts';

/** Where Node looks for what is in it, and the mark that says something is. */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

export type SingleFileOptions = {
	readonly architecture: Architecture;
	readonly runtime: Runtime;
	/** As the build leaves it. */
	readonly dist: string;
	/** For what is made on the way. */
	readonly work: string;
	readonly file: string;
};

/** Writes `file`, which starts as the client, and as the server when its name begins with simchat-server. */
export async function makeSingleFile({architecture, runtime, dist, work, file}: SingleFileOptions): Promise<void> {
	const main = path.join(work, 'main.cjs');
	await build({
		entryPoints: [path.join(import.meta.dirname, 'single-file-main.ts')],
		outfile: main,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node24',
	});
	const bundles = (await readdir(dist)).filter(name => name.endsWith('.js'));
	const names = [...bundles, `native/linux-${architecture}.node`];
	const blob = path.join(work, 'blob');
	const config = path.join(work, 'sea.json');
	await writeFile(
		config,
		JSON.stringify({
			main,
			output: blob,
			disableExperimentalSEAWarning: true,
			assets: Object.fromEntries(names.map(name => [`dist/${name}`, path.resolve(dist, name)])),
		}),
	);
	// One Node makes it for another processor, since it has no code cache and no snapshot.
	await promisify(execFile)(process.execPath, ['--experimental-sea-config', config]);
	await copyFile(runtime.node, file);
	await chmod(file, 0o755);
	await inject(file, RESOURCE, await readFile(blob), {sentinelFuse: FUSE});
}
