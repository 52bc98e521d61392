// run: a module of JavaScript is given an account. Whatever it does not catch ends it, with words and an exit code.
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setImmediate as pause, setTimeout as wait} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {type Client, ClientError} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {Failure} from '../failure.ts';
import {followAccount} from '../follow.ts';
import {botAlone} from '../handover/handover-refusals.ts';
import {printable} from '../printable.ts';
import {explain} from '../report.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {stopped} from '../until.ts';
import {type SignInOptions, signedIn} from '../with-client.ts';
import {BotChat} from './bot-chat.ts';
import {BotEvents, NotTaken} from './bot-events.ts';
import {type Bot} from './chat.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** So long a bot that is to end is waited for, ms. */
const END_MS = 10_000;

/** Ends this process, also when the bot has left something open. */
export async function runBot(file: string, options: SignInOptions): Promise<never> {
	let code = 0;
	try {
		const bot = await loaded(file);
		await signedIn(options, async client => live(client, bot, {...faultsOf(file), io: options.io()}));
	} catch (error) {
		const isBusy = error instanceof ClientError && error.code === 'profile-busy';
		const {words, exitCode} = explain(isBusy ? botAlone(options.profile) : error);
		options.io().complain(words);
		code = exitCode;
	}

	return process.exit(code);
}

/** Throws Failure. */
async function loaded(file: string): Promise<Bot> {
	const whole = path.resolve(file);
	if (!existsSync(whole)) throw new Failure(EXIT_CODES.badData, catalogue.bots.noFile(whole));
	const {fault} = faultsOf(file);
	let made: unknown;
	try {
		({default: made} = (await import(pathToFileURL(whole).href)) as {default?: unknown});
	} catch (error) {
		throw fault(error);
	}

	if (typeof made !== 'function') throw new Failure(EXIT_CODES.badData, catalogue.bots.noFunction(whole));
	return made as Bot;
}

type Life = {readonly fault: (error: unknown) => Failure; readonly io: Pick<CommandIo, 'stop' | 'complain'>};

/** To the end of the bot. Throws Failure. */
async function live(client: Client, bot: Bot, {fault, io}: Life): Promise<void> {
	const ending = new AbortController();
	const stop = AbortSignal.any([io.stop, ending.signal]);
	const failed = Promise.withResolvers<never>();
	const uncaught = (error: unknown) => failed.reject(fault(error));
	process.on('unhandledRejection', uncaught);
	process.on('uncaughtException', uncaught);
	// Where it has failed while nobody waits for it, that is told of below.
	failed.promise.catch(() => {});
	try {
		const events = new BotEvents(stop, fault);
		const main = (async () => bot(new BotChat(client, events, stop)))();
		main.catch(uncaught);
		const following = followAccount(client, events, {stop, complain: io.complain});
		following.catch((error: unknown) => error instanceof NotTaken || failed.reject(error));
		const isDone = main.then(
			async () => events.unheard(),
			async () => failed.promise,
		);
		await Promise.race([isDone, stopped(io.stop), failed.promise]);
		ending.abort();
		const isOver = Promise.all([main, events.current]).then(
			() => true,
			() => true,
		);
		const late = wait(END_MS, false, {ref: false});
		if (!(await Promise.race([isOver, late, failed.promise])))
			throw new Failure(EXIT_CODES.software, catalogue.bots.goesOn(END_MS / 1000));
		// What it has taken is noted as read, and what it has thrown at the very end is told of.
		await pause();
		await Promise.race([failed.promise, pause()]);
	} finally {
		ending.abort();
		process.off('unhandledRejection', uncaught);
		process.off('uncaughtException', uncaught);
	}
}

/** `fault`: what its author is told of something that it has thrown. */
function faultsOf(file: string): Pick<Life, 'fault'> {
	return {
		fault(error) {
			const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
			return new Failure(EXIT_CODES.software, catalogue.bots.failed(file, printable(words)));
		},
	};
}
