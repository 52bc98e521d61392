// Presence as a glyph and a colour.
import {type Contact} from '../../client/snapshot.ts';
import {type ThemeRole} from '../theme.ts';

type PresenceMark = {readonly glyph: string; readonly role: ThemeRole};

export const PRESENCE: Readonly<Record<Contact['presence'], PresenceMark>> = {
	online: {glyph: '●', role: 'online'},
	offline: {glyph: '○', role: 'offline'},
	unknown: {glyph: '?', role: 'muted'},
};

/** Nobody but a keeper is there. */
const KEEPER: PresenceMark = {glyph: '◉', role: 'online'};

/** Of a contact: blocked, a stranger or away comes before online and offline. */
export function presenceOf(contact: Contact): PresenceMark {
	const {blocked, request, away, presence, onlyKeeper} = contact;
	if (blocked) return {glyph: '⊘', role: 'danger'};
	if (request === true) return {glyph: '+', role: 'warning'};
	if (presence === 'unknown' && isInSession(contact)) return PRESENCE.online;
	if (presence === 'online' && onlyKeeper === true) return KEEPER;
	return away !== undefined && presence === 'online' ? {glyph: '◐', role: 'offline'} : PRESENCE[presence];
}

/** Messages reach the contact directly, whatever the directory knows of them. */
export function isInSession({path}: Pick<Contact, 'path'>): boolean {
	return path.kind === 'lan' || path.kind === 'direct';
}
