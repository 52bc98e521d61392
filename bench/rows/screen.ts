// The full screen: how soon it is there, how soon it answers, what it costs while messages come and while nothing does.
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {build} from 'esbuild';
import {bundling} from '../../scripts/bundling.ts';
import {median, percentile} from '../measure.ts';
import {PseudoTerminal, stopTerminals} from '../pseudo-terminal.ts';
import {type Row} from '../table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bin = path.join(root, 'bin/simchat.js');
const screenFile = path.join(root, 'dist/bench/screen.js');
/** Ink's last byte of a frame: the end of synchronized output. */
const FRAME = /\u001B\[\?2026l/;
const KIB = 1024;

/** Screens of others, when they are installed: how they start, what their first frame has, how their key is echoed. */
const OTHERS = [
	{name: 'irssi', args: (home: string) => ['--home', home], first: /irssi/i},
	{name: 'weechat', args: (home: string) => ['--dir', home], first: /weechat/i},
	{name: 'profanity', args: () => [], first: /profanity/i},
] as const;

type Other = {readonly name: string; readonly first: number; readonly key: number; readonly resident: number};

export async function screen(quick: boolean): Promise<Row[]> {
	const home = mkdtempSync(path.join(tmpdir(), 'simchat-bench-'));
	try {
		spawnSync(process.execPath, ['--import=tsx', 'scripts/build.ts'], {cwd: root, stdio: 'inherit'});
		await build({...bundling, entryPoints: [path.join(root, 'bench/children/screen.tsx')], outfile: screenFile});
		const starts = quick ? 5 : 15;
		const others: Other[] = [];
		for (const other of OTHERS) {
			const measured = await measureOther(other, home, starts, quick);
			if (measured !== undefined) others.push(measured);
		}

		return [
			...(await startRows(home, starts, others)),
			...(await keyRows(quick, others)),
			...(await restRows(quick, others)),
		];
	} finally {
		await stopTerminals();
		rmSync(home, {recursive: true, force: true});
	}
}

/** Undefined when it is not installed. */
async function measureOther(
	{name, args, first}: (typeof OTHERS)[number],
	home: string,
	starts: number,
	quick: boolean,
): Promise<Other | undefined> {
	if (spawnSync('which', [name]).status !== 0) return undefined;
	const times: number[] = [];
	for (let round = 0; round < starts; round++) {
		const own = path.join(home, `${name}-${round}`);
		mkdirSync(own);
		const terminal = new PseudoTerminal(name, args(own), {HOME: own, XDG_CONFIG_HOME: own, XDG_DATA_HOME: own});
		times.push(await terminal.until(first));
		if (round < starts - 1) {
			await terminal.stop();
			continue;
		}

		await pause(1500);
		const keys = await terminal.keyTimes(quick ? 30 : 100, /x/, 30);
		const {resident} = terminal;
		await terminal.stop();
		return {name, first: median(times), key: median(keys), resident};
	}

	return undefined;
}

async function startRows(home: string, starts: number, others: readonly Other[]): Promise<Row[]> {
	const profile = path.join(home, 'profile');
	mkdirSync(profile, {mode: 0o700});
	const account = {name: 'me', host: 'localhost', port: 7406, serverKey: '00'.repeat(32)};
	writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({account, contacts: []}), {mode: 0o600});
	const time = async (args: readonly string[]) => {
		const times: number[] = [];
		for (let round = 0; round < starts; round++) {
			const terminal = new PseudoTerminal(process.execPath, [...args, '--profile', profile]);
			times.push(await terminal.until(/password/));
			await terminal.stop();
		}

		return median(times);
	};

	const built = await time([bin]);
	const source = await time(['--import=tsx', path.join(root, 'cli.tsx')]);
	const bare: number[] = [];
	for (let round = 0; round < starts; round++) {
		const terminal = new PseudoTerminal(process.execPath, ['-e', 'console.log("ready")']);
		bare.push(await terminal.until(/ready/));
		await terminal.stop();
	}

	const limitOf = (name: string) => {
		const other = others.find(each => each.name === name);
		return other === undefined ? {} : {limit: {what: name, value: other.first}};
	};

	return [
		{
			what: 'start to first frame, built',
			measured: built,
			unit: 'ms',
			...limitOf('irssi'),
			target: {of: 'ratio', sign: '≤', must: 12, goal: 10},
		},
		{what: '  beside weechat', measured: built, unit: 'ms', ...limitOf('weechat')},
		{what: '  beside Node alone', measured: built, unit: 'ms', limit: {what: 'node -e', value: median(bare)}},
		{what: 'start to first frame, from source', measured: source, unit: 'ms', ...limitOf('irssi')},
	];
}

