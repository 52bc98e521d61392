// Search in messages, of the open conversation or of all.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ConversationId, type Message, otherIn} from '../../client/snapshot.ts';
import {nameRole} from '../name-colours.ts';
import {type Overlay, type ScreenClient, type ScreenControls} from '../screen-controls.ts';
import {safeName, safeText} from '../text/safe.ts';
import {clockText, dayText} from '../text/time.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';

/** Results at most: more letters find fewer. */
const LIMIT = 50;
/** Characters shown before the found word. */
const CONTEXT = 24;

type Search = {
	/** Undefined: in all conversations. */
	readonly conversation: ConversationId | undefined;
	readonly query: string;
	readonly found: readonly Message[];
	readonly chosen: number;
};

/** What `query` finds, newest first. */
export function searchOverlay(screen: ScreenControls, conversation: ConversationId | undefined, query = ''): Overlay {
	return overlayOf({conversation, query, found: lookUp(screen.client, conversation, query), chosen: 0});
}

function lookUp(client: ScreenClient, conversation: ConversationId | undefined, query: string): readonly Message[] {
	return query.trim() === ''
		? []
		: client.find(query.trim(), {limit: LIMIT, ...(conversation === undefined ? {} : {conversation})});
}

function overlayOf(search: Search): Overlay {
	const {conversation, query, found, chosen} = search;
	const words = catalogue.search;
	return {
		title: conversation === undefined ? words.everywhere : words.here(safeName(otherIn(conversation))),
		hint: conversation === undefined ? words.everywhereHint : words.hereHint,
		query,
		ask: (text, screen) => searchOverlay(screen, conversation, text),
		rows(size) {
			if (query.trim() === '') return [];
			if (found.length === 0) return paragraph(words.nothingFound, size.width, 'muted');
			return choiceRows(found, chosen, message => foundRow(message, query.trim(), size.width), size);
		},
		take(key, screen) {
			const next = moved(chosen, key, found.length);
			if (next !== undefined) screen.show(overlayOf({...search, chosen: next}));
			if (key === 'tab')
				screen.show(searchOverlay(screen, conversation === undefined ? screen.conversation : undefined, query));
			const message = found[chosen];
			if (key === 'enter' && message !== undefined) screen.reveal(message.conversation, message.id);
			return key === 'enter' || key === 'tab' || next !== undefined;
		},
	};
}

function foundRow({conversation, direction, time, text}: Message, query: string, width: number): ScreenRow {
	const line = safeText(text, {newlines: false});
	const at = line.toLowerCase().indexOf(query.toLowerCase());
	const start = at > CONTEXT ? at - CONTEXT : 0;
	const shown = start > 0 ? `…${line.slice(start).toWellFormed()}` : line;
	const other = otherIn(conversation);
	const who = direction === 'out' ? catalogue.search.to(safeName(other)) : safeName(other);
	return [
		span(`${dayText(time)} ${clockText(time)}  `, 'muted'),
		span(`${who}  `, direction === 'out' ? 'self' : nameRole(other)),
		span(truncate(shown, width)),
	];
}
