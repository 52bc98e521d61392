// The licences of what bundles are made of, as a file that goes with them.
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';
import {type Metafile} from 'esbuild';
import {NATIVE_PACKAGE} from './native.ts';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)\b/i;
const RULE = `\n${'-'.repeat(80)}\n\n`;

/** The folders of the packages of which something is in the output. */
export function packagesIn({outputs}: Metafile): string[] {
	const folders = Object.values(outputs).flatMap(({inputs}) =>
		Object.entries(inputs).flatMap(([file, {bytesInOutput}]) => {
			const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
			return folder === undefined || bytesInOutput === 0 ? [] : [path.resolve(folder)];
		}),
	);
	return [...new Set(folders)];
}

/** The text of the file. Throws when a package says nothing of its licence. */
export async function noticesOf(folders: readonly string[]): Promise<string> {
	const addonApi = path.join(NATIVE_PACKAGE, '../node-addon-api');
	const all = [...new Set([...folders, NATIVE_PACKAGE, addonApi])];
	const parts = (await Promise.all(all.map(async folder => noticeOf(folder)))).toSorted();
	return [
		'simchat is made of these packages, too. Each is under the terms that stand behind its name.\n',
		...parts,
		await sqliteNotice(),
	].join(RULE);
}

async function noticeOf(folder: string): Promise<string> {
	const {name, version, license, author} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
		license?: string;
		author?: string | {readonly name: string};
	};
	const files = (await readdir(folder)).filter(file => LICENCE_FILE.test(file)).toSorted();
	const texts = await Promise.all(files.map(async file => readFile(path.join(folder, file), 'utf8')));
	if (license === undefined) throw new Error(`${name} ${version} names no licence: look for it in ${folder}`);
	const holder = typeof author === 'string' ? author : author?.name;
	const terms = texts.length > 0 ? texts : [`Copyright ${holder ?? `the authors of ${name}`}. Licence: ${license}.`];
	return `${name} ${version} (${license})\n\n${terms.map(text => text.trim()).join('\n\n')}\n`;
}

/** The native module is made of one file of C, whose parts have notices of their own. */
async function sqliteNotice(): Promise<string> {
	const source = await readFile(path.join(NATIVE_PACKAGE, 'deps/sqlite3/sqlite3.c'), 'latin1');
	const comments = [...source.matchAll(/\/\*[^]*?\*\//g)].map(([comment]) => comment);
	const holders = comments.flatMap(comment => comment.match(/copyright:?\s+\(c\) .*$/gim) ?? []);
	const terms = comments.filter(comment => /copyright/i.test(comment) && /redistribution|permission is/i.test(comment));
	return [
		'SQLite and SQLite3 Multiple Ciphers, in the files of the folder native/\n',
		'SQLite is in the public domain. SQLite3 Multiple Ciphers and the ciphers in it are under the MIT licence, whose',
		'text stands above, and have these notices:\n',
		...new Set(holders.map(line => line.replaceAll(/\s+/g, ' ').trim())),
		...[...new Set(terms.map(text => commentText(text)))].map(text => `\n${text}`),
		'',
	].join('\n');
}

/** Without the signs that make it a comment. */
function commentText(comment: string): string {
	return comment.replaceAll(/^[ \t]*(?:\/\*+|\*+\/|\*+)[ \t]?/gm, '').trim();
}
