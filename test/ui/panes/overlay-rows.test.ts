// An overlay as rows: what stands before what is typed, and how much room there is below.
import test from 'ava';
import {overlayRows} from '../../../source/ui/panes/overlay-rows.ts';
import {passwordOverlay} from '../../../source/ui/overlays/password-overlay.ts';
import {recallOverlay} from '../../../source/ui/overlays/recall.ts';
import {type Overlay} from '../../../source/ui/screen-controls.ts';

const textOf = (overlay: Overlay, width: number, height: number) =>
	overlayRows(overlay, {width, height}).rows.map(row => row.map(({text}) => text).join(''));

test('a password is not asked for as if something was searched, nor with empty rows below it', t => {
	const rows = textOf(passwordOverlay(), 60, 20);
	t.regex(rows[1] ?? '', /^│ │? ?> +│$|^│ > +│$/);
	t.is(rows.length, 4, rows.join('\n'));
	t.regex(textOf(passwordOverlay(), 20, 5)[1] ?? '', /^> /);
});

test('what looks for something has the sign of a search, and room for what is found', t => {
	const rows = textOf(recallOverlay(['one'], 'o'), 60, 20);
	t.regex(rows[1] ?? '', /\/ o +│$/);
	t.is(rows.length, 9, rows.join('\n'));
});
