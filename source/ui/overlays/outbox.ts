// The person's messages that are not delivered yet: to whom, since when and why; and what can be done about each.
import {catalogue} from '../../catalogue/catalogue.ts';
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
		title: catalogue.outbox.title(waiting.length),
		hint: catalogue.outbox.hint,
		rows(size) {
			if (waiting.length === 0) return paragraph(catalogue.outbox.allDelivered, size.width, 'muted');
			return choiceRows(
				waiting,
				at,
				each => [
					span(GLYPHS[each.state], each.state === 'failed' ? 'danger' : 'muted'),
					span(` ${safeName(otherIn(each.conversation))}`, nameRole(otherIn(each.conversation))),
					span(`  ${waitingWords(each, now)}  `, 'muted'),
					span(oneLine(each.text)),
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

/** Since when a message waits, and why it failed. */
function waitingWords({time, reason}: Pick<Message, 'time' | 'reason'>, now: number): string {
	const since = `${dayText(time, now)} ${clockText(time)}`;
	return reason === undefined ? since : catalogue.outbox.failed(since, catalogue.outbox.reasons[reason]);
}

/** What can be done about one message; afterwards the outbox is shown again. */
function messageOverlay(message: Message, now: number, at: number): Overlay {
	const {conversation, id, text} = message;
	const back = (screen: ScreenControls) => screen.show(outboxOverlay(screen.client.outbox(), now, at));
	const choice = undelivered(message);
	const choices: Choice[] = [{label: catalogue.decisions.goToIt, act: screen => screen.reveal(conversation, id)}];
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
		title: catalogue.outbox.oneTitle,
		words: catalogue.decisions.undelivered(quote(text), safeName(otherIn(conversation))),
		keep: catalogue.decisions.leaveIt,
		choices,
	});
}
