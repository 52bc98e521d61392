// The stage in terminals that count cells each in its own way: tmux and GNU screen as Debian has them, and xterm's emulator.
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {UnicodeGraphemesAddon} from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import type {ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {CLUSTERS} from './clusters.ts';
import {Screen} from './screen.ts';
import {SCENES, type SceneName} from './stage/scenes.ts';
import {StagedScreen} from './stage/staged-screen.ts';

const LOOK_MS = 10;
const PATIENCE_MS = 60_000;
/** What is on the screen beside the clusters and what is said. */
const GLYPHS = '│●○✓';
/** What tmux keeps of a cell. */
const CELL_BYTES = 21;
const measureDoor = path.resolve(import.meta.dirname, 'measure.ts');

export type Size = {readonly columns: number; readonly rows: number};

export type Stage = {
	readonly staged: StagedScreen;
	/** By row: what begins in each of its cells, '' behind a wide one. `size`: what the terminal was resized to. */
	readonly cells: (size?: Size) => Promise<string[][]>;
	/** Has the terminal take `bytes` that are not the client's. */
	readonly spoil: (bytes: string) => void;
	/** The folder that the client keeps in what terminals have answered. */
	readonly cache: string;
};

type Opener = (t: ExecutionContext, scene: SceneName, size: Size) => Promise<Stage>;

/** By what they are called. */
export const TERMINALS: Readonly<Record<string, Opener>> = {
	tmux: openTmux,
	'GNU screen': openGnuScreen,
	"xterm's emulator": async (t, scene, size) => openEmulator(t, scene, {...size, version: '15'}),
	"xterm's emulator with grapheme clusters": async (t, scene, size) =>
		openEmulator(t, scene, {...size, version: '15-graphemes'}),
};

async function openEmulator(
	t: ExecutionContext,
	scene: SceneName,
	{columns, rows, version}: Size & {version: string},
): Promise<Stage> {
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	emulator.loadAddon(new UnicodeGraphemesAddon());
	emulator.unicode.activeVersion = version;
	const cache = temporaryFolder(t);
	const env = {XDG_CACHE_HOME: cache};
	const staged = await StagedScreen.open(t, scene, {columns, rows, env, emulator, answers: true});
	return {staged, cells: async () => cellsOf(emulator), spoil: bytes => emulator.write(bytes), cache};
}

function cellsOf({buffer: {active}, rows, cols}: xterm.Terminal): string[][] {
	const cell = (x: number, y: number) => active.getLine(active.baseY + y)?.getCell(x);
	const at = (x: number, y: number) => (cell(x, y)?.getWidth() === 0 ? '' : cell(x, y)?.getChars() || ' ');
	return Array.from({length: rows}, (_, y) => Array.from({length: cols}, (__, x) => at(x, y)));
}

async function openTmux(t: ExecutionContext, scene: SceneName, size: Size): Promise<Stage> {
	needs('tmux', '-V');
	const folder = temporaryFolder(t);
	// A server each: one that has nothing more to show ends.
	const server = (name: string) => ['tmux', '-S', path.join(folder, name), '-f', '/dev/null'] as const;
	const insideOf =
		(name: string): Inside =>
		words => [
			...server(name),
			'start-server',
			';',
			'set',
			'-g',
			'status',
			'off',
			';',
			'new-session',
			words.map(quoted).join(' '),
		];
	const run = (...words: readonly string[]) => {
		const [command, ...rest] = server('stage');
		return spawnSync(command, [...rest, ...words], {encoding: 'utf8'}).stdout;
	};

	t.teardown(() => run('kill-server'));
	const widths = await measured(t, {folder, inside: insideOf('measure'), scene});
	const inside = insideOf('stage');
	const stage = await openInside(t, scene, {...size, folder, inside});
	const cells = (now = size) => {
		const lines = run('capture-pane', '-p').split('\n');
		return Array.from({length: now.rows}, (_, y) => filled(spread(lines[y] ?? '', widths), now));
	};

	return {...stage, cells: async now => cells(now)};
}

/** All that is said in a scene, without what controls a terminal. */
function saidIn(scene: SceneName): string {
	const conversations = [...SCENES[scene]().snapshot().conversations.values()];
	const said = conversations.flatMap(({messages}) => messages.map(({text}) => text));
	return said.join('').replaceAll(/\p{Cc}/gu, '');
}

type Measuring = {readonly folder: string; readonly inside: Inside; readonly scene: SceneName};

/** Cells of each code point that is to be seen, as the terminal says: of one that is missing, all behind it would be misread. */
async function measured(t: ExecutionContext, {folder, inside, scene}: Measuring): Promise<ReadonlyMap<string, number>> {
	const file = path.join(folder, 'cells');
	const text = CLUSTERS.join('') + GLYPHS + saidIn(scene);
	const measure = [process.execPath, '--import=tsx', measureDoor, file, text];
	const screen = new Screen(t, [], {command: inside(measure), env: environment(folder)});
	await until(() => existsSync(file), 'cells of each code point');
	await screen.ended();
	return new Map(JSON.parse(readFileSync(file, 'utf8')) as Array<[string, number]>);
}

/** Its hardcopy is no text outside of ASCII: it is read off an emulator that counts as GNU screen says that it does. */
async function openGnuScreen(t: ExecutionContext, scene: SceneName, size: Size): Promise<Stage> {
	needs('screen', '--version');
	const folder = temporaryFolder(t);
	const sessionOf = (name: string) => `simchat-${path.basename(folder)}-${name}`;
	const insideOf = (name: string) => (words: readonly string[]) => [
		'screen',
		'-U',
		'-c',
		'/dev/null',
		'-S',
		sessionOf(name),
		...words,
	];
	const widths = await measured(t, {folder, inside: insideOf('measure'), scene});
	// A session outlives the terminal that it is shown on.
	t.teardown(() => spawnSync('screen', ['-S', sessionOf('stage'), '-X', 'quit']));
	const emulator = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true});
	emulator.unicode.register(countingAs(widths));
	emulator.unicode.activeVersion = 'measured';
	const stage = await openInside(t, scene, {...size, folder, inside: insideOf('stage'), emulator});
	return {...stage, cells: async () => cellsOf(emulator)};
}

