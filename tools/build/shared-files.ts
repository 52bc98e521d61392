// What goes into the folders share/man and the like: the man pages of both programs, and what completes them in each shell.
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {clientManual} from '../../source/cli/command-table.ts';
import {serverManual} from '../../source/server/server-usage.ts';
import {SHELLS, completionFile, completionScript} from '../../source/usage/shell-completion.ts';
import {manPage} from '../../source/usage/man-page.ts';
import {type Manual} from '../../source/usage/manual.ts';

/** As they are for everybody: a home has no name of its own there. */
export const MANUALS: readonly Manual[] = [
	clientManual('~/.local/share/simchat'),
	serverManual('~/.local/share/simchat-server'),
];

/** Puts man/PROGRAM.1 and completions/SHELL/… into `folder`. */
export async function writeSharedFiles(folder: string, version: string): Promise<void> {
	const put = async (file: string, text: string) => {
		await mkdir(path.dirname(path.join(folder, file)), {recursive: true});
		await writeFile(path.join(folder, file), text);
	};
	for (const manual of MANUALS) {
		await put(`man/${manual.program}.1`, manPage(manual, version));
		for (const shell of SHELLS) {
			await put(
				path.join('completions', shell, completionFile(manual.program, shell)),
				completionScript(manual, shell),
			);
		}
	}
}
