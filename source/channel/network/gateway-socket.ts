// A UDP socket that talks to the router alone: whatever comes from elsewhere, the kernel keeps away (RFC 6887 §8.3).
import {type Buffer} from 'node:buffer';
import {once} from 'node:events';
import {systemCode} from '../../os/error-counts.ts';
import {bindUdp} from '../../os/udp-bind.ts';
import {type Address, normalizeAddress} from '../../wire/address.ts';

/** Where routers take PCP and NAT-PMP (RFC 6887 §19.1, RFC 6886 §3). */
export const MAPPING_PORT = 5351;

export type GatewaySocket = {
	/** Our own address, as the router sees it when nothing stands between. */
	readonly host: string;
	send(datagram: Buffer): void;
	close(): void;
};

export type GatewaySocketEvents = {
	readonly onDatagram: (datagram: Buffer, from: Address) => void;
	/** By the system's code: nobody listens there, or there is no way. */
	readonly onError: (code: string) => void;
};

export type OpenGatewaySocket = (gateway: Address, events: GatewaySocketEvents) => Promise<GatewaySocket>;

/** Of IPv4. Throws the system's error where there is no way to the router. */
export const openGatewaySocket: OpenGatewaySocket = async (gateway, {onDatagram, onError}) => {
	const socket = await bindUdp({type: 'udp4', address: '0.0.0.0', port: 0});
	try {
		const connected = once(socket, 'connect');
		socket.connect(gateway.port, gateway.host);
		await connected;
	} catch (error) {
		socket.close();
		throw error;
	}

	let open = true;
	socket.on('message', (datagram, {address, port}) => {
		if (open) onDatagram(datagram, normalizeAddress(address, port));
	});
	socket.on('error', error => onError(systemCode(error)));
	return {
		host: socket.address().address,
		send(datagram) {
			if (!open) return;
			socket.send(datagram, error => {
				if (error !== null) onError(systemCode(error));
			});
		},
		close() {
			if (open) socket.close();
			open = false;
		},
	};
};
