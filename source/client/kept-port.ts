// The UDP port of a profile: the same at each start, so that a router can be told of it once.
import {type Buffer} from 'node:buffer';
import {systemCode} from '../os/error-counts.ts';
import {portHolder} from '../os/port-holder.ts';

import {type Address} from '../wire/address.ts';
import {type DatagramSocket, openDatagramSocket} from '../channel/datagram-socket.ts';
import {ClientError} from '../os/errors.ts';
import {type Settings} from './profile-settings.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** The first port that needs no right of its own (RFC 6335 §6: those before are the system's). */
const FIRST_FREE = 1024;

/**
 * Opens the socket on the `demanded` port, which is kept from then on, or else on the kept one. When somebody else has the kept one, it
 * is another this time, and the kept one stays what it is. Throws ClientError 'port-taken' for a demanded one that cannot be had.
 */
export async function openOnKeptPort(
	settings: Pick<Settings, 'port' | 'setPort'>,
	demanded: number | undefined,
	onDatagram: (datagram: Buffer, from: Address) => void,
): Promise<DatagramSocket> {
	const wish = {port: demanded ?? settings.port, isDemanded: demanded !== undefined};
	const socket = await openDatagramSocket(onDatagram, wish).catch((error: unknown) => {
		throw demanded === undefined ? error : taken(demanded, error);
	});
	try {
		if (demanded !== undefined || settings.port === undefined) settings.setPort(socket.port, demanded !== undefined);
	} catch (error) {
		// A disk that does not take it keeps nobody from talking.
		if (!(error instanceof ClientError) || error.code !== 'disk') {
			socket.close();
			throw error;
		}
	}

	return socket;
}

function taken(port: number, error: unknown): ClientError {
	const code = systemCode(error);
	return new ClientError('port-taken', whyNot(port, code), {cause: error});
}

function whyNot(port: number, code: string): string {
	const {portOfSystem, portUnusable, portTaken, portTakenBy} = catalogue.account;
	if (code === 'EACCES') return portOfSystem(port, FIRST_FREE);
	if (code !== 'EADDRINUSE') return portUnusable(port, code);
	const holder = portHolder(port);
	return holder === undefined ? portTaken(port) : portTakenBy(port, holder.program, holder.pid);
}