/** Each code point for itself, and those without width with the one before. */
function countingAs(widths: ReadonlyMap<string, number>): xterm.IUnicodeVersionProvider {
	const wcwidth = (code: number) => (widths.get(String.fromCodePoint(code)) ?? 1) as 0 | 1 | 2;
	return {
		version: 'measured',
		wcwidth,
		charProperties(code, preceding) {
			const before = (preceding >> 1) & 3;
			const isJoined = wcwidth(code) === 0 && before > 0;
			return ((isJoined ? before : wcwidth(code)) << 1) | Number(isJoined);
		},
	};
}

type Inside = (words: readonly string[]) => readonly string[];

type InsideOptions = Size & {readonly folder: string; readonly inside: Inside; readonly emulator?: xterm.Terminal};

async function openInside(
	t: ExecutionContext,
	scene: SceneName,
	{columns, rows, folder, inside, emulator}: InsideOptions,
): Promise<Omit<Stage, 'cells'>> {
	const device = path.join(folder, 'device');
	const staged = await StagedScreen.open(t, scene, {
		columns,
		rows,
		env: environment(folder),
		...(emulator && {emulator}),
		inside: words => inside(['sh', '-c', `tty > ${device}; exec "$@"`, 'sh', ...words]),
	});
	return {staged, spoil: bytes => writeFileSync(readFileSync(device, 'utf8').trim(), bytes), cache: folder};
}

/** As of a terminal of one's own, whatever the tests run in. */
function environment(folder: string) {
	return {XDG_CACHE_HOME: folder, LC_ALL: 'C.UTF-8', TMUX: '', STY: ''};
}

function filled(cells: readonly string[], {columns}: Size): string[] {
	return [...cells, ...Array.from({length: Math.max(0, columns - cells.length)}, () => ' ')];
}

/** The cells of a row that tmux gave as text: what has no width shares the one before, as does what a joiner joins. */
function spread(line: string, widths: ReadonlyMap<string, number>): string[] {
	const cells: string[] = [];
	let before = '';
	for (const point of line) {
		const width = widths.get(point) ?? 1;
		const last = cells.findLastIndex(cell => cell !== '');
		const hasRoom = Buffer.byteLength(`${cells[last]}${point}`) <= CELL_BYTES;
		const isJoined = width === 0 || (before === '\u200D' && hasRoom);
		if (isJoined && last !== -1) cells[last] += point;
		else cells.push(point, ...Array.from({length: width - 1}, () => ''));
		before = point;
	}

	return cells;
}

function needs(command: string, question: string): void {
	if (spawnSync(command, [question]).error === undefined) return;
	throw new Error(`${command} is not installed, and the screen is tested in it: apt-get install ${command}`);
}

function quoted(word: string): string {
	return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

async function until(holds: () => boolean, words: string): Promise<void> {
	for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(LOOK_MS)) {
		if (Date.now() > end) throw new Error(`not seen: ${words}`);
	}
}
