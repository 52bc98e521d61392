// The questions before something that cannot be undone is done to a message or a key.
import {type Message, otherIn} from '../../client/snapshot.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {oneLine} from '../panes/about-message.ts';
import {safeName, safeText} from '../text/safe.ts';
import {type Choice, confirmOverlay} from './confirm.ts';

/** UTF-16 units of a message that a question quotes. */
const QUOTE = 60;

export function quote(text: string): string {
	const line = oneLine(text);
	return line.length > QUOTE ? `“${line.slice(0, QUOTE).toWellFormed()}…”` : `“${line}”`;
}

export function deleteQuestion({conversation, id, text, reason}: Message): Overlay {
	// What was taken back before it left is here alone.
	const isHereAlone = reason === 'cancelled';
	const where = isHereAlone ? 'here' : `here and on the disk of ${safeName(otherIn(conversation))}`;
	const label = isHereAlone ? 'Delete it' : 'Delete it on both sides';
	return confirmOverlay({
		words: `Delete ${quote(text)} ${where}?`,
		keep: 'Keep it',
		choices: [{label, act: ({client}) => client.erase(conversation, id)}],
	});
}

/** What can be done about an own message that is not delivered; undefined when nothing can. */
export function undelivered({direction, state, id}: Message): Choice | undefined {
	if (direction === 'out' && state === 'failed') {
		return {label: 'Send it again', act: ({client}) => client.retry(id)};
	}

	if (direction === 'out' && (state === 'queued' || state === 'sent'))
		return {label: 'Take it back', act: takeBack(id)};
	return undefined;
}

function takeBack(id: string) {
	return (screen: ScreenControls) => {
		if (!screen.client.cancel(id)) screen.tell('only what still waits can be taken back');
	};
}

export function undeliveredQuestion({conversation, text}: Message, choice: Choice): Overlay {
	return confirmOverlay({
		words: `${quote(text)} to ${safeName(otherIn(conversation))}`,
		keep: 'Leave it as it is',
		choices: [choice],
	});
}

export function trustQuestion(name: string): Overlay {
	const act = (screen: ScreenControls) => {
		screen.client.trust(name);
		screen.tell(`the new key of ${name} is trusted without comparing`);
	};
	return confirmOverlay({
		words: `Trust the new key of ${safeName(name)} without comparing it? Until you compare, you are trusting the server about who ${safeName(name)} is. /verify shows the number to compare.`,
		keep: 'Do not trust it yet',
		choices: [{label: 'Trust the new key', act}],
	});
}

export function linkQuestion(url: string, open: () => boolean): Overlay {
	const act = (screen: ScreenControls) =>
		screen.tell(open() ? `opening ${url}` : 'no program here opens links: y copies it');
	return confirmOverlay({
		words: `Open ${safeText(url, {newlines: false})} outside of simchat?`,
		keep: 'Do not open it',
		choices: [{label: 'Open it', act}],
	});
}
