// From a task to the command that does it.
import process from 'node:process';
import {ClientError, accountIn, defaultProfileFolder} from '../client/facade.ts';
import {isUtf8Locale} from '../os/locale.ts';
import {giveSpareMemoryBack} from '../os/spare-memory.ts';
import {completionScript} from '../usage/shell-completion.ts';
import {COMMAND_WORDS, clientManual} from './command-table.ts';
import {type CliCommand, type CliTask, type LinearTask} from './task.ts';
import {DEFAULT_WAIT_S} from './typed-flags.ts';
import {signUp, whoami} from './commands/account.ts';
import {backUpProfile, restoreProfile} from './commands/backup-commands.ts';
import {changePasswordAlone} from './commands/change-password.ts';
import {recover} from './commands/recover.ts';
import {echoBot} from './commands/echo-bot.ts';
import {runBot} from './bot/run-bot.ts';
import {runDemo} from './demo/demo.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {keep} from './keep/keep.ts';
import {onProfile} from './on-profile.ts';
import {OutputFile} from './output-file.ts';
import {
	type PasswordSource,
	passwordFile,
	readFormerPassword,
	readNewPassword,
	readPassword,
	takePassword,
} from './password/read.ts';
import {readWords} from './password/recovery-prompt.ts';
import {sharedTask} from './shared-task.ts';
import {StartedIo} from './started-io.ts';
import {print} from './streams.ts';
import {TextInput} from './text-input.ts';
import {type NewMessage, ToSend} from './to-send.ts';
import {type Views, noAccountHere, untilStopped, withClient} from './with-client.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** UTF-16 units of a text on standard input; what one message holds is for the client to say. */
const TEXT_LIMIT = 65_536;

/**
 * Does `task`; `door` is the file that this process was started with. Throws Failure, ClientError and OutputError.
 */
export async function run(task: CliTask, door: string, views: Views): Promise<void> {
	const {isTerminal, openScreen} = views;
	giveSpareMemoryBack();
	const given = takePassword(process.env);
	const input = new TextInput(process.stdin);
	const {profile, port} = task;
	const password: PasswordSource = {
		given,
		input: task.passwordStdin ? input : undefined,
		...('passwordFile' in task && {file: passwordFile(task.passwordFile, process.env)}),
	};
	try {
		switch (task.kind) {
			case 'screen': {
				// On a terminal that text cannot be put in its place on, lines do.
				if (openScreen === undefined && isTerminal)
					return await talkInLines({...task, waitMs: DEFAULT_WAIT_S * 1000}, password, {input, views});
				if (openScreen === undefined) {
					throw new Failure(EXIT_CODES.usage, catalogue.commandLine.noTerminal(COMMAND_WORDS));
				}

				return await withClient({profile, port}, async client => openScreen({client, joinLink: task.link}));
			}

			case 'linear':
				return await talkInLines(task, password, {input, views});

			case 'sign-up':
				return await signUp({profile, port, password}, task.link, task.name);
			case 'keep':
				return await keep({profile, port, task, password});
			case 'password':
				return await runPassword(task, password);
			case 'recover':
				return await recover({profile, port, password, link: task.link, name: task.name});
			case 'type-removed-recovery': {
				const typed = await readPassword(password, false);
				const words = await readWords(password.input);
				return await runShared(
					{kind: 'remove-recovery', words},
					{
						...task,
						password: {given: typed, input: undefined},
						input,
					},
				);
			}

			case 'whoami':
				return await whoami(profile);
			case 'demo':
				return await runDemo(door, openScreen);
			case 'completion':
				return await print(completionScript(clientManual(defaultProfileFolder()), task.shell).trimEnd());
			case 'echo-bot':
				return await echoBot(profile, task.link, task.name, password);
			case 'run': {
				const io = onceOnly(() => new StartedIo(new ToSend(async () => undefined), untilStopped(), undefined));
				return await runBot(task.file, {profile, port, password: async () => readPassword(password, false), io});
			}

			case 'backup':
				return await backUpProfile(profile, task.folder);
			case 'restore':
				return await restoreProfile(profile, task.folder, password);
			default:
				return await runShared(withCode(task, isTerminal), {...task, password, input});
		}
	} finally {
		input.close();
	}
}

