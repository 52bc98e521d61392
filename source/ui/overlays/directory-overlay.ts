// Names that the directory knows, to take into the list.
import {PRESENCE} from '../panes/buddies.ts';
import {safeName, safeText} from '../text/safe.ts';
import {span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';
import {type Overlay} from './overlay.ts';

export type Found = {
	readonly names: ReadonlyArray<{readonly name: string; readonly online: boolean}>;
	readonly more: boolean;
};

export function directoryOverlay(prefix: string, found: Found, chosen = 0): Overlay {
	const {names, more} = found;
	return {
		title: `Directory: ${safeText(prefix, {newlines: false})}…${more ? ' (the first of many: type more of the name)' : ''}`,
		hint: 'Enter adds, Esc closes',
		rows: frame =>
			choiceRows(
				names,
				chosen,
				({name, online}, isChosen) => {
					const {glyph, role} = PRESENCE[online ? 'online' : 'offline'];
					return [span(`${glyph} `, role), span(safeName(name), isChosen ? 'selected' : 'plain')];
				},
				frame,
			),
		take(key, screen) {
			const next = moved(chosen, key, names.length);
			if (next !== undefined) screen.show(directoryOverlay(prefix, found, next));
			const entry = names[chosen];
			if (key === 'enter' && entry !== undefined) screen.open(screen.client.addContact(entry.name));
			return key === 'enter' || next !== undefined;
		},
	};
}
