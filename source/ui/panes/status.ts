// The line above the composer: what just happened, else that the disk is full, else what is unread elsewhere, what waits to be sent, and the connection.
import {
	type ConnectionState,
	type Contact,
	type ConversationId,
	type Snapshot,
	contactIn,
} from '../../client/snapshot.ts';
import {safeName, safeText} from '../text/safe.ts';
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ScreenRow, type Span, emptyRow, fitRow, pinned, rowWidth, span} from '../widgets/spans.ts';
import {wrap} from '../text/wrap.ts';
import {mentionCount} from './mention-count.ts';

/** Cells under which trouble is told in a word, and those under which a connection that stands is a glyph alone. */
const NARROW = 60;
const SPARE = 70;
/** Cells between two things, and the fewest that the left one is told in. */
const GAP = 2;
const LEAST = 8;

export type StatusState = {
	readonly open: ConversationId | undefined;
	readonly notice: string;
	/** Messages below the page on show. */
	readonly below: number;
	readonly isRoomy: boolean;
};

/** What just happened, or else that the disk takes nothing, over as many rows as it needs and at most `limit`; none where there is nothing to say. */
export function noticeRows({disk}: Snapshot, notice: string, width: number, limit: number): ScreenRow[] {
	const words = notice === '' ? (disk?.message ?? '') : notice;
	if (words === '') return [];
	const lines = wrap(safeText(words, {newlines: false}), width);
	const shown = [...lines.slice(0, limit - 1), ...(lines.length < limit ? [] : [lines.slice(limit - 1).join(' ')])];
	return shown.map(line => fitRow([span(line, notice === '' ? 'danger' : 'title')], width));
}

export function statusRow(snapshot: Snapshot, {open, notice, below, isRoomy}: StatusState, width: number): ScreenRow {
	if (notice !== '') return fitRow([span(safeText(notice, {newlines: false}), 'title')], width);
	const {connection, contacts, disk} = snapshot;
	if (disk !== undefined) return fitRow([span(safeText(disk.message, {newlines: false}), 'danger')], width);
	const current = contactIn(snapshot, open);
	const elsewhere = contacts.filter(contact => contact.unread > 0 && contact !== current);
	const outbox = sum(contacts.map(contact => contact.outbox));
	const isOnline = connection.state === 'online';
	const left = leftPart(current, below);
	// From right to left; what matters most keeps its place when there is no room for all.
	const parts: ReadonlyArray<{readonly weight: number; readonly row: ScreenRow}> = [
		{weight: isOnline ? 0 : 3, row: [connectionSpan(connection, width)]},
		{weight: 1, row: outbox > 0 ? [span(catalogue.status.outbox(outbox), 'muted')] : []},
		{weight: 2, row: elsewhere.length > 0 ? elsewhereSpans(snapshot, elsewhere, width) : []},
	];
	const reserved = below > 0 ? rowWidth(left) : isOnline ? Math.min(rowWidth(left), Math.floor(width / 3)) : 0;
	const fitting = heaviest(parts, width - reserved);
	const shown: ScreenRow = left.length === 0 && isRoomy ? [span(catalogue.status.help, 'muted')] : left;
	const right = fitting.toReversed().flatMap((row, index) => (index === 0 ? row : [span(' '.repeat(GAP)), ...row]));
	const room = width - rowWidth(right) - GAP;
	if (rowWidth(shown) > 0 && room >= LEAST) return [...fitRow(shown, room), span(' '.repeat(GAP)), ...right];
	return right.length === 0 ? fitRow(shown, width) : pinned(emptyRow, right, width);
}

/** Those that fit in `width` cells, the heavier ones first; in their own order. */
function heaviest(
	parts: ReadonlyArray<{readonly weight: number; readonly row: ScreenRow}>,
	width: number,
): ScreenRow[] {
	let left = width;
	const heaviestFirst = parts.filter(({row}) => row.length > 0).toSorted((a, b) => b.weight - a.weight);
	const chosen = new Set(
		heaviestFirst.filter(({row}) => {
			const needed = rowWidth(row) + GAP;
			if (needed > left) return false;
			left -= needed;
			return true;
		}),
	);
	return parts.filter(part => chosen.has(part)).map(({row}) => row);
}

function sum(numbers: readonly number[]): number {
	let total = 0;
	for (const each of numbers) total += each;
	return total;
}

function leftPart(contact: Contact | undefined, below: number): ScreenRow {
	const left: Span[] = [];
	if (below > 0) left.push(span(`↓ ${catalogue.status.below(below)}`, 'unread'), span('  '));
	if (contact?.typing === true) left.push(span(catalogue.status.isTyping(safeName(contact.name)), 'muted'));
	return left;
}

/** The first of those with unread messages, a mention before all others. */
function elsewhereSpans(snapshot: Snapshot, contacts: readonly Contact[], width: number): ScreenRow {
	const marked = contacts.map(contact => ({name: safeName(contact.name), mentions: mentionCount(snapshot, contact)}));
	const first = marked.find(({mentions}) => mentions > 0) ?? marked[0];
	const mark = first !== undefined && first.mentions > 0 ? `(@${first.mentions})` : '';
	const who = width < NARROW ? '' : `: ${first?.name ?? ''}`;
	return [span(`${catalogue.status.unread(contacts.length)}${who}${mark}`, 'unread')];
}

/** In few words on a narrow screen. */
function connectionSpan(connection: ConnectionState, width: number): Span {
	const isNarrow = width < NARROW;
	switch (connection.state) {
		case 'online':
			return span(width < SPARE ? '●' : `● ${catalogue.status.connected}`, 'muted');
		case 'connecting':
			return span(isNarrow ? '◌' : `◌ ${catalogue.status.connecting}`, 'warning');
		case 'waiting':
			return span(
				`◌ ${isNarrow ? catalogue.status.offline : catalogue.status.retrying(catalogue.status.problems[connection.problem])}`,
				'warning',
			);
		case 'stopped':
			return span(`! ${isNarrow ? catalogue.status.offline : catalogue.status.problems[connection.problem]}`, 'danger');
		default:
			return span(catalogue.status.signedOut, 'warning');
	}
}
