// How the processes of tests find what they import, in less time than Node takes: each of some 300 test files is a process.
import {readFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import path from 'node:path';
import type {PackedIndex} from './build/packed-packages.ts';

/** Of the packages that are one file each (build/packed-packages.ts). It stands behind the name of this file. */
const folder = new URL(import.meta.url).searchParams.get('folder') ?? '';
const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as PackedIndex;

registerHooks({
	resolve(name, context, nextResolve) {
		// Our own files say where they import from: there is nothing to look for.
		if (/^\..*\.tsx?$/.test(name)) {
			return {url: new URL(name, context.parentURL).href, format: 'module-typescript', shortCircuit: true};
		}

		// Packages find theirs by themselves: theirs may be of other versions.
		const isOurs = !context.parentURL?.includes('/node_modules/') && context.conditions.includes('import');
		const url = isOurs ? index[name] : undefined;
		return url === undefined ? nextResolve(name, context) : {url, format: 'module', shortCircuit: true};
	},
});
