// From a task to the command that does it.
import process from 'node:process';
import {COMMAND_WORDS, type CliTask} from './task.ts';
import {addressee} from './addressee.ts';
import {signUp, whoami} from './commands/account.ts';
import {check, forget, search, withArchive} from './commands/history-commands.ts';
import {backUpProfile, restoreProfile} from './commands/backup-commands.ts';
import {listContacts} from './commands/list-contacts.ts';
import {doctor} from './commands/doctor-command.ts';
import {echoBot} from './commands/echo-bot.ts';
import {exportMessages} from './commands/export.ts';
import {trustContact, verifyContact} from './commands/identity-commands.ts';
import {pipe} from './commands/pipe.ts';
import {send} from './commands/send.ts';
import {tail} from './commands/tail.ts';
import {runDemo} from './demo/demo.ts';
import {isDumb} from './skeleton.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {type PasswordSource, takePassword} from './password/read.ts';
import {type OpenScreen, signedIn, withClient} from './with-client.ts';
import {TextInput} from './text-input.ts';
import {typedTalk} from '../client/facade.ts';

/** UTF-16 units of a text on standard input; what one message holds is for the client to say. */
const TEXT_LIMIT = 65_536;

/**
 * Does `task`; `door` is the file that this process was started with, `openScreen` is undefined without a terminal. Throws
 * Failure and ClientError.
 */
export async function run(task: CliTask, door: string, openScreen: OpenScreen | undefined): Promise<void> {
	const given = takePassword(process.env);
	const input = new TextInput(process.stdin);
	const {profile, port} = task;
	const password: PasswordSource = {given, input: task.passwordStdin ? input : undefined};
	try {
		switch (task.kind) {
			case 'screen': {
				if (openScreen === undefined) {
					const why = isDumb(process.env)
						? 'the full-screen client needs a terminal that can put text in its place, and TERM=dumb says that this one cannot: set TERM to the name of the terminal, or'
						: 'there is no full-screen client without a terminal:';
					throw new Failure(EXIT_CODES.usage, `${why} use one of ${COMMAND_WORDS}`);
				}

				return await withClient({profile, port}, async client => openScreen({client, joinLink: task.link}));
			}

			case 'sign-up':
				return await signUp({profile, port, password}, task.link, task.name);
			case 'whoami':
				return await whoami(profile);
			case 'demo':
				return await runDemo(door, openScreen);
			case 'echo-bot':
				return await echoBot(profile, task.link, task.name, password);
			case 'send':
				return await signedIn({profile, port, password}, async (client, stop) => {
					const text = task.text ?? (await input.all(TEXT_LIMIT));
					return send(client, await addressee(client, task.name), text, task.waitMs, stop);
				});
			case 'tail':
				return await signedIn({profile, port, password}, async (client, stop) => tail(client, task.json, stop));
			case 'pipe':
				return await signedIn({profile, port, password}, async (client, stop) =>
					pipe(client, task.name, input, task.waitMs, stop),
				);
			case 'contacts':
				return await signedIn({profile, port, password}, async (client, stop) => listContacts(client, task.json, stop));
			case 'doctor':
				return await signedIn({profile, port, password}, async (client, stop) => doctor(client, task, stop));
			case 'search':
				return await withArchive(profile, password, async archive => search(archive, task));
			case 'export':
				return await withArchive(profile, password, async (archive, stop) => exportMessages(archive, task, stop));
			case 'forget':
				return await withArchive(profile, password, async archive =>
					forget(archive, typedTalk(task.name), task.isSure),
				);
			case 'check':
				return await withArchive(profile, password, check);
			case 'backup':
				return await backUpProfile(profile, task.folder);
			case 'restore':
				return await restoreProfile(profile, task.folder, password);
			default: {
				const decide = task.kind === 'verify' ? verifyContact : trustContact;
				return await signedIn({profile, port, password}, async client => decide(client, task.name, task.isSure));
			}
		}
	} finally {
		input.close();
	}
}
