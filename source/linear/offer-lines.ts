// Files that are offered, in lines: as the message that it is, and as one of a list.
import {type Snapshot, transferKey} from '../client/snapshot.ts';
import {type OfferMessage, fileName, offerState, offerWords} from '../ui/panes/offer-state.ts';
import {sizeText} from '../ui/text/file-size.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** How it stands with a file, as one of a list. */
export function fileLine(message: OfferMessage, transfers?: Snapshot['transfers']): string {
	const state = offerState(message, transfers?.get(transferKey({...message, message})));
	return catalogue.offeredFiles.line(
		fileName(message),
		sizeText(message.file.size),
		offerWords(message, state).replaceAll(' · ', ', '),
	);
}

/** A message that offers a file. `head`: its author, and what stands behind that. */
export function offerLine(message: OfferMessage, head: string): string {
	const {fileOffered, fileOfferedByYou} = catalogue.linear;
	const say = message.direction === 'in' ? fileOffered : fileOfferedByYou;
	return say(head, fileName(message), sizeText(message.file.size));
}
