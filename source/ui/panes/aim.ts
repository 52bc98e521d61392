// The line above the composer while what is written answers a message, or gives one another text.
import {type MessageName} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type Row, fitRow, span} from '../widgets/spans.ts';
import {oneLine} from './about-message.ts';

export type Aim = {
	readonly kind: 'reply' | 'edit';
	readonly peer: string;
	readonly message: MessageName;
	/** Of that message. */
	readonly text: string;
};

export function aimRow({kind, peer, message, text}: Aim, width: number): Row {
	const whom = message.direction === 'out' ? 'yourself' : safeName(peer);
	const head = kind === 'edit' ? 'Enter changes it, Esc leaves it' : `answer to ${whom}, Esc: no`;
	return fitRow([span(truncate(head, width), 'title'), span(`  ${oneLine(text)}`, 'muted')], width);
}
