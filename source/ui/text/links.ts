// Web links in a text, found with caution: only http and https, whole, and with nothing that hides where they lead.

/** A piece of a text; `url` is where a link leads, as a browser would write it. */
export type LinkSegment = {readonly text: string; readonly url: string | undefined};

/** A longer one is no link. */
const LINK_LIMIT = 2048;

/** Up to what no link contains: letters of every script, and the signs of RFC 3986 section 2. */
const candidate = /(?<![\p{L}\p{N}_])https?:\/\/[\p{L}\p{M}\p{N}\-._~:/?#[\]@!$&'()*+,;=%]+/giu;
/** What ends the sentence, not the link. */
const stops = /[.,:;!?']/;
const pairs: Readonly<Record<string, string>> = {')': '(', ']': '['};

/** `text` in pieces, links and what is between; joined they are `text` again. Empty for ''. */
export function linkSegments(text: string): LinkSegment[] {
	const segments: LinkSegment[] = [];
	let end = 0;
	for (const {0: found, index} of text.matchAll(candidate)) {
		const link = withoutTail(found);
		const url = urlOf(link);
		if (url === undefined) continue;
		if (index > end) segments.push({text: text.slice(end, index), url: undefined});
		segments.push({text: link, url});
		end = index + link.length;
	}

	if (end < text.length) segments.push({text: text.slice(end), url: undefined});
	return segments;
}

/** Punctuation behind a link is not of it, nor is a closing bracket that it does not open. */
function withoutTail(found: string): string {
	const surplus: Record<string, number> = {};
	for (const [close, open] of Object.entries(pairs)) {
		surplus[close] = found.split(close).length - found.split(open).length;
	}

	let end = found.length;
	for (; end > 0; end--) {
		const last = found[end - 1] ?? '';
		const left = surplus[last] ?? 0;
		if (left > 0) surplus[last] = left - 1;
		else if (!stops.test(last)) break;
	}

	return found.slice(0, end);
}

/** A name or password before the host makes one site look like another: no link. */
function urlOf(link: string): string | undefined {
	const url = link.length > LINK_LIMIT ? null : URL.parse(link);
	return url !== null && url.hostname !== '' && url.username === '' && url.password === '' ? url.href : undefined;
}
