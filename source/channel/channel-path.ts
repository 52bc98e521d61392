// How a device is reached: what was measured of the channel to it, never a guess.
import {addressText, scopeOf} from '../wire/address.ts';
import {type SessionOpener} from './session-opener.ts';
import {type Transport} from './session-transport.ts';

/** Round-trip time in ms, undefined before the first sample. */
export type Path =
	| {readonly kind: 'none'}
	| {readonly kind: 'connecting'}
	| {readonly kind: 'lan' | 'direct'; readonly address: string; readonly rtt: number | undefined}
	| {readonly kind: 'blocked'; readonly why: string};

/** `current` is the session that is sent on, `opener` what opens one where there is none. */
export function pathOf(current: Transport | undefined, {isBusy, trouble}: SessionOpener): Path {
	if (current !== undefined) {
		const {address, rtt} = current;
		// To a public address a NAT may lie between.
		return {kind: scopeOf(address.host) === 'public' ? 'direct' : 'lan', address: addressText(address), rtt};
	}

	if (isBusy) return {kind: 'connecting'};
	return trouble === undefined ? {kind: 'none'} : {kind: 'blocked', why: trouble};
}
