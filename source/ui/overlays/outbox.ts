// The person's messages that are not delivered yet: to whom, since when and why; and what can be done about each.
import {type Message, otherIn} from '../../client/snapshot.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {oneLine} from '../panes/about-message.ts';
import {nameRole} from '../name-colours.ts';
import {GLYPHS} from '../panes/message-rows.ts';
import {safeName} from '../text/safe.ts';
import {clockText, dayText} from '../text/time.ts';
import {paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';
import {type Choice, confirmOverlay} from './confirm.ts';
import {quote, undelivered} from './questions.ts';

/** `waiting`, oldest first. */
export function outboxOverlay(waiting: readonly Message[], now: number, chosen = 0): Overlay {
	const at = Math.max(0, Math.min(chosen, waiting.length - 1));
	const message = waiting[at];
	return {
		title: `Outbox: ${waiting.length}`,
		hint: '↑ ↓ choose · Enter shows what to do · Esc closes',
		rows(size) {
			if (waiting.length === 0) return paragraph('Everything has been delivered.', size.width, 'muted');
			return choiceRows(
				waiting,
				at,
				({conversation, time, text, state, reason}) => [
					span(GLYPHS[state], state === 'failed' ? 'danger' : 'muted'),
					span(` ${safeName(otherIn(conversation))}`, nameRole(otherIn(conversation))),
					span(`  ${dayText(time, now)} ${clockText(time)}${reason === undefined ? '' : `, ${reason}`}  `, 'muted'),
					span(oneLine(text)),
				],
				size,
			);
		},
		take(key, screen) {
			const next = moved(at, key, waiting.length);
			if (next !== undefined) screen.show(outboxOverlay(waiting, now, next));
			if (key === 'enter' && message !== undefined) screen.show(messageOverlay(message, now, at));
			return next !== undefined || (key === 'enter' && message !== undefined);
		},
	};
}

/** What can be done about one message; afterwards the outbox is shown again. */
function messageOverlay(message: Message, now: number, at: number): Overlay {
	const {conversation, id, text} = message;
	const back = (screen: ScreenControls) => screen.show(outboxOverlay(screen.client.outbox(), now, at));
	const choice = undelivered(message);
	const choices: Choice[] = [{label: 'Go to it', act: screen => screen.reveal(conversation, id)}];
	if (choice !== undefined) {
		choices.push({
			...choice,
			act(screen) {
				choice.act(screen);
				back(screen);
			},
		});
	}

	return confirmOverlay({
		title: 'Outbox',
		words: `${quote(text)} to ${safeName(otherIn(conversation))}`,
		keep: 'Leave it as it is',
		choices,
	});
}
