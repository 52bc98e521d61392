// The full screen: how soon it is there, how soon it answers, what it costs while messages come and while nothing does; beside
// it the screens of others, when they are installed.
import {spawnSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {bundle} from '../../tools/build/bundling.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {buildDoors, root} from '../built.ts';
import {FRAME_END} from '../full-screen.ts';
import {median, percentile} from '../measure.ts';
import {type TimedProgram, TimedTerminal, stopTerminals} from '../timed-terminal.ts';
import {type Row} from '../table.ts';

const bin = path.join(root, 'bin/simchat.js');
const child = path.join(root, 'dist/bench/screen.js');
/** Until a program that has just shown itself rests, ms. */
const SETTLE_MS = 3000;
const MIB = 1024 ** 2;

const OTHERS = ['irssi', 'weechat', 'profanity'] as const;
type Name = (typeof OTHERS)[number];

/** In an empty folder of its own, connected to nothing. */
const otherPrograms: Record<Name, (home: string) => TimedProgram> = {
	irssi: home => ({command: 'irssi', args: ['--home', home]}),
	weechat: home => ({command: 'weechat', args: ['--dir', home]}),
	profanity: home => ({command: 'profanity', args: [], env: {HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home}}),
};

/** What a bench needs of the others: undefined where one is not installed. */
type Others<Value> = Partial<Record<Name, Value>>;

export async function screen(quick: boolean): Promise<Row[]> {
	const home = makeTemporaryFolder();
	const installed = OTHERS.filter(name => spawnSync('which', [name]).status === 0);
	try {
		buildDoors();
		await bundle({screen: path.join(root, 'bench/children/screen.tsx')}, path.dirname(child));
		const others = await measureOthers(installed, home, quick);
		return [
			...(await starts(installed, home, quick)),
			...(await keys(others, quick)),
			...(await flood(quick)),
			...(await rest(others, quick)),
		];
	} finally {
		await stopTerminals();
		rmSync(path.dirname(child), {recursive: true, force: true});
		removeFolder(home);
	}
}

/** Built, from source, Node alone and the others take turns. */
async function starts(installed: readonly Name[], home: string, quick: boolean): Promise<Row[]> {
	const profile = path.join(home, 'profile');
	mkdirSync(profile, {mode: 0o700});
	const account = {name: 'me', host: 'localhost', port: 7406, serverKey: '00'.repeat(32)};
	writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({account, contacts: []}), {mode: 0o600});
	const times = {
		skeleton: [] as number[],
		built: [] as number[],
		source: [] as number[],
		node: [] as number[],
		irssi: [] as number[],
		weechat: [] as number[],
		profanity: [] as number[],
	};
	const time = async (program: TimedProgram, ...seen: ReadonlyArray<readonly [keyof typeof times, RegExp]>) => {
		const terminal = new TimedTerminal(program);
		for (const [name, pattern] of seen) times[name].push(await terminal.until(pattern));
		await terminal.stop();
	};

	// The first start compiles the program for those after it.
	const first = new TimedTerminal(node([bin, '--profile', profile]));
	await first.until(/password/);
	await pause(SETTLE_MS);
	await first.stop();
	for (let round = 0; round < (quick ? 5 : 15); round++) {
		await time(node([bin, '--profile', profile]), ['skeleton', /simchat/], ['built', /password/]);
		await time(node(['--import=tsx', path.join(root, 'cli.tsx'), '--profile', profile]), ['source', /password/]);
		await time(node(['-e', 'console.log("ready")']), ['node', /ready/]);
		for (const name of installed) await time(otherPrograms[name](newHome(home)), [name, new RegExp(name, 'i')]);
	}

	const row = (what: string, name: keyof typeof times, beside: keyof typeof times): Row => ({
		what,
		measured: median(times[name]),
		unit: 'ms',
		...(times[beside].length > 0 && {limit: {what: beside, value: median(times[beside])}}),
	});
	return [
		{
			...row('start to first frame, the sign-in form', 'built', 'irssi'),
			target: {of: 'ratio', sign: '≤', must: 12, goal: 10},
		},
		row('  beside others', 'built', 'weechat'),
		row('  beside others', 'built', 'profanity'),
		row('  beside Node that writes one line', 'built', 'node'),
		{
			...row('  to the skeleton before it', 'skeleton', 'irssi'),
			target: {of: 'ratio', sign: '≤', must: 2, goal: 1.6},
		},
		row('  from source', 'source', 'irssi'),
	];
}

type Other = {readonly keys: readonly number[]; readonly resident: number};

