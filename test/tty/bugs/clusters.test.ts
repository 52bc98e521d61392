// Bug class: signs that the terminal counts otherwise than we do. Wherever they stand, everything else stays where it belongs.
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {contact, message} from '../../twins/client.ts';
import {CLUSTERS} from '../clusters.ts';
import {ModelScreen} from '../model-screen.ts';
import {NOW, SCENES} from '../stage/scenes.ts';
import {type Size, type Stage, TERMINALS} from '../terminals.ts';
import {type Message, talkWith} from '../../../source/client/snapshot.ts';
import {type CellRules} from '../../../source/ui/text/clusters.ts';
import {clockText, dayText} from '../../../source/ui/text/time.ts';
import {countAs, graphemeWidth, graphemes, widthOf} from '../../../source/ui/text/width.ts';

const SIZE = {columns: 80, rows: 24};
/** The line beside the list, and what is right of it. */
const BORDER = 15;
const RUN = 45;
const PATIENCE_MS = 60_000;
const LOOK_MS = 20;

type Fault = (cells: readonly string[][], mark: string) => string | undefined;

/** On a screen of five rows, without a list. */
const NARROW = {columns: 20, rows: 5};

function narrowFault(cells: readonly string[][], mark: string): string | undefined {
	const text = cells.map(row => row.join(''));
	if (cells.some(row => row.length !== NARROW.columns)) return 'a row is not as wide as the screen';
	if (text[0]?.includes(mark) !== false) return 'the title has moved';
	if (!text.at(-2)?.endsWith('unread 1  ●')) return 'the status line has moved';
	if (!text.at(-1)?.startsWith('> ')) return 'the input has moved';
	if (!text.at(-1)?.includes(`|${mark}`)) return 'the input is not there yet';
	// Where a terminal counts many cells, it has no room for more than the sign on its first row.
	return text.slice(1, -2).some(row => row.includes(mark)) ? undefined : 'the own message is gone';
}

/** What is not where it belongs; undefined when all is. `mark` is in the message, in the input and on its screen alone. */
function fault(cells: readonly string[][], mark: string): string | undefined {
	const text = cells.map(row => row.join(''));
	if (cells.some(row => row.length !== SIZE.columns)) return 'a row is not as wide as the screen';
	if (cells.some(row => row[BORDER] !== '│')) return 'the border is broken';
	if (!text[0]?.endsWith('● online')) return 'the title has moved';
	if (!text[1]?.startsWith(' ○') || cells[1]?.[BORDER - 2] !== '3') return 'the list has moved';
	if (!text.at(-2)?.endsWith('●')) return 'the status line has moved';
	if (
		cells
			.at(-1)
			?.slice(BORDER + 2, BORDER + 4)
			.join('') !== '> '
	)
		return 'the input has moved';
	if (!text.at(-1)?.includes(`|${mark}`)) return 'the input is not there yet';
	const own = text.at(-3);
	if (!own?.includes(`own ${mark}`) || !own.endsWith('✓✓')) return 'the own message has moved';
	if (!text.at(-4)?.includes(`theirs ${mark}`)) return 'the message of the other has moved';
	return undefined;
}

/** Where letters, lines and blanks are, and where something else. tmux loses what is joined when a read of its ends there. */
function outline(cells: readonly string[][]): string {
	return cells.map(row => row.map(cell => (/^[ -~│]?$/.test(cell) ? cell : '?')).join('')).join('\n');
}

/** Waits until everything stands where it belongs, and tells the outline. Throws with what does not. */
async function stands({cells}: Stage, find: Fault, mark: string, words: string): Promise<string> {
	const end = Date.now() + PATIENCE_MS;
	for (;;) {
		const found = await cells();
		const wrong = find(found, mark);
		if (wrong === undefined) return outline(found);
		if (Date.now() > end) throw new Error(`${words}: ${wrong}\n${found.map(row => row.join('')).join('\n')}`);
		await pause(LOOK_MS);
	}
}

async function show({staged}: Stage, cluster: string, index: number): Promise<void> {
	const mark = `m${index}.`;
	await staged.cue({
		kind: 'put',
		part: {
			contacts: [
				contact('alice', {nickname: cluster, identity: 'verified'}),
				contact('bob', {nickname: `${cluster}${cluster}`, presence: 'offline', unread: 3}),
			],
		},
	});
	const texts = [cluster.repeat(RUN), `${cluster} theirs ${mark}`, `${cluster} own ${mark}`];
	const messages = texts.map((text, place) =>
		message('alice', place, {id: `${index} ${place}`, text, direction: place === 2 ? 'out' : 'in'}),
	);
	await staged.cue({kind: 'conversation', conversation: {id: talkWith('alice'), messages, hasOlder: false}});
	staged.screen.type(`\u0015${cluster}|${mark}`);
}

async function everyCluster(t: ExecutionContext, stage: Stage): Promise<void> {
	for (const [index, cluster] of CLUSTERS.entries()) {
		const name = `${cluster} (${Array.from(cluster, point => point.codePointAt(0)?.toString(16)).join(' ')})`;
		const mark = `m${index}.`;
		await show(stage, cluster, index);
		const before = await stands(stage, fault, mark, name);
		stage.spoil('\u001B[?7h\u001B[4h\u001B[2;7r\u001B[?6h\u001B(0\u001B[7m\u001B[2J');
		stage.staged.screen.type('\u000C');
		t.is(await stands(stage, fault, mark, `${name} after Ctrl-L`), before, name);
	}
}

