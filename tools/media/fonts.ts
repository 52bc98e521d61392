// The fonts of this machine that pictures are drawn with.
import {execFileSync} from 'node:child_process';

export type Font = {readonly file: string; readonly families: readonly string[]};

/** Those that are used when they are there: a monospaced one first, then what lacks in it. */
const FAMILIES = [
	['DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono', 'Menlo', 'Consolas'],
	['Noto Sans Mono CJK JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'MS Gothic'],
	['DejaVu Sans'],
	['Symbola', 'Noto Sans Symbols 2', 'Noto Sans Symbols2'],
	['Noto Emoji'],
];
const EMOJI = 'Noto Color Emoji';

export type Choice = {
	/** The monospaced one; undefined when none of those is there, and all of the system's are to be used. */
	readonly family: string | undefined;
	readonly files: readonly string[];
	/** A font with coloured pictures. */
	readonly emoji: string | undefined;
};

export function chooseFonts(fonts: readonly Font[]): Choice {
	const isThere = (name: string) => fonts.some(({families}) => families.includes(name));
	const names = FAMILIES.flatMap(candidates => candidates.find(isThere) ?? []);
	const filesOf = (name: string) => fonts.flatMap(({file, families}) => (families.includes(name) ? file : []));
	const family = FAMILIES[0]?.find(isThere);
	return {family, files: [...new Set(names.flatMap(filesOf))], emoji: filesOf(EMOJI)[0]};
}

/** As fontconfig knows them; none without it. */
export function installedFonts(): Font[] {
	try {
		const list = execFileSync('fc-list', ['--format', '%{file}\t%{family}\n'], {encoding: 'utf8'});
		return list.split('\n').flatMap(line => {
			const [file = '', families] = line.split('\t');
			return families === undefined ? [] : {file, families: families.split(',')};
		});
	} catch {
		return [];
	}
}