async function measureOthers(installed: readonly Name[], home: string, quick: boolean): Promise<Others<Other>> {
	const measured: Others<Other> = {};
	for (const name of installed) {
		const terminal = new TimedTerminal(otherPrograms[name](newHome(home)));
		await terminal.until(new RegExp(name, 'i'));
		await pause(SETTLE_MS);
		measured[name] = {keys: await terminal.keyTimes(quick ? 30 : 200), resident: terminal.resident};
		await terminal.stop();
	}

	return measured;
}

async function keys(others: Others<Other>, quick: boolean): Promise<Row[]> {
	const terminal = new TimedTerminal(node([child, 'still']));
	await terminal.until(/connected/);
	await pause(SETTLE_MS);
	await terminal.keyTimes(30, FRAME_END);
	const times = await terminal.keyTimes(quick ? 60 : 400, FRAME_END);
	await terminal.stop();
	const row = (what: string, p: number, name: Name): Row => {
		const other = others[name];
		const limit = other && {what: `${name}, to its echo`, value: percentile(other.keys, p)};
		return {what, measured: percentile(times, p), unit: 'ms', ...(limit && {limit})};
	};

	return [
		{
			...row('key to frame at 200×50, 10,000 messages, p50', 0.5, 'irssi'),
			target: {of: 'value', sign: '≤', must: 10, goal: 6},
		},
		row('  beside others', 0.5, 'weechat'),
		{...row('  p99', 0.99, 'irssi'), target: {of: 'value', sign: '≤', must: 20, goal: 12}},
		row('  beside others', 0.99, 'weechat'),
	];
}

async function flood(quick: boolean): Promise<Row[]> {
	const terminal = new TimedTerminal(node([child, 'flood']));
	await terminal.until(/connected/);
	await pause(SETTLE_MS);
	const [cpu, start] = [terminal.cpu, performance.now()];
	await pause(quick ? 5000 : 20_000);
	const share = ((terminal.cpu - cpu) / (performance.now() - start)) * 1000;
	const times = await terminal.keyTimes(quick ? 30 : 200, FRAME_END);
	await terminal.stop();
	return [
		{
			what: 'CPU of the screen at 1,000 arriving messages/s, % of a core',
			measured: share * 100,
			target: {of: 'value', sign: '≤', must: 30, goal: 15},
		},
		{
			what: '  key to frame meanwhile, p99',
			measured: percentile(times, 0.99),
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 50, goal: 50},
		},
	];
}

/** A client that is signed in, and has a contact who is there. */
async function rest(others: Others<Other>, quick: boolean): Promise<Row[]> {
	const [settling, seconds] = [40, quick ? 20 : 60];
	const demo = new TimedTerminal(node([bin, 'demo']));
	await demo.until(/connected/);
	await pause(2 * SETTLE_MS);
	const {written} = demo;
	// Room that it does not need any more is given back meanwhile.
	await pause(settling * 1000);
	const {cpu} = demo;
	await pause(seconds * 1000);
	// The system counts in ticks of 10 ms: what is smaller is the error of a difference.
	const used = Math.round((demo.cpu - cpu) * 100) / 100;
	const [bytes, resident] = [demo.written - written, demo.resident];
	// It ends its server and its bot.
	demo.type('\u0003\u0003');
	await pause(SETTLE_MS);
	const row = (name: Name): Row => ({
		what: '  beside others, connected to nothing',
		measured: resident / MIB,
		unit: 'MiB',
		...(others[name] && {limit: {what: name, value: others[name].resident / MIB}}),
	});
	return [
		{
			what: `bytes written in ${settling + seconds} idle seconds, signed in`,
			measured: bytes,
			unit: 'B',
			target: {of: 'value', sign: '≤', must: 0, goal: 0},
		},
		{
			what: `  CPU in the last ${seconds} of them, % of a core`,
			measured: (used * 100) / seconds,
			target: {of: 'value', sign: '≤', must: 0.1, goal: 0.1},
		},
		{
			...row('profanity'),
			what: 'resident memory of a client, signed in',
			target: {of: 'ratio', sign: '≤', must: 3, goal: 2.6},
		},
		row('irssi'),
		row('weechat'),
		...OTHERS.filter(name => others[name] === undefined).map((name): Row => ({
			what: `${name} beside us`,
			measured: 'not installed',
		})),
	];
}

function node(args: readonly string[]): TimedProgram {
	return {command: process.execPath, args};
}

/** An empty folder. */
function newHome(home: string): string {
	return makeTemporaryFolder(home);
}
