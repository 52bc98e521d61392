// The line above a conversation: who it is, whether they are who they say, how messages travel, and whether they are there.
import {type Contact, type Path} from '../../client/snapshot.ts';
import {safeName, safeText} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type Row, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';
import {PRESENCE} from './buddies.ts';

/** Cells that a name keeps. */
const LEAST_NAME = 4;

export function titleRow(contact: Contact | undefined, width: number): Row {
	if (contact === undefined) return fitRow([span('simchat', 'title')], width);
	const {glyph, role} = PRESENCE[contact.presence];
	const marks = identity(contact);
	// A long name is cut for what says whether it is who it says.
	const name = truncate(safeName(contact.name), Math.max(LEAST_NAME, width - rowWidth(marks)));
	const left = [span(name, 'title'), ...marks];
	const path = pathWords(contact.path);
	const here = [span(glyph, role), span(` ${contact.presence === 'unknown' ? 'not known' : contact.presence}`, role)];
	const full = [...left, span(path === '' ? '' : `   ${path}`, 'muted')];
	return spread(width < 60 ? left : full, here, width);
}

function identity({identity: state, blocked}: Contact): Row {
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
		case 'connecting':
			return 'connecting';
		case 'blocked':
			return `blocked: ${safeText(path.why, {newlines: false})}`;
		default:
			return path.rtt === undefined ? path.kind : `${path.kind} · ${Math.max(1, Math.round(path.rtt))} ms`;
	}
}
