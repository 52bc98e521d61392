// The line above the composer: what just happened, else what is unread elsewhere, what waits to be sent, and the connection.
import {type Connection, type ConnectionProblem, type Contact, type Snapshot} from '../../client/snapshot.ts';
import {safeName, safeText} from '../text/safe.ts';
import {type Row, type Span, fitRow, pinned, span} from '../widgets/spans.ts';
import {mentionCount} from './mention-count.ts';

export const PROBLEMS: Readonly<Record<ConnectionProblem, string>> = {
	unreachable: 'server out of reach',
	timeout: 'server does not answer',
	closed: 'connection gone',
	busy: 'server busy',
	shutdown: 'server is being stopped',
	protocol: 'server not understood',
	displaced: 'signed in elsewhere',
	removed: 'the account is gone',
	credentials: 'the password is not the account’s any more',
	identity: 'the account belongs to another device now',
	'server-key': 'SOMEBODY ELSE MAY BE ANSWERING IN PLACE OF THE SERVER',
};

export type StatusState = {
	readonly open: string | undefined;
	readonly notice: string;
	/** Messages below the page on show. */
	readonly below: number;
	readonly isRoomy: boolean;
};

export function statusRow(snapshot: Snapshot, {open, notice, below, isRoomy}: StatusState, width: number): Row {
	if (notice !== '') return fitRow([span(safeText(notice, {newlines: false}), 'warning')], width);
	const left = leftPart(snapshot, open, below);
	const parts: Row[] = [];
	const elsewhere = snapshot.contacts.filter(({name, unread}) => unread > 0 && name !== open);
	if (elsewhere.length > 0) parts.push(elsewhereSpans(snapshot, elsewhere));
	let outbox = 0;
	for (const contact of snapshot.contacts) outbox += contact.outbox;
	if (outbox > 0 || isRoomy) parts.push([span(`outbox ${outbox}`, 'muted')]);
	parts.push([connectionSpan(snapshot.connection)]);
	const shown: Row = left.length === 0 && isRoomy ? [span('F1 help', 'muted')] : left;
	const right = parts.flatMap((part, index) => (index === 0 ? part : [span('  '), ...part]));
	return shown.length === 0 ? fitRow(right, width) : pinned(shown, [span('  '), ...right], width);
}

function leftPart({contacts}: Snapshot, open: string | undefined, below: number): Row {
	const left: Span[] = [];
	if (below > 0) left.push(span(`↓ ${below} below (End)  `, 'unread'));
	const peer = contacts.find(({name}) => name === open);
	if (peer?.typing === true) left.push(span(`${safeName(peer.name)} is typing…`, 'muted'));
	return left;
}

/** The first of those with unread messages, a mention before all others. */
function elsewhereSpans(snapshot: Snapshot, contacts: readonly Contact[]): Row {
	const marked = contacts.map(contact => ({name: safeName(contact.name), mentions: mentionCount(snapshot, contact)}));
	const first = marked.find(({mentions}) => mentions > 0) ?? marked[0];
	const mark = first !== undefined && first.mentions > 0 ? `(@${first.mentions})` : '';
	return [span(`unread ${contacts.length}: ${first?.name ?? ''}${mark}`, 'unread')];
}

function connectionSpan(connection: Connection): Span {
	switch (connection.state) {
		case 'online':
			return span('● connected', 'muted');
		case 'connecting':
			return span('◌ connecting', 'warning');
		case 'waiting':
			return span(`◌ ${PROBLEMS[connection.problem]}, trying again`, 'warning');
		case 'stopped':
			return span(`! ${PROBLEMS[connection.problem]}`, 'danger');
		default:
			return span('signed out', 'warning');
	}
}
