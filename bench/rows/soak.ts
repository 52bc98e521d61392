// A long talk between two full-screen clients, typed into their terminals: what memory they and their server hold as it goes on,
// and whether all of it arrives. It says its figures as it goes, so that a run that is ended early has said what it saw.
import {execFile} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {buildDoors, root} from '../built.ts';
import {KEY_PAUSE_MS, PASSWORD, openScreen, openServer, typeLine} from '../full-screen.ts';
import {type TimedTerminal, stopTerminals} from '../timed-terminal.ts';
import {type Row, figure} from '../table.ts';

/** Messages a second of each of the two. */
const RATE = 10;
/** Between two looks at the processes, minutes. */
const LOOK_EVERY = 1;
/** When memory is told of, minutes. */
const MARKS = {full: [2, 10, 30, 60], quick: [0.5, 1, 2]} as const;
/** For what was said last to arrive, and its receipts, ms. */
const QUIET_MS = 10_000;
const MIB = 1024 ** 2;
/** UTF-16 units of a line that is typed, and more. */
const LINE_LIMIT = 100;
/** Of what `export` prints, bytes. */
const EXPORT_LIMIT = 256 * MIB;

const PEOPLE = ['alice', 'bob'] as const;
const PROGRAMS = [...PEOPLE, 'server'] as const;
type Person = (typeof PEOPLE)[number];
type Terminals = Readonly<Record<(typeof PROGRAMS)[number], TimedTerminal>>;

/** Resident bytes, and CPU in % of a core since the look before. */
type Look = {readonly minutes: number; readonly resident: Readonly<Record<string, number>>; readonly cpu: number[]};

/** One of the two as the typist sees them; `rest` is the end of what was written last: a number may be cut there. */
type Side = {
	readonly terminal: TimedTerminal;
	readonly own: Person;
	readonly other: Person;
	typed: number;
	seen: number;
	rest: string;
};

export async function soak(quick: boolean): Promise<Row[]> {
	const home = makeTemporaryFolder();
	const profile = (name: Person) => path.join(home, name);
	try {
		buildDoors();
		const terminals = await meet(home, profile);
		const sides = [sideOf(terminals, 'alice', 'bob'), sideOf(terminals, 'bob', 'alice')];
		const marks = quick ? MARKS.quick : MARKS.full;
		const looks = await talk(terminals, sides, marks);
		for (const name of PEOPLE) terminals[name].type('\u0003\u0003');
		await pause(KEY_PAUSE_MS * 10);
		const [alice, bob] = await Promise.all(PEOPLE.map(async name => exported(profile(name))));
		const typed = sides.map(side => side.typed);
		return [...memoryRows(looks), ...cpuRows(looks), ...arrivals(alice!, bob!, typed)];
	} finally {
		await stopTerminals();
		removeFolder(home);
	}
}

/** A server, and two people who know each other. */
async function meet(home: string, profile: (name: Person) => string): Promise<Terminals> {
	const {server, link} = await openServer(path.join(home, 'server'));
	const alice = await openScreen(link, profile('alice'), 'alice');
	const bob = await openScreen(link, profile('bob'), 'bob');
	await typeLine(alice, '/add bob');
	await typeLine(alice, 'shall we talk?');
	await bob.until(/WANTS TO TALK/);
	await typeLine(bob, '/accept');
	return {alice, bob, server};
}

function sideOf(terminals: Terminals, own: Person, other: Person): Side {
	return {terminal: terminals[own], own, other, typed: 0, seen: 0, rest: ''};
}

/** Types into both terminals until the last of the marks, minutes. */
async function talk(terminals: Terminals, sides: readonly Side[], marks: readonly number[]): Promise<Look[]> {
	const looks: Look[] = [];
	const began = performance.now();
	const minutes = () => (performance.now() - began) / 60_000;
	const due = [...marks, ...Array.from({length: marks.at(-1)!}, (_, index) => (index + 1) * LOOK_EVERY)];
	due.sort((a, b) => a - b);
	let [at, used] = [minutes(), cpuOf(terminals)];
	for (let turn = 0; due.length > 0; turn++) {
		// Half a turn for the text, half for its Enter; a turn that comes late is not made up for.
		await pause(Math.max(0, began + (turn * 1000) / RATE - performance.now()));
		for (const side of sides) typeNext(side);
		await pause(500 / RATE);
		for (const side of sides) typeInto(side, '\r');
		if (minutes() < due[0]!) continue;
		const now = cpuOf(terminals);
		const cpu = now.map((seconds, index) => ((seconds - used[index]!) / ((minutes() - at) * 60)) * 100);
		const resident = Object.fromEntries(PROGRAMS.map(name => [name, terminals[name].resident]));
		const mark = due.shift()!;
		while (due[0] === mark) due.shift();
		looks.push({minutes: mark, resident, cpu});
		[at, used] = [minutes(), now];
		report(looks.at(-1)!, sides);
	}

	const quiet = performance.now() + QUIET_MS;
	while (performance.now() < quiet) {
		await pause(KEY_PAUSE_MS);
		for (const side of sides) typeInto(side, '');
	}

	return looks;
}

