// What completes a program's commands and options, for each shell that can.
import {bashCompletion} from './bash-completion.ts';
import {fishCompletion} from './fish-completion.ts';
import {type Manual} from './manual.ts';
import {zshCompletion} from './zsh-completion.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const MAKERS: Readonly<Record<Shell, (manual: Manual) => string>> = {
	bash: bashCompletion,
	zsh: zshCompletion,
	fish: fishCompletion,
};

/** A script for `shell`: sourced, or put where it looks for such files. */
export function completionScript(manual: Manual, shell: Shell): string {
	return MAKERS[shell](manual);
}

/** The name under which `shell` looks for the script of a program. */
export function completionFile(program: string, shell: Shell): string {
	return {bash: program, zsh: `_${program}`, fish: `${program}.fish`}[shell];
}
