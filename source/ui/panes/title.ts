// The line above a conversation: who it is, whether they are who they say, how messages travel, and whether they are there.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Contact, lastKnown, pathWords, shortPathWords} from '../../client/snapshot.ts';
import {nameRole} from '../name-colours.ts';
import {safeName, safeText} from '../text/safe.ts';
import {truncate, widthOf} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';
import {durationText, oneLine} from './about-message.ts';
import {isInSession, presenceOf} from './presence.ts';

/** Cells under which only what matters most is told. */
const NARROW = 60;
/** Cells that a name keeps. */
const LEAST_NAME = 4;

export type TitleState = {
	/** Local ms. */
	readonly now: number;
	/** There are no notifications of the contact. */
	readonly isMuted: boolean;
};

export function titleRow(contact: Contact | undefined, width: number, {now, isMuted}: TitleState): ScreenRow {
	if (contact === undefined) return fitRow([span('simchat', 'title')], width);
	const {glyph, role} = presenceOf({...contact, blocked: false});
	const marks = [
		...identity(contact),
		...(isMuted && width >= NARROW ? [span(`  ${catalogue.title.muted}`, 'muted')] : []),
	];
	// A long name is cut for what says whether it is who it says.
	// A nickname is not to pass for somebody's name.
	const {nickname} = contact;
	const called =
		nickname === undefined
			? safeName(contact.name)
			: catalogue.title.nickname(safeName(contact.name), oneLine(nickname));
	const name = truncate(called, Math.max(LEAST_NAME, width - rowWidth(marks)));
	const left = [span(name, nameRole(contact.name)), ...marks];
	const here = [span(glyph, role), span(` ${hereWords(contact, width < NARROW)}`, role)];
	const {timer: set} = contact.agreed ?? {};
	const timer = set === undefined || width < NARROW ? '' : `   ◔ ${durationText(Number(set.value))}`;
	const path = pathPart(contact, now, width - rowWidth([...left, ...here]) - widthOf(timer), width < NARROW);
	const full = [...left, ...path, span(timer, 'muted')];
	return spread(
		width < NARROW ? full : [...full, ...pinned(contact, width - rowWidth([...full, ...here]))],
		here,
		width,
	);
}

/** Cells in front of the path. */
const GAP = '   ';

/** How messages travel, in as many words as there is room for. On a narrow screen only that they do not. */
function pathPart({path, name}: Contact, now: number, room: number, isNarrow: boolean): ScreenRow {
	const isWell = path.kind === 'lan' || path.kind === 'direct';
	if (isNarrow && isWell) return [];
	const forms = [
		safeText(pathWords(lastKnown(path), safeName(name), now), {newlines: false}),
		shortPathWords(path, now),
	];
	const fitting = forms.slice(isNarrow ? 1 : 0).find(words => GAP.length + widthOf(words) < room);
	return fitting === undefined || fitting === ''
		? []
		: [span(`${GAP}${fitting}`, lastKnown(path).kind === 'no-way' ? 'danger' : 'muted')];
}

/** Cells that the words of what is pinned need at least, beside what is in front of them. */
const LEAST_PINNED = 8;

/** In what room is left. */
function pinned({agreed}: Contact, room: number): ScreenRow {
	const text = agreed?.pin?.message?.text;
	const used = widthOf(pinnedWords(''));
	if (text === undefined || room < used + LEAST_PINNED) return [];
	return [span(pinnedWords(truncate(oneLine(text), room - used - 2)), 'muted')];
}

function pinnedWords(text: string): string {
	return `${GAP}${catalogue.title.pinned(text)}`;
}

/** Cells of why somebody is away. */
const AWAY = 24;

function hereWords(contact: Contact, isNarrow: boolean): string {
	const {presence, away, request, onlyKeeper} = contact;
	const words = catalogue.title;
	if (request === true) return words.wantsToTalk;
	if (presence === 'online' && onlyKeeper === true) return isNarrow ? words.keeper : words.onlyKeeper;
	if (presence === 'online' && away !== undefined) return words.away(truncate(oneLine(away), AWAY));
	if (presence !== 'unknown') return words[presence];
	if (isInSession(contact)) return words.connected;
	return isNarrow ? words.unknown : words.presenceUnknown;
}

function identity({identity: state, blocked}: Contact): ScreenRow {
	const words = catalogue.title;
	if (blocked) return [span(`  ⊘ ${words.blocked}`, 'danger')];
	if (state === 'verified') return [span(`  ✓ ${words.verified}`, 'verified')];
	if (state === 'changed') return [span(`  ! ${words.keyChanged}`, 'danger')];
	return state === 'pinned' ? [span(`  ${words.notVerified}`, 'muted')] : [];
}
