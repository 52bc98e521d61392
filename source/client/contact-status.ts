// Shows in the snapshot how a contact is reached, what waits for them, and what they say of themselves.
import {isDeepStrictEqual} from 'node:util';
import {type DevicePresence} from '../channel/told-presence.ts';
import {type Path} from '../channel/channel-path.ts';
import {type Exchange} from '../messaging/exchange.ts';
import {type ContactSignals} from '../messaging/sibling-signals.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type SnapshotStore} from './snapshot-store.ts';

/** A change of a round-trip time is shown from so many ms on, and from this share of it on. */
const RTT_STEP = 1;
const RTT_SHARE = 0.25;

/** `signals`: what they say of themselves, to this device or to another one of the account. */
export function showExchange(
	snapshots: SnapshotStore,
	{channel, outboxSize}: Exchange,
	{isTyping: typing, away}: ContactSignals,
): void {
	const name = channel.device.account;
	const {path} = channel;
	const shown = snapshots.contact(name);
	if (shown === undefined) return;
	const isSame = shown.outbox === outboxSize && shown.typing === typing && (shown.away ?? '') === away;
	if (isSame && isSamePath(shown.path, path)) return;
	snapshots.change(name, {path, typing, outbox: outboxSize, away: away === '' ? undefined : away});
}

/** What the directory says of a contact, and which of their devices are online; false for who is not in the list. 'unbound': signed in, and out of reach. */
export function showPresence(
	snapshots: SnapshotStore,
	name: string,
	presence: DevicePresence,
	devices: readonly OnlineDevice[],
): boolean {
	if (snapshots.contact(name) === undefined) return false;
	const isKeeper = devices.length > 0 && devices.every(({role}) => role === 'keeper');
	const shown = presence === 'unbound' ? 'online' : presence;
	snapshots.change(name, {presence: shown, onlyKeeper: isKeeper || undefined});
	return true;
}

/** Whether a person would see no difference. */
export function isSamePath(a: Path, b: Path): boolean {
	if (a.kind !== b.kind) return false;
	if ('why' in a && 'why' in b) return a.why === b.why && a.flaw === b.flaw;
	if ('since' in a && 'since' in b) return a.since === b.since && isDeepStrictEqual(a.after, b.after);
	if ('reason' in a && 'reason' in b) return isDeepStrictEqual(a.reason, b.reason);
	if (!('rtt' in a) || !('rtt' in b)) return true;
	if (a.address !== b.address || a.rtt === undefined || b.rtt === undefined) {
		return a.address === b.address && a.rtt === b.rtt;
	}

	return Math.abs(a.rtt - b.rtt) <= Math.max(RTT_STEP, a.rtt * RTT_SHARE);
}
