// What terminals have answered before, so that the first frame counts as this one does. It may be lost: they are asked again.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import {makeFolder} from '../../os/folder.ts';
import {type CellRules, USUAL} from '../text/clusters.ts';

/** Terminals that are remembered, the newest last. */
const LIMIT = 16;
/** Cells of a rule. */
const MOST = 4;
/** Characters of a word of the environment. */
const WORD = 64;

const terminal = z.object({
	/** What it is to the programs in it. */
	name: z.string(),
	/** Its answer to XTVERSION, or ''. */
	version: z.string(),
	/** Whether it had to be told to count grapheme clusters. */
	clusters: z.boolean(),
	rules: z.record(z.enum(Object.keys(USUAL) as Array<keyof CellRules>), z.int().check(z.minimum(0), z.maximum(MOST))),
});
const contents = z.object({terminals: z.array(terminal).check(z.maxLength(LIMIT))});

export type KnownTerminal = z.infer<typeof terminal>;

/** What the environment says of the terminal, and of what is between. */
export function terminalName(env: Readonly<Record<string, string | undefined>>): string {
	const {TERM, TERM_PROGRAM, TERM_PROGRAM_VERSION, VTE_VERSION, KONSOLE_VERSION, LC_ALL, LC_CTYPE, LANG} = env;
	const between = [env['TMUX'] !== undefined && 'tmux', env['STY'] !== undefined && 'screen'];
	const locale = LC_ALL ?? LC_CTYPE ?? LANG;
	return [TERM, TERM_PROGRAM, TERM_PROGRAM_VERSION, VTE_VERSION, KONSOLE_VERSION, locale, ...between]
		.map(part => (part === undefined || part === false ? '' : part.slice(0, WORD)))
		.join(' ');
}

export class KnownTerminals {
	readonly #file: string;
	readonly #onError: (error: unknown) => void;

	/** `folder` is made when there is something to keep. `onError` is told when it is not kept. */
	constructor(folder: string, onError: (error: unknown) => void) {
		this.#file = path.join(folder, 'terminals.json');
		this.#onError = onError;
	}

	find(name: string): KnownTerminal | undefined {
		return this.#read().find(each => each.name === name);
	}

	/** In place of what was known of it. A disk that does not take it is no matter. */
	keep(known: KnownTerminal): void {
		const others = this.#read().filter(({name}) => name !== known.name);
		const fresh = `${this.#file}.${process.pid}`;
		try {
			makeFolder(path.dirname(this.#file));
			writeFileSync(fresh, JSON.stringify({terminals: [...others, known].slice(-LIMIT)}), {mode: 0o600});
			renameSync(fresh, this.#file);
		} catch (error) {
			this.#onError(error);
		}
	}

	#read(): readonly KnownTerminal[] {
		try {
			return contents.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).terminals;
		} catch {
			return [];
		}
	}
}
