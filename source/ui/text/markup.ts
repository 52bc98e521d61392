// The little markdown that people type: what of a text is bold, italic, code or quoted. No sign of it is taken away. Pure, and
// linear in the length of the text.

/** What a character looks like, as bits; MARK is a sign that makes others look so. */
export const LOOKS = {bold: 1, italic: 2, code: 4, quote: 8, mark: 16} as const;

/** A part of a text, in UTF-16 units and without the newline behind it: lines between fences, and those outside. */
export type TextBlock = {readonly start: number; readonly end: number; readonly isFenced: boolean};

/** `looks` has the bits of each UTF-16 unit; `blocks` are all of the text but for a newline between each two. */
export type Markup = {readonly looks: ArrayLike<number>; readonly blocks: readonly TextBlock[]};

type Looks = {[index: number]: number};
type Run = {readonly start: number; readonly end: number};
/** The signs around what they mark. */
type Marked = {readonly open: Run; readonly close: Run};

const FENCE = '```';

const hasSigns = /[*_`]|^>/m;
const quoteSigns = /^(?:> )+|^>$/;
const backticks = /`+/g;
const clusters = /[*_]+/g;
const sameSigns = /\*+|_+/g;

const word = /^[\p{L}\p{N}]/u;
/** Written without spaces between words: signs may stand there as they do at a space. */
const ideograph = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}`;
/** What may stand before a sign that begins, and behind one that ends. */
const before = new RegExp(`^[\\s\\p{Ps}\\p{Pi}"'—–、。：，${ideograph}]`, 'u');
const behind = new RegExp(`^[\\s\\p{Pe}\\p{Pf}"'—–…、。：，${ideograph}]`, 'u');
/** Of a sentence: it ends there when no word follows at once, as in *.ts. */
const stop = /^[.,:;!?]/;
/** The first and the last character of what is marked. */
const first = /^[\p{L}\p{N}\p{Extended_Pictographic}\p{Ps}\p{Pi}"'`@#¿¡]/u;
const last = /^[^\s\p{Ps}\p{Pi}/\\]/u;

/** By what they are: * and ** make bold, _ italic. Any other number of them is no sign. */
const KINDS: ReadonlyMap<string, {readonly place: number; readonly look: number}> = new Map([
	['*', {place: 0, look: LOOKS.bold}],
	['**', {place: 1, look: LOOKS.bold}],
	['_', {place: 2, look: LOOKS.italic}],
]);

/** Undefined where nothing is marked. `looks`: an array of zeros, as long as the text. */
export function markupOf(
	text: string,
	looks: Looks & ArrayLike<number> = new Uint8Array(text.length),
): Markup | undefined {
	if (!hasSigns.test(text)) return undefined;
	const blocks = blocksOf(text);
	for (const block of blocks) {
		if (block.isFenced) paintFenced(text, block, looks);
		else for (const line of linesOf(text, block)) paintLine(text, line, looks);
	}

	return {looks, blocks};
}

/** A fence is a line that begins with three backticks and ends further down; one without an end is none. */
function blocksOf(text: string): TextBlock[] {
	const blocks: TextBlock[] = [];
	let start = 0;
	let open: Run | undefined;
	for (const line of linesOf(text, {start: 0, end: text.length})) {
		const words = text.slice(line.start, line.end);
		if (open === undefined) {
			if (words.startsWith(FENCE) && !words.includes(FENCE, FENCE.length)) open = line;
		} else if (words.trimEnd().endsWith(FENCE)) {
			if (open.start > start) blocks.push({start, end: open.start - 1, isFenced: false});
			blocks.push({start: open.start, end: line.end, isFenced: true});
			start = line.end + 1;
			open = undefined;
		}
	}

	if (start <= text.length) blocks.push({start, end: text.length, isFenced: false});
	return blocks;
}

function linesOf(text: string, {start, end}: Run): Run[] {
	let at = start;
	return text
		.slice(start, end)
		.split('\n')
		.map(({length}) => {
			const line = {start: at, end: at + length};
			at = line.end + 1;
			return line;
		});
}

function paint(looks: Looks, {start, end}: Run, look: number): void {
	for (let index = start; index < end; index++) looks[index] = (looks[index] ?? 0) | look;
}

function paintFenced(text: string, {start, end}: TextBlock, looks: Looks): void {
	const close = text.slice(start, end).trimEnd().length + start - FENCE.length;
	paint(looks, {start, end: start + FENCE.length}, LOOKS.mark);
	paint(looks, {start: start + FENCE.length, end: close}, LOOKS.code);
	paint(looks, {start: close, end}, LOOKS.mark);
}

function paintLine(text: string, {start, end}: Run, looks: Looks): void {
	const line = text.slice(start, end);
	const signs = quoteSigns.exec(line)?.[0].length ?? 0;
	if (signs > 0) {
		paint(looks, {start, end: start + signs}, LOOKS.mark);
		paint(looks, {start: start + signs, end}, LOOKS.quote);
	}

	const codes = codeSpans(line);
	for (const code of codes) paintMarked(looks, code, LOOKS.code, start);
	paintEmphasis(line, codes, looks, start);
}

function paintMarked(looks: Looks, {open, close}: Marked, look: number, offset: number): void {
	paint(looks, {start: offset + open.start, end: offset + open.end}, LOOKS.mark);
	paint(looks, {start: offset + open.end, end: offset + close.start}, look);
	paint(looks, {start: offset + close.start, end: offset + close.end}, LOOKS.mark);
}

function runsOf(line: string, pattern: RegExp): Run[] {
	return Array.from(line.matchAll(pattern), ({0: found, index}) => ({start: index, end: index + found.length}));
}

/** As many backticks behind a code as before it, and no word beyond either. */
function codeSpans(line: string): Marked[] {
	const runs = runsOf(line, backticks);
	/** By number of backticks, the next ones on the right that may end a code. */
	const ends = new Map<number, Run>();
	const endOf = runs.toReversed().map(run => {
		const length = run.end - run.start;
		const end = ends.get(length);
		if (last.test(pointBefore(line, run.start)) && !word.test(pointAt(line, run.end))) ends.set(length, run);
		return end;
	});
	const codes: Marked[] = [];
	let at = 0;
	for (const [index, open] of runs.entries()) {
		const close = endOf.at(-1 - index);
		const mayBegin = !word.test(pointBefore(line, open.start)) && !/^\s/.test(pointAt(line, open.end));
		if (open.start < at || close === undefined || !mayBegin) continue;
		codes.push({open, close});
		at = close.end;
	}

	return codes;
}

/** Signs of a kind are paired with the nearest ones before; what was begun between the two and has not ended is no sign. */
function paintEmphasis(line: string, codes: readonly Marked[], looks: Looks, offset: number): void {
	const open: (Run | undefined)[] = [];
	let code = 0;
	for (const cluster of runsOf(line, clusters)) {
		while ((codes[code]?.close.end ?? Infinity) <= cluster.start) code++;
		if ((codes[code]?.open.start ?? Infinity) < cluster.start) continue;
		const [left, right] = [pointBefore(line, cluster.start), pointAt(line, cluster.end)];
		const mayBegin = (left === '' || before.test(left)) && first.test(right);
		const mayEnd = last.test(left) && isEnd(line, cluster.end);
		if (!mayBegin && !mayEnd) continue;
		for (const sign of runsOf(line.slice(cluster.start, cluster.end), sameSigns)) {
			const run = {start: cluster.start + sign.start, end: cluster.start + sign.end};
			const kind = KINDS.get(line.slice(run.start, run.end));
			if (kind === undefined) continue;
			const begun = open[kind.place];
			if (mayEnd && begun !== undefined) {
				paintMarked(looks, {open: begun, close: run}, kind.look, offset);
				for (const [place, other] of open.entries()) if (other && other.start >= begun.start) open[place] = undefined;
			} else if (mayBegin) open[kind.place] = run;
		}
	}
}

/** Whether what is marked may end before `index`. */
function isEnd(line: string, index: number): boolean {
	const next = pointAt(line, index);
	if (next === '' || behind.test(next)) return true;
	const afterNext = pointAt(line, index + 1);
	return stop.test(next) && (afterNext === '' || behind.test(afterNext) || stop.test(afterNext));
}

/** The code point at `index`; '' at the end. */
function pointAt(line: string, index: number): string {
	const code = line.codePointAt(index);
	return code === undefined ? '' : String.fromCodePoint(code);
}

/** The code point that ends before `index`; '' at the beginning. */
function pointBefore(line: string, index: number): string {
	const point = pointAt(line, index - 2);
	return point.length === 2 ? point : line.slice(Math.max(0, index - 1), index);
}
