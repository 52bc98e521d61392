// The demo: a directory server, an echo bot and you, three processes on this machine. It ends with `ok`, or with the reason.
import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import {Client, ClientError} from '../../client/facade.ts';
import {type Snapshot} from '../../client/snapshot.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {OutputError} from '../../os/standard-streams.ts';
import {print} from '../streams.ts';
import {type OpenScreen, untilStopped} from '../with-client.ts';
import {until} from '../until.ts';
import {DemoProcesses} from './demo-processes.ts';
import {describePath, ms, minMedianMax, transcriptLines} from './results.ts';
import {EchoTalk} from './echo-talk.ts';
import {whenThereIsTime} from './when-there-is-time.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** The whole demo, ms. */
const LIMIT_MS = 180_000;
/** Leaving in order, ms. */
const LEAVING_MS = 10_000;
const ROUND_TRIPS = 24;
const LONG_BYTES = 20 * 1024;

const WORDS = ['Emoji: 👨‍👩‍👧‍👦 🏳️‍🌈 🇯🇵 👋🏽 ❤️', '漢字かな交じり文、한국어, 中文', 'مرحبا بالعالم'] as const;

/** How long the screen waits for the bot to be seen online, ms. */
const ARRIVAL_MS = 5000;

/**
 * On the screen when there is one, else a talk that is printed. `door` is the file that this process was started with. Throws
 * Failure.
 */
export async function runDemo(door: string, openScreen: OpenScreen | undefined): Promise<void> {
	const stop = untilStopped();
	const processes = new DemoProcesses();
	const client = Client.open({folder: path.join(processes.folder, 'you')});
	try {
		if (openScreen === undefined) {
			await Promise.race([play(client, processes, door), over(stop)]);
			await print('ok');
		} else {
			await print(catalogue.demo.starting);
			await Promise.race([arrive(client, processes, door), over(stop)]);
			await openScreen({client});
		}
	} catch (error) {
		if (error instanceof Failure || error instanceof OutputError) throw error;
		throw new Failure(EXIT_CODES.failed, catalogue.demo.failed(error instanceof Error ? error.message : String(error)));
	} finally {
		// Whatever keeps it from ending: this process does not stay, nor what it started.
		const code = stop.aborted ? EXIT_CODES.interrupted : EXIT_CODES.failed;
		setTimeout(() => process.exit(code), LEAVING_MS).unref();
		await processes.stop();
		await client.close();
		processes.clear();
	}
}

async function over(stop: AbortSignal): Promise<never> {
	const limit = AbortSignal.timeout(LIMIT_MS);
	return new Promise((_resolve, reject) => {
		stop.addEventListener('abort', () => reject(new Failure(EXIT_CODES.interrupted, catalogue.demo.stopped)));
		limit.addEventListener('abort', () => reject(new Error(catalogue.demo.tooSlow(LIMIT_MS / 1000))));
	});
}

/** Everybody is there, and you are signed in. */
async function gather(client: Client, processes: DemoProcesses, door: string) {
	const {server, link} = await startServer(processes, door);
	const folder = path.join(processes.folder, 'echo');
	const bot = processes.start(door, ['echo-bot', link, '--name', 'echo', '--profile', folder], {
		SIMCHAT_PASSWORD: randomPassword(),
	});
	const password = randomPassword();
	await Promise.race([
		Promise.all([whenThereIsTime(async () => client.signUp(link, 'you', password)), bot.line()]),
		processes.fallsApart(),
	]);
	return {server, link, bot, password};
}

/** Gathers, with `echo` in the list. */
async function arrive(client: Client, processes: DemoProcesses, door: string): Promise<void> {
	await gather(client, processes, door);
	const echo = client.addContact('echo');
	const isThere = ({contacts}: Snapshot) => contacts.some(({name, presence}) => name === echo && presence === 'online');
	await until(client, isThere, {withinMs: ARRIVAL_MS});
}

async function play(client: Client, processes: DemoProcesses, door: string): Promise<void> {
	const {server, link, bot, password} = await gather(client, processes, door);
	await print(`${catalogue.demo.intro}\n`);
	await print(catalogue.demo.server(String(server.pid), link));
	await print(catalogue.demo.echo(String(bot.pid)));
	await print(`${catalogue.demo.you(String(process.pid))}\n`);

	const talk = new EchoTalk(client, 'echo');
	await Promise.race([converse(client, talk, password), processes.fallsApart()]);
}

async function startServer(processes: DemoProcesses, door: string) {
	const {dir, ext} = path.parse(door);
	const sibling = path.join(dir, ext === '.js' ? 'server.js' : 'server.ts');
	const data = path.join(processes.folder, 'server');
	const server = processes.start(sibling, ['--listen', '127.0.0.1:0', '--registration', 'open', '--data', data]);
	for (;;) {
		const {joinLink} = JSON.parse(await server.line()) as {joinLink?: string};
		if (joinLink !== undefined) return {server, link: joinLink};
	}
}

async function converse(client: Client, talk: EchoTalk, password: string): Promise<void> {
	if (talk.contact() !== undefined) throw new Error(catalogue.demo.knownBefore);
	const {demo: words} = catalogue;
	const first = await talk.exchange(words.hello);
	for (const text of [...WORDS, words.twoLines]) await talk.exchange(text);
	const long = randomBytes(LONG_BYTES).toString('base64').slice(0, LONG_BYTES);
	await talk.exchange(long);
	for (const line of transcriptLines(talk.messages)) await print(line);

	const trips: number[] = [];
	for (let count = 1; count <= ROUND_TRIPS; count++) trips.push((await talk.exchange(words.roundTrip(count))).answer);
	const way = describePath(talk.contact()?.path);
	const refusal = await refusalOf(client, `not ${password}`);
	await whenThereIsTime(async () => client.signIn(password));
	await talk.exchange(words.backAgain);

	await print(`\n${words.longMessage(Buffer.byteLength(long))}`);
	await print(words.setUp(ms(first.receipt)));
	await print(words.roundTrips(minMedianMax(trips), trips.length));
	await print(words.path(way));
	await print(words.wrongPassword(refusal));
	await print(words.rightPassword);
}

/** What the client says to a wrong password, the server having counted it. */
async function refusalOf(client: Client, wrong: string): Promise<string> {
	await client.signOff();
	const error = await whenThereIsTime(async () => client.signIn(wrong)).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	const isCounted = error instanceof ClientError && error.code === 'wrong-password' && error.triesLeft === 4;
	if (!isCounted) throw new Error(catalogue.demo.notRefused, {cause: error});
	return error.message;
}

function randomPassword(): string {
	return randomBytes(16).toString('base64url');
}
