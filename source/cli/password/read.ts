// Where a password comes from: the terminal, the environment, standard input or a file, and never the command line.
import {accessSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {reasonOf} from '../../os/files.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {type TextInput} from '../text-input.ts';
import {askHidden} from './prompt.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

const VARIABLE = 'SIMCHAT_PASSWORD';
/** UTF-16 units of a password on standard input. */
const LIMIT = 1024;

/** What the environment says, taken out of it so that no child process sees it. */
export function takePassword(env: Record<string, string | undefined>): string | undefined {
	const password = env[VARIABLE];
	delete env[VARIABLE];
	return password === '' ? undefined : password;
}

export type PasswordSource = {
	/** Of the environment. */
	readonly given: string | undefined;
	/** Its first line is the password. */
	readonly input: TextInput | undefined;
	/** The same of a file, in place of a terminal. */
	readonly file?: string | undefined;
};

/** The password that is to stand in place of another: the next line of standard input, or asked for twice. Throws Failure. */
export async function readNewPassword({input}: PasswordSource): Promise<string> {
	if (input === undefined) return readPassword({given: undefined, input: undefined}, true);
	const line = await input.line(LIMIT);
	if (!line) throw new Failure(EXIT_CODES.badData, catalogue.password.noSecond);
	return line;
}

/** The former password of this device, when the account has a newer one: the next line of standard input, or asked for. Throws Failure. */
export async function readFormerPassword({input}: PasswordSource): Promise<string> {
	const typed = input === undefined ? await askHidden([catalogue.password.askFormer]) : [await input.line(LIMIT)];
	const [password] = typed ?? [];
	if (!password) throw new Failure(EXIT_CODES.usage, catalogue.terminal.nobodyToAsk(VARIABLE));
	return password;
}

/** The file that holds it: the one that was named, or what systemd has put in place (LoadCredential). */
export function passwordFile(named: string | undefined, env: Record<string, string | undefined>): string | undefined {
	const folder = env['CREDENTIALS_DIRECTORY'];
	if (named !== undefined || folder === undefined) return named;
	const file = path.join(folder, 'password');
	try {
		accessSync(file);
	} catch (error) {
		// One that may not be read is told of when it is.
		if (reasonOf(error) === 'ENOENT') return undefined;
	}

	return file;
}

/** The password; a new one is asked for twice. Throws Failure. */
export async function readPassword({given, input, file}: PasswordSource, isNew: boolean): Promise<string> {
	if (input !== undefined) {
		const line = await input.line(LIMIT);
		if (!line) throw new Failure(EXIT_CODES.badData, catalogue.terminal.noPassword);
		return line;
	}

	if (given !== undefined) return given;
	if (file !== undefined) return firstLine(file);
	const {newPassword, passwordAgain, password: ask} = catalogue.terminal;
	const answers = await askHidden(isNew ? [newPassword, passwordAgain] : [ask]);
	if (answers === undefined) {
		throw new Failure(EXIT_CODES.usage, catalogue.terminal.nobodyToAsk(VARIABLE));
	}

	const [password = '', repeated = password] = answers;
	if (password !== repeated) throw new Failure(EXIT_CODES.badData, catalogue.terminal.passwordsDiffer);
	return password;
}

async function firstLine(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch((error: unknown) => {
		throw new Failure(EXIT_CODES.badData, catalogue.keeper.noPasswordFile(file, reasonOf(error)));
	});
	const [line = ''] = text.split(/\r?\n/, 1);
	if (line === '') throw new Failure(EXIT_CODES.badData, catalogue.keeper.emptyPasswordFile(file));
	return line;
}
