// Why a message is not sent while something about the other must be decided first, and the ways to decide. The draft stays.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeName} from '../text/safe.ts';
import {confirmOverlay} from './confirm.ts';
import {trustQuestion} from './questions.ts';
import {verifyOverlay} from './verify.ts';

/** The identity key of `name` is another than before. */
export function keyRefusal(name: string): Overlay {
	const peer = safeName(name);
	const words = catalogue.decisions;
	return confirmOverlay({
		title: words.keyRefusalTitle(peer),
		words: words.keyRefusal(peer),
		keep: words.goOnWriting,
		choices: [
			{
				label: words.compare,
				act: screen => screen.show(verifyOverlay(name, screen.client.safetyNumber(name))),
			},
			{label: words.trustWithoutComparing, act: screen => screen.show(trustQuestion(name))},
		],
	});
}

/** `name` is a stranger who wrote first. */
export function requestRefusal(name: string): Overlay {
	const peer = safeName(name);
	const words = catalogue.decisions;
	return confirmOverlay({
		title: words.strangerRefusalTitle(peer),
		words: words.strangerRefusal,
		keep: words.goOnWriting,
		choices: [
			{
				label: words.accept(peer),
				act(screen) {
					screen.client.accept(name);
					screen.tell(catalogue.notices.acceptedEnterSends(name));
				},
			},
			{
				label: words.block(peer),
				act(screen) {
					screen.client.block(name, true);
					screen.tell(catalogue.notices.blocked(name));
				},
			},
		],
	});
}
