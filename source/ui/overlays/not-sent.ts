// Why a message is not sent while something about the other must be decided first, and the ways to decide. The draft stays.
import {type Overlay} from '../screen-controls.ts';
import {safeName} from '../text/safe.ts';
import {confirmOverlay} from './confirm.ts';
import {trustQuestion} from './questions.ts';
import {verifyOverlay} from './verify.ts';

const KEEP = 'Go on writing';

/** The identity key of `name` is another than before. */
export function keyRefusal(name: string): Overlay {
	const peer = safeName(name);
	return confirmOverlay({
		title: `Not sent: the key of ${peer} has changed`,
		words: `Nothing is sent to ${peer} until you decide about the new key. What you wrote stays in the input.`,
		keep: KEEP,
		choices: [
			{
				label: 'Compare the safety number',
				act: screen => screen.show(verifyOverlay(name, screen.client.safetyNumber(name))),
			},
			{label: 'Trust the new key without comparing', act: screen => screen.show(trustQuestion(name))},
		],
	});
}

/** `name` is a stranger who wrote first. */
export function requestRefusal(name: string): Overlay {
	const peer = safeName(name);
	return confirmOverlay({
		title: `Not sent: ${peer} is not in your list`,
		words: `They learn nothing from you until you decide. What you wrote stays in the input.`,
		keep: KEEP,
		choices: [
			{
				label: `Accept ${peer}`,
				act(screen) {
					screen.client.accept(name);
					screen.tell(`you accepted ${name}: Enter sends`);
				},
			},
			{
				label: `Block ${peer}`,
				act(screen) {
					screen.client.block(name, true);
					screen.tell(`you blocked ${name}`);
				},
			},
		],
	});
}
