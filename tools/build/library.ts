// How protocol.ts becomes the library that `exports` names: one file of code that can be read, and its types.
import {execFile} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {type Metafile, build} from 'esbuild';

/** Puts `protocol.js`, and `protocol.d.ts` with the types it refers to, into `folder`; what it is made of. Call it from the root of the project. */
export async function buildLibrary(folder: string): Promise<Metafile> {
	const {metafile} = await build({
		metafile: true,
		entryPoints: ['protocol.ts'],
		outdir: folder,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
	});
	const tsc = path.resolve('node_modules/typescript/bin/tsc');
	await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.protocol.json', '--outDir', folder]);
	return metafile;
}
