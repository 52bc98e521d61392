// The programs as people run them, for tests: a bundle starts in a sixth of the CPU time that the sources take.
import {createHash} from 'node:crypto';
import {readdirSync, renameSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {removeFolder} from '../temporary-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** In the project, so that bundles find the packages that are no part of them. One folder for each state of the sources. */
const cache = path.join(root, 'node_modules/.cache/simchat-programs');
/** Whatever a bundle may be made of. */
const SOURCES = ['cli.tsx', 'server.ts', 'package-lock.json', 'source', 'tools', 'test'];
/** A bundle of sources that have changed since may still run in another terminal, but not for so long, ms. */
const KEPT_MS = 24 * 3600 * 1000;

/** The built files of these entry points, each by its name. They are built once, until a source changes. */
export async function builtPrograms<Name extends string>(entries: Record<Name, string>): Promise<Record<Name, string>> {
	const folder = path.join(cache, digest(JSON.stringify(entries)));
	if (!exists(folder)) {
		const own = `${folder}-${process.pid}-${performance.now()}`;
		// Nearly always they are built already, and what builds them takes 40 ms to load.
		const {bundle} = await import('./bundling.ts');
		await bundle(entries, own);
		// As in what people install: Node need not find out what the files are.
		writeFileSync(path.join(own, 'package.json'), '{"type": "module"}\n');
		try {
			renameSync(own, folder);
		} catch (error) {
			removeFolder(own);
			if (!exists(folder)) throw error; // Otherwise somebody else was faster.
		}

		removeOld();
	}

	const names = Object.keys(entries) as Name[];
	return Object.fromEntries(names.map(name => [name, path.join(folder, `${name}.js`)])) as Record<Name, string>;
}

/** Of the sources as they are now, and of `words`. Each process of a test asks: to read all of them would take 60 ms. */
function digest(words: string): string {
	const hash = createHash('sha256').update(words);
	for (const source of SOURCES) {
		const file = path.join(root, source);
		if (!statSync(file).isDirectory()) hash.update(stateOf(file));
		else {
			for (const name of readdirSync(file, {recursive: true, encoding: 'utf8'}).toSorted()) {
				if (/\.[jt]sx?$/.test(name)) hash.update(stateOf(path.join(file, name)));
			}
		}
	}

	return hash.digest('hex').slice(0, 32);
}

/** Whatever is written to a file changes one of these. */
function stateOf(file: string): string {
	const {size, mtimeMs, ctimeMs} = statSync(file);
	return `${file} ${size} ${mtimeMs} ${ctimeMs}\n`;
}

function exists(folder: string): boolean {
	return statSync(folder, {throwIfNoEntry: false}) !== undefined;
}

function removeOld(): void {
	for (const name of readdirSync(cache)) {
		const folder = path.join(cache, name);
		const made = statSync(folder, {throwIfNoEntry: false})?.mtimeMs ?? Date.now();
		if (Date.now() - made > KEPT_MS) removeFolder(folder);
	}
}
