// The one native module: its code is in the bundle, and its prebuilt files lie in the folder native/ beside it.
import {cp, mkdir, symlink} from 'node:fs/promises';
import path from 'node:path';
import {type Plugin} from 'esbuild';

/** The package that has the prebuilt files, and the folder that they are in. */
export const NATIVE_PACKAGE = path.resolve(import.meta.dirname, '../../node_modules/better-sqlite3-multiple-ciphers');
const PREBUILT = path.join(NATIVE_PACKAGE, 'prebuilds');
/** Those that a package brings. They go by Node-API, so that one file is for every Node that runs simchat. */
export const NATIVE_TARGETS = [
	'linux-x64',
	'linux-arm64',
	'linuxmusl-x64',
	'linuxmusl-arm64',
	'darwin-x64',
	'darwin-arm64',
] as const;

/**
 * How the package finds its file, instead of its own way: beside the bundle. On Linux the file for glibc does not load where there is
 * musl. Not as `require('…')`: the bundler would look for the file now.
 */
const BINDING = `
let addon;
exports.getBinding = () => (addon ??= load());
function load() {
	const file = kind => './native/' + kind + '-' + process.arch + '.node';
	const found = kind => require(file(kind));
	try {
		return found(process.platform);
	} catch (error) {
		if (process.platform !== 'linux') throw error;
		try {
			return found('linuxmusl');
		} catch {
			throw error;
		}
	}
}
`;

export const nativeBinding: Plugin = {
	name: 'native binding',
	setup(plan) {
		let isFound = false;
		plan.onLoad({filter: /\/better-sqlite3-multiple-ciphers\/lib\/binding\.js$/}, () => {
			isFound = true;
			return {contents: BINDING};
		});
		plan.onEnd(({metafile}) => {
			const isUsed = Object.keys(metafile?.inputs ?? {}).some(file =>
				file.includes('better-sqlite3-multiple-ciphers/'),
			);
			return isUsed && !isFound
				? {errors: [{text: 'better-sqlite3-multiple-ciphers has no lib/binding.js: see tools/build/native.ts'}]}
				: {};
		});
	},
};

/** Puts native/ into the folder of bundles that are to go elsewhere. */
export async function copyNative(folder: string): Promise<void> {
	await mkdir(path.join(folder, 'native'), {recursive: true});
	for (const target of NATIVE_TARGETS) {
		await cp(path.join(PREBUILT, `${target}.node`), path.join(folder, 'native', `${target}.node`));
	}
}

/** The same for bundles that stay on this machine. */
export async function linkNative(folder: string): Promise<void> {
	await symlink(PREBUILT, path.join(folder, 'native'));
}
