// The rows of a text with the links in it: each piece knows where it leads, and a link that hides where says it.
import {createHash} from 'node:crypto';
import {type LinkSegment, linkSegments} from './links.ts';
import {textRows} from './wrap.ts';

/** `text` in rows of at most `columns` cells; every piece of a link that is broken has the whole of its url. */
export function linkedRows(text: string, columns: number): ReadonlyArray<readonly LinkSegment[]> {
	if (!text.includes('://')) return textRows(text, columns).map(row => [{text: row.text, url: undefined}]);
	const segments = linkSegments(text).flatMap(segment => honest(segment));
	const whole = segments.map(segment => segment.text).join('');
	return textRows(whole, columns).map(({start, text: shown}) => piecesOf(segments, start, start + shown.length));
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
	return `${origin.toLowerCase()}${rest === '' ? '/' : rest}`;
}

function piecesOf(segments: readonly LinkSegment[], start: number, end: number): LinkSegment[] {
	const pieces: LinkSegment[] = [];
	let at = 0;
	for (const {text, url} of segments) {
		const from = Math.max(start, at);
		const to = Math.min(end, at + text.length);
		if (from < to) pieces.push({text: text.slice(from - at, to - at), url});
		at += text.length;
	}

	return pieces;
}

/** OSC 8 around `text`: the pieces of one link are one to the terminal. `url` is as browsers write it: printable ASCII. */
export function hyperlink(url: string, text: string): string {
	if (!/^[!-~]+$/.test(url)) return text;
	const id = createHash('sha256').update(url).digest('base64url').slice(0, 8);
	return `\u001B]8;id=${id};${url}\u0007${text}\u001B]8;;\u0007`;
}
