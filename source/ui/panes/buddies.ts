// The buddy list as rows: presence as glyph and colour, the name, whether it is verified, and what is unread.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Contact} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {oneLine} from './about-message.ts';
import {truncate} from '../text/width.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, fitRow, inverse, pinned, rowWidth, span} from '../widgets/spans.ts';
import {type ListEntry} from './list-entries.ts';
import {PRESENCE, presenceOf} from './presence.ts';

/** A larger count is shown as `99+`. */
const COUNT_LIMIT = 99;

export type ListState = {
	readonly open: string | undefined;
	readonly chosen: string | undefined;
	/** Keys go to the list. */
	readonly isActive: boolean;
	readonly filter: string;
	/** Unread messages of a contact that mention the account. */
	readonly mentions: (contact: Contact) => number;
	/** There are no notifications of a contact. */
	readonly isMuted: (contact: Contact) => boolean;
	/** There is room for optional things. */
	readonly isRoomy: boolean;
};

/** At most `height` rows of `width` cells, with the open or chosen entry among them; `top` is the index of the entry in the first row. */
export function buddyRows(
	entries: readonly ListEntry[],
	state: ListState,
	width: number,
	height: number,
): {readonly rows: readonly ScreenRow[]; readonly top: number} {
	const head = state.isActive ? [filterRow(state.filter, width)] : [];
	const room = Math.max(0, height - head.length);
	if (entries.length === 0) {
		const words = state.filter === '' ? catalogue.contacts.addSomebody : catalogue.contacts.nobody;
		return {rows: [...head, fitRow([span(` ${words}`, 'muted')], width)].slice(0, height), top: 0};
	}

	const marked = entries.findIndex(({name}) => name === (state.isActive ? state.chosen : state.open));
	const top = Math.max(0, Math.min(marked - Math.floor(room / 2), entries.length - room));
	const rows = entries
		.slice(top, top + room)
		.map((entry, index) => entryRow(entry, top + index === marked, state, width));
	return {rows: [...head, ...rows].slice(0, height), top: top - head.length};
}

function filterRow(filter: string, width: number): ScreenRow {
	return fitRow(
		[span('/', 'title'), filter === '' ? span(catalogue.contacts.typeToFilter, 'muted') : span(filter)],
		width,
	);
}

function entryRow(entry: ListEntry, isMarked: boolean, state: ListState, width: number): ScreenRow {
	const isChosen = isMarked && state.isActive;
	const mark = isMarked ? '›' : ' ';
	const drawn = (row: ScreenRow) => (isChosen ? inverse(row) : row);
	if (entry.kind === 'found') {
		const {glyph, role} = PRESENCE[entry.online ? 'online' : 'offline'];
		const left = [span(mark), span(glyph, role), span(' '), span(safeName(entry.name))];
		return drawn(pinned(left, [span(' + ', 'muted')], width));
	}

	const {contact, place} = entry;
	const {glyph, role} = presenceOf(contact);
	const number = state.isRoomy ? [span(place < 9 ? `${place + 1} ` : '  ', 'muted')] : [];
	const before = [span(mark), ...number, span(glyph, role), span(' ')];
	const after = [...identityMark(contact), ...(state.isMuted(contact) ? [span(' z', 'muted')] : [])];
	const right = countSpans(contact, state.mentions(contact));
	// A long name is cut so that the marks of its identity and of being muted are seen.
	const room = width - rowWidth(before) - rowWidth(after) - rowWidth(right);
	const name = span(truncate(calledName(contact), Math.max(1, room)), nameLook(contact, isMarked));
	return drawn(pinned([...before, name, ...after], right, width));
}

/** Whom one talks to and who has written stand out, and who is not there is quiet. */
function nameLook({unread, presence, blocked}: Contact, isOpen: boolean): ThemeRole {
	if (isOpen) return 'title';
	if (unread > 0) return 'unread';
	return blocked || presence === 'offline' ? 'offline' : 'plain';
}

/** The nickname, or else the name; safe to draw. */
function calledName({name, nickname}: Contact): string {
	return nickname === undefined ? safeName(name) : oneLine(nickname);
}

function countSpans({unread, typing}: Contact, mentions: number): ScreenRow {
	const typed = typing ? [span('…', 'muted')] : [];
	const count = mentions > 0 ? [span(`@${capped(mentions)}`, 'mention')] : [span(capped(unread), 'unread')];
	if (unread === 0) return typing ? [...typed, span(' ')] : [];
	return [...typed, span(' '), ...count, span(' ')];
}

function capped(count: number): string {
	return count > COUNT_LIMIT ? `${COUNT_LIMIT}+` : String(count);
}

function identityMark({identity}: Contact): ScreenRow {
	if (identity === 'verified') return [span(' ✓', 'verified')];
	return identity === 'changed' ? [span(' !', 'danger')] : [];
}