/** Signs in before where nobody can be asked for a password line by line, or where there is one already. */
async function talkInLines(
	{profile, port, link, waitMs}: Pick<CliTask, 'profile' | 'port'> & Omit<LinearTask, 'kind'>,
	password: PasswordSource,
	{input, views}: {readonly input: TextInput; readonly views: Views},
): Promise<void> {
	const {isTerminal, openLinear} = views;
	const isGiven = password.given !== undefined || password.input !== undefined;
	await withClient({profile, port}, async client => {
		if (client.account === undefined && !isTerminal) throw noAccountHere(profile);
		if (client.account !== undefined && (isGiven || !isTerminal))
			await client.signIn(await readPassword(password, false));
		await openLinear({client, joinLink: link, nextLine: async () => input.line(TEXT_LIMIT), waitMs});
	});
}

/** Changes the password in this process; where another one has the profile open, there. */
async function runPassword({profile, port}: CliTask, source: PasswordSource): Promise<void> {
	if (accountIn(profile) === undefined) throw noAccountHere(profile);
	const old = await readPassword(source, false);
	const fresh = await readNewPassword(source);
	const former = async () => readFormerPassword(source);
	const io = new StartedIo(new ToSend(async () => undefined), untilStopped(), undefined);
	try {
		return await withClient({profile, port}, async client => changePasswordAlone(client, {old, fresh, former}, io));
	} catch (error) {
		if (!(error instanceof ClientError) || error.code !== 'profile-busy') throw error;
	}

	const task = {kind: 'password', old, fresh} as const;
	const toSend = io.toSend;
	const again = {io: () => io, startOver: () => io.startOver(task)};
	return onProfile({profile, port, task, password: async () => old, toSend, ...again});
}

/** What is read in this process. */
type Typed = {readonly password: PasswordSource; readonly input: TextInput};
/** The words were typed here. */
type RemovedRecovery = {readonly kind: 'remove-recovery'; readonly words: string};

/** Does it in this process, or in the one that has the profile open. */
async function runShared(
	task: CliCommand | RemovedRecovery,
	{profile, port, password: source, input}: Pick<CliTask, 'profile' | 'port'> & Typed,
): Promise<void> {
	const shared = sharedTask.parse(task);
	const ready = task.kind === 'pipe' ? () => input.ready(TEXT_LIMIT) : undefined;
	// In this process, which knows whether it was printed: the one that sends it may end, and another go on.
	let printed: Promise<void> | undefined;
	const onKept = ({id}: NewMessage) => {
		if (!('printsId' in task) || !task.printsId) return;
		printed = io().print(id);
		// Told of at the end.
		printed.catch(() => {});
	};
	const toSend = new ToSend(textsOf(task, input), {ready, onKept});
	const file = task.kind === 'export' && task.file !== undefined ? new OutputFile(task.file, task.replaces) : undefined;
	const password = onceOnly(async () => readPassword(source, false));
	const io = onceOnly(() => new StartedIo(toSend, untilStopped(), file));
	try {
		await onProfile({profile, port, task: shared, password, toSend, io, startOver: () => io().startOver(shared)});
		file?.sync();
	} finally {
		file?.close();
		await printed;
	}
}

/** A link for a person at a terminal is shown as a code, too, where it can draw one. */
function withCode(task: CliCommand, isTerminal: boolean): CliCommand {
	if (task.kind !== 'devices' || task.act.what !== 'add' || task.act.json) return task;
	return {...task, act: {...task.act, hasCode: isTerminal && isUtf8Locale(process.env)}};
}

/** What `send` and `pipe` read, one message after the other. */
function textsOf(task: CliCommand | RemovedRecovery, input: TextInput): () => Promise<string | undefined> {
	if (task.kind === 'pipe') return async () => input.line(TEXT_LIMIT);
	if (task.kind !== 'send' && task.kind !== 'reply' && task.kind !== 'edit') return async () => undefined;
	let isRead = false;
	return async () => {
		if (isRead) return undefined;
		isRead = true;
		return task.text ?? input.all(TEXT_LIMIT);
	};
}

/** The same value at each call. */
function onceOnly<Value>(make: () => Value): () => Value {
	let made: {readonly value: Value} | undefined;
	return () => (made ??= {value: make()}).value;
}
