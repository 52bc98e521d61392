// A link for one more device, while it is good: as text and as a code that a camera reads, and what comes of it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type DeviceLinkState} from '../../client/snapshot.ts';
import {qrRows} from '../../content/qr.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {deviceLabel} from '../panes/device-news.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, emptyRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';

/** `text` holds the secret. `expires`: local ms. */
type Link = {
	readonly text: string;
	readonly number: number;
	readonly expires: number;
	readonly role: 'device' | 'keeper';
	/** Local ms, when it was made. */
	readonly since: number;
	/** What is shown afterwards. */
	readonly back: (screen: ScreenControls) => void;
};

/** Makes the link. Throws ClientError as OwnDevices.offer does. */
export function linkOverlay(screen: ScreenControls, role: Link['role'], back: Link['back']): Overlay {
	const {link: text, ...made} = screen.client.devices.offer(role);
	return overlayOf(screen, {...made, text, role, since: screen.now(), back});
}

function overlayOf(screen: ScreenControls, link: Link): Overlay {
	const words = catalogue.devices;
	const state = stateOf(screen, link);
	const isGood = state?.kind === 'open';
	return {
		title: link.role === 'keeper' ? words.addKeeperTitle : words.addTitle,
		hint: isGood ? words.addHint : words.addedHint,
		needsAll: true,
		since: isGood ? link.since : undefined,
		renew: renewed => overlayOf(renewed, link),
		rows: size => {
			const left = link.expires - screen.now();
			if (isGood && left > 0) return openRows(link, state, {...size, left});
			if (state?.kind === 'joined') {
				const said = paragraph(sentence(words.joined(deviceLabel(state))), size.width, 'online');
				return [...said, ...paragraph(words.copiesWhileOn, size.width, 'muted')].slice(0, size.height);
			}

			const reason = isGood ? 'late' : state === undefined ? 'replaced' : state.reason;
			return paragraph(sentence(words.over[reason]), size.width, 'danger');
		},
		take(key, controls) {
			if (key === 'y' && isGood) controls.copy(link.text);
			if (key === 'escape' || key === 'ctrl-c' || key === 'enter') {
				controls.client.devices.closeOffer(link.number);
				link.back(controls);
			}

			// A letter that closed it would leave a link that nobody sees.
			return Array.from(key).length === 1 || ['escape', 'ctrl-c', 'enter'].includes(key);
		},
	};
}

/** Undefined once another link was made in its place. */
function stateOf(screen: ScreenControls, {number}: Link): DeviceLinkState | undefined {
	const link = screen.client.snapshot().devices?.link;
	return link?.number === number ? link : undefined;
}

/** The link comes first, whole or not at all; then how long it is good, what to do with it, and its code where there is room. */
function openRows(
	{text, role}: Link,
	state: DeviceLinkState & {kind: 'open'},
	{width, height, left}: {readonly width: number; readonly height: number; readonly left: number},
): readonly ScreenRow[] {
	const words = catalogue.devices;
	const time = paragraph(words.timeLeft(minutes(left)), width, 'title');
	const tries = state.left === undefined ? [] : paragraph(words.wrongTries(state.left), width, 'danger');
	const parts = Array.from({length: Math.ceil(text.length / width)}, (_, at) =>
		text.slice(at * width, (at + 1) * width),
	);
	const link = parts.map(part => fitRow([span(part)], width));
	if (link.length + time.length + tries.length > height) {
		return firstRows([...paragraph(words.tooSmall, width, 'warning'), ...tries, ...time], width, height);
	}

	const said = paragraph(role === 'keeper' ? words.addKeeperWords : words.addWords, width, 'muted');
	const rows = [...tries, ...link, emptyRow, ...time, emptyRow, ...said];
	const code = qrRows(text);
	const hasCode = (code[0]?.length ?? 0) <= width && rows.length + 1 + code.length <= height;
	if (hasCode) return [...rows, emptyRow, ...code.map(row => fitRow([span(row, 'qr')], width))];
	return rows.length <= height ? rows : [...tries, ...link, ...time];
}

/** `9:59` of so many ms. */
function minutes(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
