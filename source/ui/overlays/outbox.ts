// Own messages that are on no other disk yet: to whom, since when, and why; sent again or taken back from here.
import {type Message} from '../../client/snapshot.ts';
import {type Desk} from '../desk.ts';
import {oneLine} from '../panes/about-message.ts';
import {GLYPHS} from '../panes/message-rows.ts';
import {safeName} from '../text/safe.ts';
import {clockText, dayText} from '../text/time.ts';
import {paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';
import {type Overlay} from './overlay.ts';

/** `waiting`, oldest first. */
export function outboxOverlay(waiting: readonly Message[], now: number, chosen = 0): Overlay {
	const at = Math.max(0, Math.min(chosen, waiting.length - 1));
	const message = waiting[at];
	return {
		title: `Outbox: ${waiting.length}`,
		hint: '↑ ↓, Enter goes there, s sends again, x takes back, Esc closes',
		rows(frame) {
			if (waiting.length === 0) return paragraph('everything has been delivered', frame.width, 'muted');
			return choiceRows(
				waiting,
				at,
				({peer, time, text, state, reason}, isChosen) => [
					span(GLYPHS[state], state === 'failed' ? 'danger' : 'muted'),
					span(` ${safeName(peer)}`, isChosen ? 'selected' : 'peer'),
					span(`  ${dayText(time, now)} ${clockText(time)}${reason === undefined ? '' : `, ${reason}`}  `, 'muted'),
					span(oneLine(text)),
				],
				frame,
			);
		},
		take(key, desk) {
			const next = moved(at, key, waiting.length);
			if (next !== undefined) desk.show(outboxOverlay(waiting, now, next));
			else if (message !== undefined && !act(key, message, desk)) return false;
			else if (message !== undefined && key !== 'enter') desk.show(outboxOverlay(desk.client.outbox(), now, at));
			return next !== undefined || message !== undefined;
		},
	};
}

function act(key: string, {peer, id, state}: Message, desk: Desk): boolean {
	if (key === 'enter') desk.reveal(peer, id);
	else if (key === 's' && state === 'failed') desk.client.retry(id);
	else if (key === 's') desk.tell('only what failed is sent again');
	else if (key === 'x' && !desk.client.cancel(id)) desk.tell('only what still waits is taken back');
	return ['enter', 's', 'x'].includes(key);
}
