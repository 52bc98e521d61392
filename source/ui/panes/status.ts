// The line above the composer: what just happened, else what is unread elsewhere, what waits to be sent, and the connection.
import {type Connection, type ConnectionProblem, type Snapshot} from '../../client/snapshot.ts';
import {type Row, type Span, fitRow, span, spread} from '../widgets/spans.ts';
import {safeName, safeText} from '../text/safe.ts';

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
	const left: Span[] = [];
	if (below > 0) left.push(span(`↓ ${below} below (End)`, 'unread'));
	const parts: Row[] = [];
	const elsewhere = snapshot.contacts.filter(({name, unread}) => unread > 0 && name !== open);
	if (elsewhere.length > 0)
		parts.push([span(`unread ${elsewhere.length}: ${safeName(elsewhere[0]?.name ?? '')}`, 'unread')]);
	let outbox = 0;
	for (const contact of snapshot.contacts) outbox += contact.outbox;
	if (outbox > 0 || isRoomy) parts.push([span(`outbox ${outbox}`, 'muted')]);
	parts.push([connectionSpan(snapshot.connection)]);
	const help: Row = left.length === 0 && isRoomy ? [span('F1 help', 'muted')] : left;
	const right = parts.flatMap((part, index) => (index === 0 ? part : [span('  '), ...part]));
	return help.length === 0 ? fitRow(right, width) : spread(help, right, width);
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
