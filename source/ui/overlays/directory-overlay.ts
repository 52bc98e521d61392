// Names that the directory knows, to take into the list.
import {catalogue} from '../../catalogue/catalogue.ts';
import {talkWith} from '../../client/snapshot.ts';
import {type DirectoryName} from '../panes/list-entries.ts';
import {PRESENCE} from '../panes/presence.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeName, safeText} from '../text/safe.ts';
import {span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';

type Found = {
	readonly names: readonly DirectoryName[];
	readonly more: boolean;
};

export function directoryOverlay(prefix: string, found: Found, chosen = 0): Overlay {
	const {names, more} = found;
	const words = catalogue.contacts;
	return {
		title: titleOf(safeText(prefix, {newlines: false}), more),
		hint: words.directoryHint,
		rows: size =>
			choiceRows(
				names,
				chosen,
				({name, online}) => {
					const {glyph, role} = PRESENCE[online ? 'online' : 'offline'];
					return [span(`${glyph} `, role), span(safeName(name))];
				},
				size,
			),
		take(key, screen) {
			const next = moved(chosen, key, names.length);
			if (next !== undefined) screen.show(directoryOverlay(prefix, found, next));
			const entry = names[chosen];
			if (key === 'enter' && entry !== undefined) screen.open(talkWith(screen.client.addContact(entry.name)));
			return key === 'enter' || next !== undefined;
		},
	};
}

/** Without a `prefix` they are all there are. */
function titleOf(prefix: string, more: boolean): string {
	const words = catalogue.contacts;
	if (prefix === '') return more ? words.directoryAllFirst : words.directoryAll;
	return (more ? words.directoryFirst : words.directory)(prefix);
}