async function keyRows(quick: boolean, others: readonly Other[]): Promise<Row[]> {
	const count = quick ? 60 : 300;
	const still = new PseudoTerminal(process.execPath, [screenFile, 'still']);
	await still.until(/connected/);
	await pause(1000);
	await still.keyTimes(20, FRAME, 50);
	const keys = await still.keyTimes(count, FRAME, 50);
	await still.stop();

	const flooded = new PseudoTerminal(process.execPath, [screenFile, 'flood']);
	await flooded.until(/connected/);
	await pause(2000);
	const [cpu, start] = [flooded.cpu, performance.now()];
	await pause(quick ? 5000 : 20_000);
	const share = (flooded.cpu - cpu) / ((performance.now() - start) / 1000);
	const busyKeys = await flooded.keyTimes(quick ? 30 : 100, /xx*[^]*\u001B\[\?2026l/, 70);
	await flooded.stop();
	const irssi = others.find(({name}) => name === 'irssi');
	const weechat = others.find(({name}) => name === 'weechat');
	const beside = (other: Other | undefined) =>
		other === undefined ? {} : {limit: {what: `${other.name}, key to echo`, value: other.key}};
	return [
		{
			what: 'key to frame at 200×50, 10,000 messages, p50',
			measured: median(keys),
			unit: 'ms',
			...beside(irssi),
			target: {of: 'value', sign: '≤', must: 10, goal: 6},
		},
		{
			what: '  p99',
			measured: percentile(keys, 0.99),
			unit: 'ms',
			...beside(weechat),
			target: {of: 'value', sign: '≤', must: 20, goal: 12},
		},
		{
			what: 'CPU at 1,000 arriving messages/s, share of a core',
			measured: share * 100,
			target: {of: 'value', sign: '≤', must: 30, goal: 15},
		},
		{
			what: '  key to frame meanwhile, p99',
			measured: percentile(busyKeys, 0.99),
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 50, goal: 50},
		},
	];
}

async function restRows(quick: boolean, others: readonly Other[]): Promise<Row[]> {
	const seconds = quick ? 10 : 60;
	const demo = new PseudoTerminal(process.execPath, [bin, 'demo']);
	await demo.until(/connected/);
	await pause(5000);
	const {bytes, cpu} = demo;
	await pause(seconds * 1000);
	const [written, used] = [demo.bytes - bytes, demo.cpu - cpu];
	const {resident} = demo;
	demo.write('\u0003\u0003');
	await pause(3000);
	const profanity = others.find(({name}) => name === 'profanity');
	return [
		{
			what: `bytes written in ${seconds} idle seconds, signed in`,
			measured: written,
			unit: 'B',
			target: {of: 'value', sign: '≤', must: 0, goal: 0},
		},
		{
			what: '  CPU meanwhile, % of a core',
			measured: (used / seconds) * 100,
			target: {of: 'value', sign: '≤', must: 0.1, goal: 0.1},
		},
		{
			what: 'memory of a signed-in client, resident',
			measured: resident / KIB,
			unit: 'MiB',
			...(profanity === undefined ? {} : {limit: {what: 'profanity', value: profanity.resident / KIB}}),
			target: {of: 'ratio', sign: '≤', must: 3, goal: 2.6},
		},
		...others.map(({name, resident: size}): Row => ({what: `  ${name}`, measured: size / KIB, unit: 'MiB'})),
		...OTHERS.filter(({name}) => others.every(other => other.name !== name)).map(({name}): Row => ({
			what: `  ${name}`,
			measured: 'not installed',
		})),
	];
}
