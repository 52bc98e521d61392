// How a peer is reached, as the snapshot shows it.
import {addressText, scopeOf} from '../wire/address.ts';
import {type Path} from '../client/snapshot.ts';
import {type SessionOpener} from '../channel/session-opener.ts';
import {type Transport} from '../channel/session-transport.ts';

export function pathOf(current: Transport | undefined, {isBusy, trouble}: SessionOpener): Path {
	if (current !== undefined) {
		const {address, rtt} = current;
		// To a public address a NAT may lie between.
		return {kind: scopeOf(address.host) === 'public' ? 'direct' : 'lan', address: addressText(address), rtt};
	}

	if (isBusy) return {kind: 'connecting'};
	return trouble === undefined ? {kind: 'none'} : {kind: 'blocked', why: trouble};
}
