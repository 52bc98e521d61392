// Does a command where the profile is open: in this process when no other one has it, else in that one.
import {setTimeout as pause} from 'node:timers/promises';
import {Archive, ClientError, openHandoverKey} from '../client/facade.ts';
import {type CommandIo} from './command-io.ts';
import {type ToSend} from './to-send.ts';
import {type HandoverEnd, handOver, hasHolder} from './handover/hand-over.ts';
import {brokenOff, isBroken, noAnswer, ownPort} from './handover/handover-refusals.ts';
import {type SharedTask, doInArchive, doShared, isArchiveTask} from './shared-task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {signedIn, withClient} from './with-client.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A process that has just begun, or is about to end, does not listen: so long it is waited for, ms. */
const ABSENT_MS = 5000;
const LOOK_MS = 50;
/** Processes that have ended while they did one command. */
const GONE_LIMIT = 100;

export type OnProfileOptions = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly task: SharedTask;
	/** The same at each call. Rejects with Failure. */
	readonly password: () => Promise<string>;
	readonly toSend: ToSend;
	/** Of this process; signals go there from the first call on. */
	readonly io: () => CommandIo;
	/** Everything that was written is about to be written once more; false when that cannot be. */
	readonly startOver: () => boolean;
};

/** Throws Failure, ClientError and OutputError. */
export async function onProfile(options: OnProfileOptions): Promise<void> {
	const {profile, port, toSend, startOver} = options;
	let {task} = options;
	let absentSince: number | undefined;
	let goneCount = 0;
	const broken = (why: 'silent' | 'ended') => brokenOff(profile, why, toSend.last);
	try {
		for (;;) {
			const busy = await alone({...options, task});
			if (busy === undefined) return;
			if (port !== undefined) throw ownPort(profile);
			const end = await inOther({...options, task});
			if (end === 'done') return;
			if (end !== 'absent' && end.ranMs !== undefined) {
				if (end.kind === 'silent') throw broken('silent');
				if (++goneCount > GONE_LIMIT || !startOver()) throw broken('ended');
				toSend.again();
				task = after(end.ranMs, task);
				absentSince = undefined;
				continue;
			}

			if (end !== 'absent' && end.kind === 'silent') throw noAnswer(profile);
			absentSince ??= performance.now();
			if (performance.now() - absentSince > ABSENT_MS) throw busy;
			await pause(LOOK_MS);
		}
	} catch (error) {
		// It goes on nowhere, for another reason than that one has ended: that is said, and what is known of the message.
		const isOpen = goneCount > 0 && toSend.last?.isKept === false && !isBroken(error);
		if (isOpen) options.io().complain(broken('ended').message);
		throw error;
	}
}

function noKeeper(profile: string): Failure {
	return new Failure(EXIT_CODES.unavailable, catalogue.keeper.noneRuns(profile));
}

/** What is left of a task that has run for so many ms. */
function after(ms: number, task: SharedTask): SharedTask {
	return 'waitMs' in task ? {...task, waitMs: Math.max(0, task.waitMs - ms)} : task;
}

/** Undefined when it is done; the error when another process has the profile. */
async function alone({profile, port, task, password, io}: OnProfileOptions): Promise<ClientError | undefined> {
	try {
		// Nobody has the profile open.
		if (task.kind === 'keep-status') await withClient({profile}, async () => Promise.reject(noKeeper(profile)));
		await (isArchiveTask(task)
			? withArchive(profile, password, async archive => doInArchive(archive, task, io()))
			: signedIn({profile, port, password, io}, async client => doShared(client, task, io())));
		return undefined;
	} catch (error) {
		if (error instanceof ClientError && error.code === 'profile-busy') return error;
		throw error;
	}
}

async function withArchive(
	profile: string,
	password: () => Promise<string>,
	work: (archive: Archive) => Promise<void>,
): Promise<void> {
	const archive = await Archive.open(profile, await password());
	try {
		await work(archive);
	} finally {
		archive.close();
	}
}

async function inOther({profile, task, password, io}: OnProfileOptions): Promise<HandoverEnd> {
	// Before anybody is asked for a password, and before it is stretched.
	if (!hasHolder(profile)) return 'absent';
	const key = await openHandoverKey(profile, await password());
	try {
		return await handOver({folder: profile, task, key, io: io()});
	} finally {
		key.forget();
	}
}