for (const [name, open] of Object.entries(TERMINALS)) {
	test(`one emoji does not wreck the screen: ${name}`, async t => {
		await everyCluster(t, await open(t, 'chat', SIZE));
	});
	test(`one emoji does not wreck a screen of five rows: ${name}`, async t => {
		const stage = await open(t, 'chat', NARROW);
		for (const [index, cluster] of CLUSTERS.entries()) {
			await show(stage, cluster, index);
			await t.notThrowsAsync(stands(stage, narrowFault, `m${index}.`, cluster));
		}
	});
}

const SIZES: readonly Size[] = [
	{columns: 80, rows: 24},
	{columns: 200, rows: 50},
	{columns: 59, rows: 20},
	{columns: 120, rows: 35},
	{columns: 20, rows: 5},
	{columns: 100, rows: 30},
];

/** What is typed at each size: back by a page and another, a message selected and left, one that is searched for and gone to, the end. */
const KEYS = [
	'',
	'\u001B[5~',
	'\u001B[5~',
	'\u001Bm',
	'kk',
	'\u001B[27u',
	'\u0006',
	'said 3',
	'\u001B[B\r',
	'\u001B[F',
];

/** Five hundred messages: every cluster in the middle of a sentence, in a long one, and at both ends. */
const crowded = Array.from({length: 500}, (_, index) => {
	const cluster = CLUSTERS[index % CLUSTERS.length] ?? '';
	const texts = [
		`said ${index} ${cluster} by me`,
		`${cluster}${index}${cluster}`,
		`*${cluster}* ${`${cluster} word `.repeat(12)}`,
	];
	return message('alice', index, {text: texts[index % 3] ?? '', direction: index % 5 === 0 ? 'out' : 'in'});
});

test.serial('tmux has every cell of a talk of 500 messages as we do, but for the clusters themselves', async t => {
	const [first, ...rest] = SIZES;
	const {staged, cells, model} = await modelled(t, first!, () => crowded);
	for (const size of [first!, ...rest, first!]) {
		staged.screen.resize(size);
		model.resize(size);
		for (const keys of KEYS) {
			staged.screen.type(keys);
			model.type(keys);
			await t.notThrowsAsync(hasCells(cells, model, size), `${size.columns}×${size.rows} ${JSON.stringify(keys)}`);
		}
	}
});

/** A window in which an overlay has every column. */
const PLAIN = {columns: 36, rows: 14};

/** Messages whose row in what a search finds ends with a cluster in the last column, and those of half of them begin with `a`. */
function atTheEdge(): Message[] {
	const room = PLAIN.columns - widthOf(`  ${dayText(NOW)} ${clockText(NOW)}  alice  `);
	return CLUSTERS.flatMap(cluster => graphemes(cluster).slice(-1)).map((last, index, {length}) => {
		const word = index < length / 2 ? 'a find ' : 'b find ';
		const letters = 'cdefghijklmnopqrstuvwxyz'.slice(0, Math.max(0, room - word.length - graphemeWidth(last)));
		return message('alice', index, {time: NOW, text: `${word}${letters}${last}`});
	});
}

for (const name of Object.keys(TERMINALS)) {
	test.serial(`a sign in the last column of what was found leaves the letter before it alone: ${name}`, async t => {
		const {staged, cells, model} = await modelled(t, PLAIN, atTheEdge, name);
		for (const word of ['a find', 'b find']) {
			for (const keys of ['\u0006', word, ...Array.from({length: 5}, () => '\u001B[6~'), '\u001B[27u']) {
				staged.screen.type(keys);
				model.type(keys);
				await t.notThrowsAsync(hasCells(cells, model, PLAIN), `${word} ${JSON.stringify(keys)}`);
			}
		}
	});
}

/** A terminal and the model of what should be in it, with a talk; `said` is called once text is measured as the terminal counts. */
async function modelled(t: ExecutionContext, size: Size, said: () => Message[], terminal = 'tmux') {
	const {staged, cells, cache} = await TERMINALS[terminal]!(t, 'empty', size);
	await staged.screen.shows(/Nobody is in your list/);
	const file = path.join(cache, 'simchat', 'terminals.json');
	while (!existsSync(file)) await pause(LOOK_MS);
	const {terminals} = JSON.parse(readFileSync(file, 'utf8')) as {terminals: ReadonlyArray<{rules: CellRules}>};
	countAs(terminals.at(-1)!.rules);
	const contacts = [contact('alice')];
	const conversation = {id: talkWith('alice'), messages: said(), hasOlder: false};
	await staged.cue({kind: 'conversation', conversation});
	await staged.cue({kind: 'put', part: {contacts}});
	await staged.screen.shows(/alice/);
	const client = SCENES.empty();
	client.put({contacts, conversations: new Map([[conversation.id, conversation]])});
	return {staged, cells, model: new ModelScreen(client, size, () => NOW)};
}

/** Waits until the terminal's cells are the model's. Throws with the rows that differ. */
async function hasCells(cells: Stage['cells'], model: ModelScreen, size: Size): Promise<void> {
	const expected = model.cells;
	for (const end = Date.now() + PATIENCE_MS; ; await pause(LOOK_MS)) {
		const found = await cells(size);
		const differing = expected.flatMap((row, y) => {
			const isSame =
				row.length === found[y]?.length && row.every((cell, x) => cell === undefined || cell === found[y]?.[x]);
			return isSame ? [] : [`${y}: ${row.map(cell => cell ?? '?').join('')}`, `${y}: ${found[y]?.join('') ?? ''}`];
		});
		if (differing.length === 0) return;
		if (Date.now() > end) throw new Error(differing.join('\n'));
	}
}
