// Writing a text in the person's own editor, in a file that nobody else can read and that does not stay.
import {catalogue} from '../../catalogue/catalogue.ts';
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, fstatSync, fsyncSync, openSync, rmSync, writeSync} from 'node:fs';
import {mkdtemp, readFile, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

export type EditorOptions = {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where the file is made. */
	readonly folder?: string;
	/** Is told when what was written could not be overwritten before it was removed. */
	readonly onLeft: (error: unknown) => void;
};

/** `text` as it is saved. Rejects with words that say what to do when there is no editor, or it gives up. */
export async function writeInEditor(text: string, {env, folder = os.tmpdir(), onLeft}: EditorOptions): Promise<string> {
	const [editor = 'vi', ...args] = (env['VISUAL'] || env['EDITOR'] || 'vi').split(' ').filter(word => word !== '');
	const home = await mkdtemp(path.join(folder, 'simchat-'));
	const file = path.join(home, 'message.txt');
	const leaveNothing = () => {
		try {
			overwrite(file);
		} catch (error) {
			onLeft(error);
		}

		rmSync(home, {recursive: true, force: true});
	};

	// A signal may end the process while the editor has the file.
	process.once('exit', leaveNothing);
	try {
		await writeFile(file, text, {mode: 0o600});
		await run(editor, [...args, file]);
		const written = await readFile(file, 'utf8').catch((error: unknown) => {
			throw new Error(catalogue.notices.editorTookFile(editor), {cause: error});
		});
		return written.replace(/\r?\n$/, '');
	} finally {
		process.off('exit', leaveNothing);
		leaveNothing();
	}
}

/** Zeroes in place of what was written, as far as it is in the program's hands: a journal or an SSD may hold it longer. */
function overwrite(file: string): void {
	// There may be none: the editor has moved it, or it was never made.
	if (!existsSync(file)) return;
	const descriptor = openSync(file, 'r+');
	try {
		const {size} = fstatSync(descriptor);
		writeSync(descriptor, Buffer.alloc(size), 0, size, 0);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

async function run(editor: string, args: readonly string[]): Promise<void> {
	try {
		const [code] = (await once(spawn(editor, args, {stdio: 'inherit'}), 'close')) as [number | null];
		if (code === 0) return;
	} catch (error) {
		throw new Error(catalogue.notices.editorMissing(editor), {cause: error});
	}

	throw new Error(catalogue.notices.editorGaveUp(editor));
}