function typeNext(side: Side): void {
	side.typed++;
	typeInto(side, `${side.other}, this is number ${side.typed} of what is said here`);
}

/** What was written until now is read first: typing forgets it. */
function typeInto(side: Side, keys: string): void {
	const {terminal, own} = side;
	const text = side.rest + terminal.output;
	for (const [, number] of text.matchAll(new RegExp(`${own}, this is number (\\d+) of`, 'g'))) {
		side.seen = Math.max(side.seen, Number(number));
	}

	side.rest = text.slice(-LINE_LIMIT);
	terminal.type(keys);
}

function cpuOf(terminals: Terminals): number[] {
	return PROGRAMS.map(name => terminals[name].cpu);
}

function report({minutes, resident, cpu}: Look, [alice, bob]: readonly Side[]): void {
	const each = PROGRAMS.map((name, index) => {
		return `${name} ${figure(resident[name]! / MIB, 'MiB')}, ${figure(cpu[index]!)} % of a core`;
	});
	const seen = `${bob!.seen} of ${alice!.typed} and ${alice!.seen} of ${bob!.typed} messages seen by the other`;
	process.stderr.write(`soak, ${minutes} min: ${[...each, seen].join('; ')}\n`);
}

type Said = {readonly id: string; readonly direction: 'in' | 'out'; readonly text: string; readonly state: string};

/** All that a profile has, once nobody has it open. */
async function exported(profile: string): Promise<Said[]> {
	const args = [path.join(root, 'bin/simchat.js'), 'export', '--profile', profile];
	const env = {...process.env, SIMCHAT_PASSWORD: PASSWORD};
	const {stdout} = await promisify(execFile)(process.execPath, args, {env, maxBuffer: EXPORT_LIMIT});
	return stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as Said]));
}

function memoryRows(looks: readonly Look[]): Row[] {
	const marks = new Set<number>([...MARKS.full, ...MARKS.quick]);
	const told = looks.filter(({minutes}) => marks.has(minutes));
	return PROGRAMS.flatMap(name =>
		told.map(({minutes, resident}, index): Row => {
			const isLast = minutes === MARKS.full.at(-1);
			const ten = told.find(look => look.minutes === 10);
			return {
				what: `${index === 0 ? `resident memory, ${name},` : ' '} after ${minutes} min`,
				measured: resident[name]! / MIB,
				unit: 'MiB',
				...(ten && minutes > 10 && {limit: {what: 'after 10 min', value: ten.resident[name]! / MIB}}),
				...(isLast && {target: {of: 'ratio', sign: '≤', must: 1.25, goal: 1.1}}),
			};
		}),
	);
}

function cpuRows(looks: readonly Look[]): Row[] {
	return PROGRAMS.map((name, index) => {
		const shares = looks.map(({cpu}) => cpu[index]!);
		const [first = 0, last = 0] = [shares[0], shares.at(-1)];
		return {
			what: `CPU of ${name} in the last minute, % of a core`,
			measured: last,
			limit: {what: 'in the first', value: first},
		};
	});
}

function arrivals(alice: readonly Said[], bob: readonly Said[], typed: readonly number[]): Row[] {
	const out = (said: readonly Said[]) => said.filter(({direction}) => direction === 'out');
	const ways = [
		{sent: out(alice), received: bob},
		{sent: out(bob), received: alice},
	].map(({sent, received}, index) => {
		const came = received.filter(({direction}) => direction === 'in').map(({id}) => id);
		const ids = new Set(came);
		const numbers = new Set(
			sent.flatMap(({text}) => [...text.matchAll(/number (\d+) of/g)].map(([, number]) => number)),
		);
		return {
			sent: sent.length,
			lost: sent.filter(({id}) => !ids.has(id)).length + typed[index]! - numbers.size,
			doubled: came.length - ids.size,
			waiting: sent.filter(({state}) => state !== 'delivered' && state !== 'read').length,
		};
	});
	const sum = (of: (way: (typeof ways)[number]) => number) => ways.reduce((total, way) => total + of(way), 0);
	const none = {target: {of: 'value', sign: '≤', must: 0, goal: 0}} as const;
	return [
		{what: 'messages typed, both ways', measured: typed.reduce((total, count) => total + count, 0)},
		{what: '  sent', measured: sum(way => way.sent)},
		{what: '  lost', measured: sum(way => way.lost), ...none},
		{what: '  doubled', measured: sum(way => way.doubled), ...none},
		{what: '  without a receipt at the end', measured: sum(way => way.waiting), ...none},
	];
}
