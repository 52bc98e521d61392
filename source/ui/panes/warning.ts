// What stands above the command line while a contact's identity key is not the one that was pinned.
import {safeName} from '../text/safe.ts';
import {wrap} from '../text/wrap.ts';
import {type Row, fitRow, span} from '../widgets/spans.ts';

export function warningRows(name: string, width: number): Row[] {
	const peer = safeName(name);
	const words = `Nothing is sent: ${peer} has another identity key than before. A new device does that, and so does somebody who stands between you. /verify shows the number to compare with ${peer}; /trust takes the new key without comparing.`;
	return [
		fitRow([span(` THE KEY OF ${peer} HAS CHANGED`, 'danger')], width),
		...wrap(words, width).map(line => fitRow([span(line)], width)),
	];
}
