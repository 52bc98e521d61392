// The flags of a script for developers: what is wrong with them is one line.
import process from 'node:process';
import {type ParseArgsConfig, parseArgs} from 'node:util';

/** Of sysexits.h: the script was asked for something that it does not know. */
const USAGE = 64;

/** What the flags of this process say. Where they are wrong, the process ends, with `script`, what is wrong and the flags that there are. */
export function scriptFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
	script: string,
	options: Options,
): ReturnType<typeof parseArgs<{options: Options}>>['values'] {
	try {
		return parseArgs({options}).values;
	} catch (error) {
		const [what] = (error instanceof Error ? error.message : String(error)).split('. ');
		return wrongFlags(
			script,
			`${what}. There are: ${Object.keys(options)
				.map(name => `--${name}`)
				.join(', ')}`,
		);
	}
}

/** Ends the process with a line that says what is wrong with its flags. */
export function wrongFlags(script: string, what: string): never {
	process.stderr.write(`${script}: ${what}\n`);
	process.exit(USAGE);
}
