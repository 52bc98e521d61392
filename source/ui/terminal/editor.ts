// Writing a text in the person's own editor, in a file that nobody else can read and that does not stay.
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export type EditorOptions = {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where the file is made. */
	readonly folder?: string;
};

/** `text` as it is saved. Rejects with words that say what to do when there is no editor, or it gives up. */
export async function writeInEditor(text: string, {env, folder = os.tmpdir()}: EditorOptions): Promise<string> {
	const [editor = 'vi', ...args] = (env['VISUAL'] || env['EDITOR'] || 'vi').split(' ').filter(word => word !== '');
	const home = await mkdtemp(path.join(folder, 'simchat-'));
	const file = path.join(home, 'message.txt');
	try {
		await writeFile(file, text, {mode: 0o600});
		await run(editor, [...args, file]);
		const written = await readFile(file, 'utf8');
		return written.replace(/\r?\n$/, '');
	} finally {
		// What was written is not left on the disk by name; a journal or an SSD may hold it longer.
		await writeFile(file, Buffer.alloc(Buffer.byteLength(text))).catch(() => {});
		await rm(home, {recursive: true, force: true});
	}
}

async function run(editor: string, args: readonly string[]): Promise<void> {
	const child = spawn(editor, args, {stdio: 'inherit'});
	try {
		const [code] = (await once(child, 'close')) as [number | null];
		if (code === 0) return;
	} catch (error) {
		throw new Error(`the editor ${editor} does not start: set $EDITOR to one that is installed`, {cause: error});
	}

	throw new Error(`${editor} gave up, and the draft is as it was`);
}
