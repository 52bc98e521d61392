// What lies on top of the messages: the help, a safety number, the directory's answer. As rows.
import {COMMANDS} from '../commands.ts';
import {EDIT_KEYS} from '../composer/keys.ts';
import {KEYMAP, keyLabel} from '../keymap.ts';
import {type Overlay} from '../screens/talk-state.ts';
import {safeName, safeText} from '../text/safe.ts';
import {wrap} from '../text/wrap.ts';
import {type Row, emptyRow, fitRow, span} from '../widgets/spans.ts';
import {PRESENCE} from './buddies.ts';

const KEY_COLUMN = 30;

/** At most `height` rows of `width` cells. */
export function overlayRows(overlay: Exclude<Overlay, undefined>, width: number, height: number): Row[] {
	switch (overlay.kind) {
		case 'help': {
			const rows = helpRows(width);
			const top = Math.max(0, Math.min(overlay.top, rows.length - height));
			return rows.slice(top, top + height);
		}

		case 'verify':
			return verifyRows(overlay.name, overlay.digits, width).slice(0, height);
		default: {
			const {names, chosen, more, prefix} = overlay;
			const top = Math.max(0, chosen - height + 2);
			const title = `directory: ${safeText(prefix, {newlines: false})}…${more ? ' (the first of many: type more of the name)' : ''}`;
			const list = names.slice(top, top + height - 1).map(({name, online}, index) => {
				const {glyph, role} = PRESENCE[online ? 'online' : 'offline'];
				const isChosen = top + index === chosen;
				const shown = span(safeName(name), isChosen ? 'selected' : 'plain');
				return fitRow([span(isChosen ? '›' : ' '), span(glyph, role), span(' '), shown], width);
			});
			return [fitRow([span(title, 'title')], width), ...list].slice(0, height);
		}
	}
}

/** The keys and the commands, each from its table. */
export function helpRows(width: number): Row[] {
	const keys = KEYMAP.flatMap(({keys: names, shown, help}) =>
		help === undefined ? [] : [{left: shown ?? names.map(keyLabel).join(', '), help}],
	);
	const edits = EDIT_KEYS.map(({keys: names, help}) => ({left: names.map(keyLabel).join(', '), help}));
	const commands = COMMANDS.map(({name, words, help}) => ({left: `/${name} ${words}`.trim(), help}));
	const line = ({left, help}: {left: string; help: string}) =>
		fitRow([span(left.padEnd(Math.min(KEY_COLUMN, Math.floor(width / 2))), 'title'), span(` ${help}`)], width);
	return [
		fitRow([span('Keys', 'peer'), span('   Esc closes, ↑ ↓ move', 'muted')], width),
		...keys.map(line),
		fitRow(emptyRow, width),
		fitRow([span('Editing', 'peer')], width),
		...edits.map(line),
		fitRow(emptyRow, width),
		fitRow([span('Commands', 'peer'), span('   // begins a message with a slash', 'muted')], width),
		...commands.map(line),
	];
}

function verifyRows(name: string, digits: string | undefined, width: number): Row[] {
	const peer = safeName(name);
	const paragraph = (words: string) => wrap(words, width).map(line => fitRow([span(line)], width));
	if (digits === undefined) {
		return [
			fitRow([span(`Safety number with ${peer}`, 'title')], width),
			...paragraph(`There is none before the first message: say something to ${peer} first. Esc closes.`),
		];
	}

	return [
		fitRow([span(`Safety number with ${peer}`, 'title'), span('   y: the same, Esc: close', 'muted')], width),
		fitRow(emptyRow, width),
		...groupsOf(digits.split(' '), width).map(line => fitRow([span(`  ${line}`, 'peer')], width)),
		fitRow(emptyRow, width),
		...paragraph(
			`Read it to ${peer} in person or on the telephone, or have them read theirs. The same digits: nobody stands between you, type y. Other digits: somebody may, do not write here.`,
		),
	];
}

/** Four groups a line, or as many as there is room for. */
function groupsOf(groups: readonly string[], width: number): string[] {
	const perLine = Math.max(1, Math.min(4, Math.floor((width - 2) / 6)));
	const lines: string[] = [];
	for (let at = 0; at < groups.length; at += perLine) lines.push(groups.slice(at, at + perLine).join(' '));
	return lines;
}
