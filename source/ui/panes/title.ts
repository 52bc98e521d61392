// The line above a conversation: who it is, whether they are who they say, how messages travel, and whether they are there.
import {type Contact, type Path} from '../../client/snapshot.ts';
import {safeName, safeText} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';
import {durationText, oneLine} from './about-message.ts';
import {presenceOf} from './presence.ts';

/** Cells that a name keeps. */
const LEAST_NAME = 4;

export function titleRow(contact: Contact | undefined, width: number): ScreenRow {
	if (contact === undefined) return fitRow([span('simchat', 'title')], width);
	const {glyph, role} = presenceOf({...contact, blocked: false});
	const marks = identity(contact);
	// A long name is cut for what says whether it is who it says.
	// A nickname is not to pass for somebody's name.
	const {nickname} = contact;
	const called = nickname === undefined ? safeName(contact.name) : `${safeName(contact.name)} “${oneLine(nickname)}”`;
	const name = truncate(called, Math.max(LEAST_NAME, width - rowWidth(marks)));
	const left = [span(name, 'title'), ...marks];
	const path = pathWords(contact.path);
	const here = [span(glyph, role), span(` ${hereWords(contact)}`, role)];
	const {timer: set} = contact.agreed ?? {};
	const timer = set === undefined ? '' : `   ◔ ${durationText(Number(set.value))}`;
	const full = [...left, span(`${path === '' ? '' : `   ${path}`}${timer}`, 'muted')];
	return spread(width < 60 ? left : [...full, ...pinned(contact, width - rowWidth([...full, ...here]))], here, width);
}

/** Cells that the words of what is pinned need at least, beside what is in front of them. */
const LEAST_PINNED = 8;

/** In what room is left. */
function pinned({agreed}: Contact, room: number): ScreenRow {
	const text = agreed?.pin?.message?.text;
	const head = '   pinned: ';
	if (text === undefined || room < head.length + LEAST_PINNED) return [];
	return [span(`${head}${truncate(oneLine(text), room - head.length - 2)}`, 'muted')];
}

/** Cells of why somebody is away. */
const AWAY = 24;

function hereWords({presence, away, request}: Contact): string {
	if (request === true) return 'wants to talk';
	if (presence === 'online' && away !== undefined) return `away: ${truncate(oneLine(away), AWAY)}`;
	return presence === 'unknown' ? 'not known' : presence;
}

function identity({identity: state, blocked}: Contact): ScreenRow {
	if (blocked) return [span('  ⊘ blocked', 'danger')];
	if (state === 'verified') return [span('  ✓ verified', 'verified')];
	if (state === 'changed') return [span('  ! key changed', 'danger')];
	return state === 'pinned' ? [span('  not verified', 'muted')] : [];
}

/** `direct · 12 ms`, `blocked: <why>`; '' while there is no path. */
export function pathWords(path: Path): string {
	switch (path.kind) {
		case 'none':
			return '';
		case 'looking':
			return 'connecting';
		case 'no-way':
			return `no way: ${path.reason.kind}`;
		case 'blocked':
			return `blocked: ${safeText(path.why, {newlines: false})}`;
		default:
			return path.rtt === undefined ? path.kind : `${path.kind} · ${Math.max(1, Math.round(path.rtt))} ms`;
	}
}
