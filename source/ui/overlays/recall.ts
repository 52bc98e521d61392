// Finds a text that was sent from this input before, to write it again.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeText} from '../text/safe.ts';
import {paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';

/** `sent`, newest first. */
export function recallOverlay(sent: readonly string[], query = '', chosen = 0): Overlay {
	const fits = sent.filter(text => text.toLowerCase().includes(query.toLowerCase()));
	return {
		title: catalogue.search.sentBefore,
		hint: catalogue.search.sentBeforeHint,
		query,
		ask: text => recallOverlay(sent, text),
		rows(size) {
			if (fits.length === 0)
				return paragraph(
					query === '' ? catalogue.search.nothingSent : catalogue.search.nothingSentLikeThat,
					size.width,
					'muted',
				);
			return choiceRows(fits, chosen, text => [span(safeText(text, {newlines: false}))], size);
		},
		take(key, screen) {
			const step = key === 'ctrl-r' ? 'down' : key;
			const next = moved(chosen, step, fits.length);
			if (next !== undefined) screen.show(recallOverlay(sent, query, next));
			const text = fits[chosen];
			if (key === 'enter' && text !== undefined) {
				screen.show(undefined);
				screen.write(text);
			}

			return key === 'enter' || next !== undefined;
		},
	};
}
