// The commands that any process which has the profile open can do, for itself or for another one.
import * as z from 'zod/mini';
import {type Client, type KeptMessages, typedTalk} from '../client/facade.ts';
import {type CommandIo} from './command-io.ts';
import {changePassword} from './commands/change-password.ts';
import {doDevices} from './commands/device-commands.ts';
import {doctor} from './commands/doctor-command.ts';
import {exportMessages} from './commands/export.ts';
import {doFiles} from './commands/file-tasks.ts';
import {check, forget, search} from './commands/history-commands.ts';
import {trustContact, verifyContact} from './commands/identity-commands.ts';
import {keeperStatus} from './keep/keeper-status.ts';
import {listContacts} from './commands/list-contacts.ts';
import {makeRecovery, removeRecovery} from './commands/make-recovery.ts';
import {pipe} from './commands/pipe.ts';
import {send} from './commands/send.ts';
import {tail} from './commands/tail.ts';
import {doVerb} from './commands/verb-commands.ts';
import {type VerbTask, verbTask, verbTasks} from './verb-tasks.ts';

const name = z.string();
const waitMs = z.number().check(z.minimum(0), z.maximum(86_400_000));
const json = z.boolean();
const isSure = z.boolean();
const since = z.union([z.object({time: z.number()}), z.object({id: z.string()})]);
const deviceAct = z.discriminatedUnion('what', [
	z.object({what: z.literal('list'), json}),
	z.object({what: z.literal('add'), role: z.enum(['device', 'keeper']), hasCode: z.boolean(), json}),
	z.object({what: z.literal('remove'), device: z.string(), isSure, json}),
	z.object({what: z.literal('rename'), device: z.string(), label: z.string(), json}),
	z.object({what: z.literal('role'), device: z.string(), role: z.enum(['device', 'keeper']), json}),
	z.object({what: z.literal('accept'), isSure, json}),
]);

/** What needs the history alone. */
const archiveTasks = [
	z.object({
		kind: z.literal('search'),
		words: z.string(),
		name: z.optional(name),
		json,
		limit: z.int().check(z.minimum(1), z.maximum(100_000)),
	}),
	z.object({kind: z.literal('export'), name: z.optional(name), asText: z.boolean()}),
	z.object({kind: z.literal('forget'), name, isSure}),
	z.object({kind: z.literal('check')}),
] as const;
const archiveTask = z.discriminatedUnion('kind', archiveTasks);
export type ArchiveTask = z.infer<typeof archiveTask>;

/** As they travel from process to process. Fields that are for the process which was started alone are left out. */
export const sharedTask = z.discriminatedUnion('kind', [
	z.object({kind: z.enum(['send', 'pipe']), name, waitMs}),
	z.object({kind: z.literal('contacts'), json}),
	z.object({
		kind: z.literal('send-file'),
		name,
		files: z.array(z.object({path: z.string(), id: z.string().check(z.regex(/^[\da-f]{32}$/))})),
		waitMs,
	}),
	z.object({kind: z.literal('get'), name, id: z.optional(z.string()), waitMs}),
	z.object({kind: z.literal('tail'), json, since: z.optional(since), accepts: z.optional(z.boolean())}),
	z.object({kind: z.enum(['verify', 'trust']), name, isSure}),
	z.object({kind: z.literal('make-recovery')}),
	z.object({kind: z.literal('remove-recovery'), words: z.string()}),
	/** Both sides have proved the key of the vault before. */
	z.object({kind: z.literal('password'), old: z.string(), fresh: z.string()}),
	z.object({kind: z.literal('devices'), act: deviceAct}),
	z.object({kind: z.literal('keep-status')}),
	z.object({kind: z.literal('doctor'), name: z.optional(name), json, waitMs}),
	...verbTasks,
	...archiveTasks,
]);
export type SharedTask = z.infer<typeof sharedTask>;
type SignedInTask = Exclude<SharedTask, ArchiveTask | VerbTask>;

export function isArchiveTask(task: SharedTask): task is ArchiveTask {
	return archiveTask.safeParse(task).success;
}

function isVerbTask(task: SharedTask): task is VerbTask {
	return verbTask.safeParse(task).success;
}

/** Throws Failure, ClientError and what `io` throws. */
export async function doShared(client: Client, task: SharedTask, io: CommandIo): Promise<void> {
	if (isArchiveTask(task)) return doInArchive(client.kept(), task, io);
	return isVerbTask(task) ? doVerb(client, task, io) : doSignedIn(client, task, io);
}

/** Throws as `doShared` does. */
export async function doInArchive(kept: KeptMessages, task: ArchiveTask, io: CommandIo): Promise<void> {
	switch (task.kind) {
		case 'search':
			return search(kept, task, io);
		case 'export':
			return exportMessages(kept, task, io);
		case 'forget':
			return forget(kept, typedTalk(task.name), task.isSure, io);
		default:
			return check(kept, io);
	}
}

async function doSignedIn(client: Client, task: SignedInTask, io: CommandIo): Promise<void> {
	switch (task.kind) {
		case 'send':
			return send(client, task.name, task.waitMs, io);
		case 'pipe':
			return pipe(client, task.name, task.waitMs, io);
		case 'send-file':
		case 'get':
			return doFiles(client, task, io);
		case 'tail':
			return tail(client, task, io);
		case 'contacts':
			return listContacts(client, task.json, io);
		case 'devices':
			return doDevices(client, task.act, io);
		case 'keep-status':
			return keeperStatus(client, io);
		case 'doctor':
			return doctor(client, task, io);
		case 'password':
			return changePassword(client, task.old, task.fresh, io);
		case 'make-recovery':
			return makeRecovery(client, io);
		case 'remove-recovery':
			return removeRecovery(client, task.words, io);
		case 'verify':
			return verifyContact(client, task.name, task.isSure, io);
		default:
			return trustContact(client, task.name, task.isSure, io);
	}
}
