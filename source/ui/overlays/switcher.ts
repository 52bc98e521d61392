// Opens a conversation by some letters of its name.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Contact, talkWith} from '../../client/snapshot.ts';
import {presenceOf} from '../panes/presence.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeName} from '../text/safe.ts';
import {paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';
import {matching} from './match.ts';

export function switcherOverlay(contacts: readonly Contact[], query = '', chosen = 0): Overlay {
	const fits = matching(contacts, query);
	return {
		title: catalogue.search.goTo,
		hint: catalogue.search.goToHint,
		query,
		ask: text => switcherOverlay(contacts, text),
		rows(size) {
			if (fits.length === 0) return paragraph(catalogue.search.nobodyCalledThat, size.width, 'muted');
			return choiceRows(
				fits,
				chosen,
				contact => {
					const {name, unread} = contact;
					const {glyph, role} = presenceOf(contact);
					const count = unread > 0 ? [span(`  ${catalogue.search.unread(unread)}`, 'unread')] : [];
					return [span(`${glyph} `, role), span(safeName(name)), ...count];
				},
				size,
			);
		},
		take(key, screen) {
			const next = moved(chosen, key, fits.length);
			if (next !== undefined) screen.show(switcherOverlay(contacts, query, next));
			const contact = fits[chosen];
			if (key === 'enter' && contact !== undefined) screen.open(talkWith(contact.name));
			return key === 'enter' || next !== undefined;
		},
	};
}
