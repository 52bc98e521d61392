// keep: a device of an account without a screen, always on. It runs until it is told to end, and says in its log what it does.
import os from 'node:os';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type Client, ClientError} from '../../client/facade.ts';
import {type Snapshot} from '../../client/snapshot.ts';
import {diskAnswers} from '../../os/disk-answers.ts';
import {ServiceManager} from '../../os/service-manager.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {clockLine, stoppedFailure} from '../report.ts';
import {complain, print} from '../streams.ts';
import {type KeepTask} from '../task.ts';
import {until} from '../until.ts';
import {noAccountHere, untilStopped, withClient} from '../with-client.ts';
import {KeeperTally, changeLines, secondOf, startWords, stateWords} from './keeper-log.ts';
import {MB, noteRun} from './keeper-status.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** What is done in so short a time is one line, ms. */
const TALLY_MS = 1000;
const DAY = 86_400_000;
/** Of what this device is called: names of machines have no more letters, and each is a byte. */
const LABEL_LIMIT = 63;
/** Where the disk is tried. */
const PROBE = 'keeper.probe';
/** A command that has the profile is done after a moment: so long it is waited for, ms. */
const BUSY_MS = 10_000;
const LOOK_MS = 50;

export type KeepOptions = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly task: KeepTask;
	readonly password: PasswordSource;
};

/** Throws Failure and ClientError: when it cannot begin, and when the connection ends for good. */
export async function keep({profile, port, task, password}: KeepOptions): Promise<void> {
	const stop = untilStopped();
	const manager = new ServiceManager(process.env, why => complain(catalogue.keeper.noNotify(why)));
	const {holdDays, maxBytes, strangers} = task;
	const keeper = {holdMs: holdDays === undefined ? undefined : holdDays * DAY, maxBytes, strangers};
	const open = async (work: (client: Client) => Promise<void>) => withClient({profile, port, keeper}, work);
	await whenFree(open, stop, async client => {
		noteRun(client, {since: Date.now(), task});
		const run = new Run(client, manager, (maxBytes ?? 0) / MB);
		run.say(startWords(task));
		await begin(client, profile, task, password, {run, stop});
		const clock = clockLine(client.snapshot().clockOffset);
		if (clock !== undefined) run.say(clock);
		const watchdog = watch(manager, profile);
		const end = run.follow();
		try {
			// The profile is open, and what is kept is safe; that a directory is out of reach is nothing that another start would mend.
			void manager.tell('READY=1', `STATUS=${stateWords(client.snapshot())}`);
			await until(client, now => stoppedFailure(now) !== undefined, {stop});
			const failure = stoppedFailure(client.snapshot());
			if (failure !== undefined && !stop.aborted) throw failure;
			run.say(catalogue.keeper.log.signsOff);
		} finally {
			end();
			clearInterval(watchdog);
			await manager.tell('STOPPING=1');
		}
	});
}

/** Does `work` once no other process has the profile: a keeper comes back by itself, while people ask how it is. Throws ClientError. */
async function whenFree(
	open: (work: (client: Client) => Promise<void>) => Promise<void>,
	stop: AbortSignal,
	work: (client: Client) => Promise<void>,
): Promise<void> {
	const end = performance.now() + BUSY_MS;
	for (;;) {
		try {
			return await open(work);
		} catch (error) {
			const isBusy = error instanceof ClientError && error.code === 'profile-busy';
			if (!isBusy || stop.aborted || performance.now() > end) throw error;
		}

		await pause(LOOK_MS);
	}
}

/** Signs in; a device that has no account yet joins one by its link. One that has goes on with it, so that a unit may name the link for good. */
async function begin(
	client: Client,
	profile: string,
	{link}: KeepTask,
	password: PasswordSource,
	{run, stop}: {readonly run: Run; readonly stop: AbortSignal},
): Promise<void> {
	if (client.account !== undefined) return client.signIn(await readPassword(password, false));
	if (link === undefined) throw noAccountHere(profile);
	const label = os.hostname().slice(0, LABEL_LIMIT);
	await client.join(link, await readPassword(password, false), label, {signal: stop});
	run.say(catalogue.keeper.log.joined);
	return undefined;
}

/** Says that all is well at half of the time in which it must be said, as long as this process has its turns and the disk answers. */
function watch(manager: ServiceManager, profile: string): NodeJS.Timeout | undefined {
	if (manager.watchdogMs === undefined) return undefined;
	let isUnderWay = false;
	return setInterval(() => {
		if (isUnderWay) return;
		isUnderWay = true;
		void tellIfWell(manager, profile).finally(() => {
			isUnderWay = false;
		});
	}, manager.watchdogMs / 2);
}

async function tellIfWell(manager: ServiceManager, profile: string): Promise<void> {
	if (await diskAnswers(profile, PROBE)) await manager.tell('WATCHDOG=1');
}

/** Writes the log. What nobody takes is lost, and stops nothing. */
class Run {
	readonly #client: Client;
	readonly #manager: ServiceManager;
	readonly #maxMb: number;
	readonly #tally = new KeeperTally();
	#timer: NodeJS.Timeout | undefined;
	#before: Snapshot | undefined;
	#hasComplained = false;

	constructor(client: Client, manager: ServiceManager, maxMb: number) {
		this.#client = client;
		this.#manager = manager;
		this.#maxMb = maxMb;
	}

	say(line: string): void {
		print(`${secondOf(Date.now())} ${line}`).catch((error: unknown) => {
			if (!this.#hasComplained) complain(error instanceof Error ? error.message : String(error));
			this.#hasComplained = true;
		});
	}

	/** Says what happens from here on; the result ends that. */
	follow(): () => void {
		const ends = [
			this.#client.subscribe(() => this.#changed()),
			this.#client.keeper.onNews(news => {
				this.#tally.add(news);
				this.#timer ??= setTimeout(() => this.#tell(), TALLY_MS);
			}),
		];
		this.#changed();
		return () => {
			for (const end of ends) end();
			clearTimeout(this.#timer);
			this.#tell();
		};
	}

	#changed(): void {
		const now = this.#client.snapshot();
		const lines = changeLines(this.#before, now);
		this.#before = now;
		for (const line of lines) this.say(line);
		if (lines.length > 0) void this.#manager.tell(`STATUS=${stateWords(now)}`);
	}

	#tell(): void {
		this.#timer = undefined;
		for (const line of this.#tally.take(this.#maxMb)) this.say(line);
	}
}
