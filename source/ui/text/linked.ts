// The rows of a text with its links and markup: each piece knows where it leads and how it looks, and a link that hides where it leads says it.
import {createHash} from 'node:crypto';
import {type LinkSegment, linkSegments} from './links.ts';
import {type TextBlock, markupOf} from './markup.ts';
import {graphemes} from './width.ts';
import {type TextRow, textRows} from './wrap.ts';

/** A longer one VTE takes for none. */
const URL_LIMIT = 2083;

/** `look`: bits of LOOKS; left out where there are none. */
export type TextPiece = LinkSegment & {readonly look?: number};

/**
 * `text` in rows of at most `columns` cells; every piece of a link that is broken has the whole of its url. Lines between fences are rows as
 * they are, however long. `isRaw`: without markup.
 */
export function linkedRows(text: string, columns: number, isRaw = false): ReadonlyArray<readonly TextPiece[]> {
	const segments = text.includes('://')
		? linkSegments(text).flatMap(segment => honest(segment))
		: [{text, url: undefined}];
	const whole = segments.length === 1 ? text : segments.map(segment => segment.text).join('');
	const markup = isRaw ? undefined : markupOf(whole);
	const rows = markup === undefined ? textRows(whole, columns) : blockRows(whole, columns, markup.blocks);
	if (segments.length === 1 && segments[0]?.url === undefined && markup === undefined)
		return rows.map(row => [{text: row.text, url: undefined}]);
	const linked = cutInto(rows, segments);
	return markup === undefined
		? linked
		: linked.map((pieces, index) => withLooks(pieces, rows[index]?.start ?? 0, markup.looks));
}

function blockRows(text: string, columns: number, blocks: readonly TextBlock[]): readonly TextRow[] {
	return blocks.flatMap(({start, end, isFenced}) => {
		const part = text.slice(start, end);
		const rows = isFenced ? lineRows(part) : textRows(part, columns);
		return rows.map(row => ({start: start + row.start, end: start + row.end, text: row.text}));
	});
}

function lineRows(text: string): TextRow[] {
	let start = 0;
	return text.split('\n').map(line => {
		const row = {start, end: start + line.length, text: line};
		start = row.end + 1;
		return row;
	});
}

/** `pieces`, which begin at `start` of the text, cut between graphemes where looks change. */
function withLooks(pieces: readonly LinkSegment[], start: number, looks: ArrayLike<number>): TextPiece[] {
	const parts: TextPiece[] = [];
	let at = start;
	for (const {text, url} of pieces) {
		let part = '';
		let look = looks[at] ?? 0;
		const end = () => parts.push({text: part, url, ...(look > 0 && {look})});
		for (const grapheme of graphemes(text)) {
			const next = looks[at] ?? 0;
			if (next !== look && part !== '') {
				end();
				part = '';
			}

			look = next;
			part += grapheme;
			at += grapheme.length;
		}

		if (part !== '') end();
	}

	return parts;
}

/** A link is followed by where it leads, when that is not what it says. */
function honest(segment: LinkSegment): LinkSegment[] {
	const {text, url} = segment;
	if (url === undefined || plain(text) === plain(url)) return [segment];
	return [segment, {text: ` [→ ${url}]`, url: undefined}];
}

/** Without what browsers add: a slash behind a host, small letters in it. */
function plain(link: string): string {
	const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/iu.exec(link) ?? [];
	return `${origin.toLowerCase()}${rest.startsWith('/') ? '' : '/'}${rest}`;
}

/** `segments`, which are the text of `rows`, cut where the rows end: one walk through both, however many links there are. */
function cutInto(rows: readonly TextRow[], segments: readonly LinkSegment[]): LinkSegment[][] {
	let index = 0;
	/** Where the segment at `index` begins. */
	let at = 0;
	return rows.map(({start, text: shown}) => {
		const end = start + shown.length;
		const pieces: LinkSegment[] = [];
		for (; at < end; index++) {
			const {text = '', url} = segments[index] ?? {};
			const piece = text.slice(Math.max(0, start - at), end - at);
			if (piece !== '') pieces.push({text: piece, url});
			if (at + text.length > end) break;
			at += text.length;
		}

		return pieces;
	});
}

/** OSC 8 around `text`: the pieces of one link are one to the terminal. `url` is as browsers write it: printable ASCII. */
export function hyperlink(url: string, text: string): string {
	if (url.length > URL_LIMIT || !/^[!-~]+$/.test(url)) return text;
	const id = createHash('sha256').update(url).digest('base64url').slice(0, 8);
	return `\u001B]8;id=${id};${url}\u0007${text}\u001B]8;;\u0007`;
}
