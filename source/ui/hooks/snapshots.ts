// The client's snapshots at a pace that a screen can follow.
import {type Client} from '../../client/facade.ts';
import {type Contact, type Snapshot} from '../../client/snapshot.ts';
import {Store} from './store.ts';

/** Changes of the client are drawn together, ms. */
const PACE_MS = 50;

/** A store of the client's snapshots, and the end of that. */
export function followSnapshots(client: Pick<Client, 'snapshot' | 'subscribe'>): {
	snapshots: Store<Snapshot>;
	stop: () => void;
} {
	const snapshots = new Store(client.snapshot());
	let timer: NodeJS.Timeout | undefined;
	const unsubscribe = client.subscribe(() => {
		timer ??= setTimeout(() => {
			timer = undefined;
			const now = client.snapshot();
			if (differs(snapshots.value, now)) snapshots.set(now);
		}, PACE_MS);
	});

	const stop = () => {
		unsubscribe();
		clearTimeout(timer);
	};

	return {snapshots, stop};
}

/** Whether there is something to draw: a round-trip time that is measured anew waits for it, so that an idle screen rests. */
function differs(before: Snapshot, after: Snapshot): boolean {
	return JSON.stringify(calm(before)) !== JSON.stringify(calm(after)) || talkDiffers(before, after);
}

function talkDiffers({conversations: before}: Snapshot, {conversations: after}: Snapshot): boolean {
	return before.size !== after.size || [...after].some(([name, conversation]) => before.get(name) !== conversation);
}

function calm({account, connection, clockOffset, contacts}: Snapshot) {
	return {
		account,
		connection,
		clockOffset: Math.round((clockOffset ?? 0) / 60_000),
		contacts: contacts.map(withoutRtt),
	};
}

function withoutRtt(contact: Contact) {
	const {path} = contact;
	return {...contact, path: {...path, rtt: 'rtt' in path && path.rtt !== undefined}};
}
