// The questions before something that cannot be undone is done to a message or a key.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Message, otherIn} from '../../client/snapshot.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {oneLine} from '../panes/about-message.ts';
import {safeName, safeText} from '../text/safe.ts';
import {type Choice, confirmOverlay} from './confirm.ts';

/** UTF-16 units of a message that a question quotes. */
const QUOTE = 60;

export function quote(text: string): string {
	const line = oneLine(text);
	return catalogue.conversation.quoted(line.length > QUOTE ? `${line.slice(0, QUOTE).toWellFormed()}…` : line);
}

export function deleteQuestion({conversation, id, text, reason}: Message): Overlay {
	// What was taken back before it left is here alone.
	const isHereAlone = reason === 'cancelled';
	const words = catalogue.decisions;
	const label = isHereAlone ? words.deleteIt : words.deleteItBoth;
	return confirmOverlay({
		words: isHereAlone ? words.deleteHere(quote(text)) : words.deleteBoth(quote(text), safeName(otherIn(conversation))),
		keep: words.keepIt,
		choices: [{label, act: ({client}) => client.erase(conversation, id)}],
	});
}

/** What can be done about an own message that is not delivered; undefined when nothing can. */
export function undelivered({direction, state, id}: Message): Choice | undefined {
	if (direction === 'out' && state === 'failed') {
		return {label: catalogue.decisions.sendAgain, act: ({client}) => client.retry(id)};
	}

	if (direction === 'out' && (state === 'queued' || state === 'sent'))
		return {label: catalogue.decisions.takeBack, act: takeBack(id)};
	return undefined;
}

function takeBack(id: string) {
	return (screen: ScreenControls) => {
		if (!screen.client.cancel(id)) screen.tell(catalogue.notices.onlyWaiting);
	};
}

export function undeliveredQuestion({conversation, text}: Message, choice: Choice): Overlay {
	return confirmOverlay({
		words: catalogue.decisions.undelivered(quote(text), safeName(otherIn(conversation))),
		keep: catalogue.decisions.leaveIt,
		choices: [choice],
	});
}

export function trustQuestion(name: string): Overlay {
	const act = (screen: ScreenControls) => {
		screen.client.trust(name);
		screen.tell(catalogue.notices.trusted(name));
	};
	return confirmOverlay({
		words: catalogue.decisions.trust(safeName(name)),
		keep: catalogue.decisions.doNotTrust,
		choices: [{label: catalogue.decisions.trustNewKey, act}],
	});
}

export function linkQuestion(url: string, open: () => boolean): Overlay {
	const act = (screen: ScreenControls) =>
		screen.tell(open() ? catalogue.notices.opening(url) : catalogue.notices.noOpener);
	return confirmOverlay({
		words: catalogue.decisions.openLink(safeText(url, {newlines: false})),
		keep: catalogue.decisions.doNotOpen,
		choices: [{label: catalogue.decisions.openIt, act}],
	});
}
