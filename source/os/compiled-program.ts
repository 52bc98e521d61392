// What Node has compiled of the program is kept in a cache, which the next start reads instead of compiling it again.
import {existsSync, rmSync} from 'node:fs';
import {enableCompileCache} from 'node:module';
import path from 'node:path';
import envPaths from 'env-paths';
import project from '../../package.json' with {type: 'json'};
import {makeFolder} from './folder.ts';
import {isOwn} from './own-file.ts';

/**
 * From here on what is loaded is taken from the cache, and what is missing is added when the process ends. There is one version of
 * the program in it. What the cache says is run: one that others can write to is not used. Without it the program starts more slowly.
 */
export function useCompiled(): void {
	const {cache} = envPaths('simchat', {suffix: ''});
	const compiled = path.join(cache, 'compiled');
	const own = path.join(compiled, project.version);
	try {
		if (!existsSync(own)) {
			rmSync(compiled, {recursive: true, force: true});
			// Node's own way of making folders does not end in some cases.
			makeFolder(own);
		}
	} catch {
		return;
	}

	if ([cache, compiled, own].every(isOwn)) enableCompileCache(own);
}
