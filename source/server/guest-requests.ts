// What a guest may ask: to be admitted, by a device that is in or by the recovery key of the account, and nothing else.
import {type Buffer} from 'node:buffer';
import {equal} from '../crypto/bytes.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {take} from '../protocol/token-bucket.ts';
import {FRAME, isIgnorable} from '../wire/frame.ts';
import {decodePing, encodePing, encodeRefused} from '../wire/messages/directory.ts';
import {decodeLinkRequest} from '../wire/messages/link-request.ts';
import {recoverLog, tellGuest} from './device-logs.ts';
import {type Guest} from './guests.ts';
import {type MemberConnection} from './member.ts';
import {type PresenceRegistry} from './presence-registry.ts';
import {type Verdict} from './request-handler.ts';
import {type Directory} from './sessions.ts';

/** After how long a guest asks again when no device of the account is there to answer, s. */
export const ABSENT_RETRY_S = 5;

/** A login for a name that its key is no device of has succeeded; `welcome` is called before anything is asked of the guest. */
export function receiveGuest(
	directory: Directory,
	established: {readonly name: string; readonly identityKey: Buffer; readonly session: DirectorySession},
	connection: MemberConnection,
	welcome: (guest: Guest) => unknown,
): Guest | 'busy' {
	const guest = directory.guests.add(directory, established, established.session, connection);
	if (guest !== undefined) welcome(guest);
	return guest ?? 'busy';
}

/** Handles what a guest asks; `body` is decrypted. */
export function handleGuest(
	directory: Directory,
	guest: Guest,
	type: number,
	body: Buffer,
): Verdict | Promise<Verdict> {
	const {limits, clock} = directory;
	if (take(guest.frames, limits.frames, clock.elapsed()) > 0) return 'flood';
	if (type === FRAME.linkRequest) return passOn(directory, guest, body);
	if (type === FRAME.devices) return tellGuest(directory, guest, body);
	if (type === FRAME.extendLog) return recoverLog(directory, guest, body);
	if (type !== FRAME.ping) return isIgnorable(type) ? 'done' : 'malformed';
	const token = decodePing(body);
	if (token === undefined) return 'malformed';
	guest.connection.send(FRAME.pong, encodePing(token));
	return 'done';
}

/** LINK_REQUEST goes to the devices of the account that can answer it. The key in it is the one that the login has proven. */
function passOn({presence, limits, clock, cluster}: Directory, guest: Guest, body: Buffer): Verdict | Promise<Verdict> {
	const request = decodeLinkRequest(body);
	if (request === undefined || !equal(request.subject, guest.key)) return 'malformed';
	const wait = Math.ceil(take(guest.links, limits.links, clock.elapsed()) / 1000);
	const refuse = (retryAfter: number) => guest.connection.send(FRAME.refused, encodeRefused({request: 0, retryAfter}));
	if (wait > 0) {
		refuse(wait);
		return 'done';
	}

	const hasAnswerer = passLinkOn(presence, guest.name, body);
	if (cluster === undefined) {
		if (!hasAnswerer) refuse(ABSENT_RETRY_S);
		return 'done';
	}

	return cluster.passLink(guest.name, body).then(isPassed => {
		if (!hasAnswerer && !isPassed) refuse(ABSENT_RETRY_S);
		return 'done';
	});
}

/** To the devices at this server; whether there are any. A keeper admits nobody. */
export function passLinkOn(presence: PresenceRegistry, name: string, body: Buffer): boolean {
	const answerers = presence.devicesOf(name).filter(each => each.speaksDevices && each.role === 'device');
	for (const {connection} of answerers) connection.send(FRAME.linkRequest, body);
	return answerers.length > 0;
}

/** Its connection is over: wipes every key of its session. */
export function dismiss({guests}: Directory, guest: Guest): void {
	guests.remove(guest);
	wipeDirectorySession(guest.session);
}
