// The rows of a text with the links in it: each piece knows where it leads, and a link that hides where says it.
import {createHash} from 'node:crypto';
import {type LinkSegment, linkSegments} from './links.ts';
import {type TextRow, textRows} from './wrap.ts';

/** A longer one VTE takes for none. */
const URL_LIMIT = 2083;

/** `text` in rows of at most `columns` cells; every piece of a link that is broken has the whole of its url. */
export function linkedRows(text: string, columns: number): ReadonlyArray<readonly LinkSegment[]> {
	if (!text.includes('://')) return textRows(text, columns).map(row => [{text: row.text, url: undefined}]);
	const segments = linkSegments(text).flatMap(segment => honest(segment));
	const whole = segments.map(segment => segment.text).join('');
	return cutInto(textRows(whole, columns), segments);
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
