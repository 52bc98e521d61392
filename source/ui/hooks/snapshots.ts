// The client's snapshots, no faster than a screen can show them.
import {type Client} from '../../client/facade.ts';
import {type Contact, type Snapshot} from '../../client/snapshot.ts';
import {ValueStore} from './value-store.ts';

/** Changes within a moment are drawn together; after a frame the next one waits for the rest. Ms. */
const MOMENT_MS = 10;
const REST_MS = 100;

/** A store that follows the client's snapshots, and a function that ends it. */
export function followSnapshots(client: Pick<Client, 'snapshot' | 'subscribe'>): {
	snapshots: ValueStore<Snapshot>;
	stop: () => void;
} {
	const snapshots = new ValueStore(client.snapshot());
	let timer: NodeJS.Timeout | undefined;
	let isChanged = false;
	const draw = () => {
		timer = undefined;
		if (!isChanged) return;
		isChanged = false;
		timer = setTimeout(draw, REST_MS);
		const now = client.snapshot();
		if (differs(snapshots.value, now)) snapshots.set(now);
	};

	const unsubscribe = client.subscribe(() => {
		isChanged = true;
		timer ??= setTimeout(draw, MOMENT_MS);
	});

	const stop = () => {
		unsubscribe();
		clearTimeout(timer);
	};

	return {snapshots, stop};
}

/** Whether there is something to draw. A new round-trip time alone is not drawn, so that an idle screen rests. */
function differs(before: Snapshot, after: Snapshot): boolean {
	return (
		JSON.stringify(calm(before)) !== JSON.stringify(calm(after)) ||
		talkDiffers(before, after) ||
		before.transfers !== after.transfers
	);
}

function talkDiffers({conversations: before}: Snapshot, {conversations: after}: Snapshot): boolean {
	return before.size !== after.size || [...after].some(([name, conversation]) => before.get(name) !== conversation);
}

function calm({account, connection, clockOffset, contacts, devices, disk}: Snapshot) {
	return {
		account,
		connection,
		clockOffset: Math.round((clockOffset ?? 0) / 60_000),
		contacts: contacts.map(withoutRtt),
		devices,
		disk: disk?.message,
	};
}

function withoutRtt(contact: Contact) {
	const {path} = contact;
	return {...contact, path: {...path, rtt: 'rtt' in path && path.rtt !== undefined}};
}
