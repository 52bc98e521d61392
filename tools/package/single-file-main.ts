// What the single file starts with: the bundles and the native module are assets in it, and are loaded from there.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {getAsset, getAssetKeys, getRawAsset} from 'node:sea';
import {pathToFileURL} from 'node:url';
import {SERVER_RUNTIME} from '../../bin/server-runtime.js';

/** Where the assets seem to lie: no file can, since this is one itself. */
const INSIDE = `${process.execPath}/`;
const INSIDE_URL = pathToFileURL(INSIDE).href;
const ASSETS = new Set(getAssetKeys());
const DOORS = {client: 'dist/cli.js', server: 'dist/server.js'} as const;
/** How the bundles ask for the native module, and the module that is loaded for it. */
const NATIVE = /^\.\/native\/([a-z\d-]+\.node)$/;
const NATIVE_URL = `${INSIDE_URL}native.cjs`;
const native = Symbol.for('simchat.native');

void start();

async function start(): Promise<void> {
	const [, , ...words] = process.argv;
	const asked = Object.values(DOORS).find(each => words[0] === INSIDE + each);
	const isServer = path.basename(process.argv0).startsWith('simchat-server');
	const door = asked ?? (isServer ? DOORS.server : DOORS.client);
	if (door === DOORS.server) becomeServer();
	process.argv = [process.execPath, INSIDE + door, ...(asked === undefined ? words : words.slice(1))];
	if (door === DOORS.client) await import('../../source/cli/early-skeleton.ts');
	registerHooks({
		resolve(specifier, context, next) {
			const isOurs = context.parentURL?.startsWith(INSIDE_URL) ?? false;
			const target = isOurs ? NATIVE.exec(specifier)?.[1] : undefined;
			if (target !== undefined && ASSETS.has(`dist/native/${target}`)) {
				return {url: NATIVE_URL, format: 'commonjs', shortCircuit: true};
			}

			const isInside = specifier.startsWith(INSIDE_URL) || (isOurs && specifier.startsWith('./'));
			if (!isInside) return next(specifier, context);
			return {url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true};
		},
		load(url, context, next) {
			if (url === NATIVE_URL) {
				Object.assign(globalThis, {[native]: loadNative()});
				const source = "module.exports = globalThis[Symbol.for('simchat.native')];";
				return {format: 'commonjs', source, shortCircuit: true};
			}

			if (!url.startsWith(INSIDE_URL)) return next(url, context);
			return {format: 'module', source: getAsset(url.slice(INSIDE_URL.length), 'utf8'), shortCircuit: true};
		},
	});
	await import(INSIDE_URL + door);
}

/** The same process once more, where it lacks what has to be there from the start; an environment that the person has set stays. */
function becomeServer(): void {
	const {options, environment} = SERVER_RUNTIME;
	const given = process.env['NODE_OPTIONS'] ?? '';
	if (options.every(option => given.includes(option.split('=')[0]!))) return;
	// That execve is new in Node is nothing for the person to know.
	process.removeAllListeners('warning');
	process.execve?.(process.execPath, [process.argv0, ...process.argv.slice(2)], {
		...environment,
		...process.env,
		NODE_OPTIONS: `${given} ${options.join(' ')}`.trim(),
	});
}

/**
 * The system loads it from a file alone. That lies in a folder which this process makes for itself, closed to others, and which is gone
 * when it is loaded: there is never one to be found that somebody else has put there. Where the temporary folder lets nothing run, the home is tried.
 */
function loadNative(): unknown {
	const key = getAssetKeys().find(each => each.endsWith('.node'))!;
	const bytes = new Uint8Array(getRawAsset(key));
	try {
		return loadIn(os.tmpdir(), bytes);
	} catch (error) {
		try {
			return loadIn(os.homedir(), bytes);
		} catch {
			throw new Error(
				`simchat could not load its database from ${os.tmpdir()}: set TMPDIR to a folder of your own from which programs may run`,
				{cause: error},
			);
		}
	}
}

function loadIn(parent: string, bytes: Uint8Array): unknown {
	const folder = mkdtempSync(path.join(parent, '.simchat-'));
	try {
		const file = path.join(folder, 'native.node');
		writeFileSync(file, bytes, {mode: 0o500, flag: 'wx'});
		const loaded = {exports: {}};
		process.dlopen(loaded, file);
		return loaded.exports;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
