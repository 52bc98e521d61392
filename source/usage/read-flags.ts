// A command line taken apart into words and flags (POSIX, XBD 12.2, and GNU's long options). What they mean is for the program.
import {type OptionForm, type OptionUsage, dashed} from './manual.ts';

/** By flag, in camel case; one that is in no table as it was typed, without its hyphens. '' for one that lacks its value, true for one that takes none. */
export type Flags = Readonly<Record<string, unknown>>;

/** Its `flag` is as it was typed. */
export class FlagTwiceError extends Error {
	override readonly name = 'FlagTwiceError';
	readonly flag: string;

	constructor(flag: string) {
		super(flag);
		this.flag = flag;
	}
}

/**
 * `--flag VALUE` or `--flag=VALUE`; letters may stand together. Words are `-`, numbers such as `-5`, and all that is behind `--`. A
 * value that looks like a flag is one. Throws FlagTwiceError.
 */
export function readFlags(
	args: readonly string[],
	options: Readonly<Record<string, OptionForm | OptionUsage>>,
): {readonly words: readonly string[]; readonly flags: Flags} {
	const known = new Map<string, string>();
	for (const [flag, {short}] of Object.entries(options)) {
		known.set(dashed(flag), flag);
		if (short !== undefined) known.set(`-${short}`, flag);
	}

	const end = args.includes('--') ? args.indexOf('--') : args.length;
	const rest = args.slice(0, end);
	const words: string[] = [];
	const flags = new Map<string, string | true>();
	for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
		if (!isFlag(arg)) words.push(arg);
		else {
			for (const [typed, inline] of apart(arg)) {
				const flag = known.get(typed);
				if (flag !== undefined && flags.has(flag)) throw new FlagTwiceError(typed);
				if (flag !== undefined && options[flag]?.value !== undefined) {
					flags.set(flag, inline ?? (isFlag(rest[0] ?? '-x') ? '' : rest.shift()!));
				} else if (flag !== undefined && inline === undefined) {
					flags.set(flag, true);
				} else {
					// One that takes no value, and has one, is in no table.
					flags.set((flag === undefined ? typed : arg).replace(/^--?/, ''), true);
				}
			}
		}
	}

	return {words: [...words, ...args.slice(end + 1)], flags: Object.fromEntries(flags)};
}

function isFlag(arg: string): boolean {
	return /^-\D/.test(arg);
}

/** What stands in front of the first `=`, with its hyphens, and what is behind it; of letters, each. */
function apart(arg: string): ReadonlyArray<readonly [typed: string, inline: string | undefined]> {
	if (!arg.startsWith('--')) return Array.from(arg.slice(1), letter => [`-${letter}`, undefined] as const);
	const [typed = '', ...inline] = arg.split('=');
	return [[typed, inline.length === 0 ? undefined : inline.join('=')]];
}
