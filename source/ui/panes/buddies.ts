// The buddy list as rows: presence as glyph and colour, the name, whether it is verified, and what is unread.
import {type Contact} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {type Role} from '../theme.ts';
import {type Row, fitRow, span, spread} from '../widgets/spans.ts';

export const PRESENCE: Readonly<Record<Contact['presence'], {glyph: string; role: Role}>> = {
	online: {glyph: '●', role: 'online'},
	offline: {glyph: '○', role: 'offline'},
	unknown: {glyph: '?', role: 'muted'},
};

/** Above this many a number says less than `99+`. */
const COUNT_LIMIT = 99;

export type ListState = {
	readonly open: string | undefined;
	readonly selected: string | undefined;
	/** The keys go here. */
	readonly isActive: boolean;
};

/** At most `height` rows of `width` cells, the open or chosen one among them. */
export function buddyRows(contacts: readonly Contact[], state: ListState, width: number, height: number): Row[] {
	if (contacts.length === 0) return [fitRow([span('/add NAME', 'muted')], width)].slice(0, height);
	const marked = contacts.findIndex(({name}) => name === (state.isActive ? state.selected : state.open));
	const top = Math.max(0, Math.min(marked - Math.floor(height / 2), contacts.length - height));
	return contacts
		.slice(top, top + height)
		.map((contact, index) => buddyRow(contact, top + index === marked, state.isActive, width));
}

function buddyRow(contact: Contact, isMarked: boolean, isActive: boolean, width: number): Row {
	const {glyph, role} = contact.blocked ? {glyph: '⊘', role: 'danger' as const} : PRESENCE[contact.presence];
	const nameRole = isMarked ? (isActive ? 'selected' : 'title') : 'plain';
	const count = contact.unread > COUNT_LIMIT ? `${COUNT_LIMIT}+` : String(contact.unread);
	const right = contact.unread > 0 ? [span(`${count} `, 'unread')] : [];
	const mark = isMarked ? '›' : ' ';
	return spread(
		[span(mark), span(glyph, role), span(' '), span(safeName(contact.name), nameRole), ...identityMark(contact)],
		right,
		width,
	);
}

function identityMark({identity}: Contact): Row {
	if (identity === 'verified') return [span(' ✓', 'verified')];
	return identity === 'changed' ? [span(' !', 'danger')] : [];
}
