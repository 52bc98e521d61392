// A bound UDP socket, or the system's error of why there is none.
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';

export type UdpPlace = {
	readonly type: 'udp4' | 'udp6';
	/** The address to listen at: `::` and `0.0.0.0` are all of the machine; `::` takes IPv4, too. */
	readonly address: string;
	/** 0: the kernel picks one. */
	readonly port: number;
	/** Whether IPv4 is left to others. */
	readonly isIPv6Only?: boolean;
	/** Whether others on this machine may listen at the same port: multicast alone needs it. */
	readonly isShared?: boolean;
};

/** Hosts are given as IP addresses: there is nothing to look up. */
export async function bindUdp({type, address, port, isShared = false, isIPv6Only = false}: UdpPlace): Promise<Socket> {
	const lookup = (
		host: string,
		_: unknown,
		done: (error: Error | null, address: string, family: number) => void,
	): void => done(null, host, type === 'udp6' ? 6 : 4);
	const socket = createSocket({type, lookup, reuseAddr: isShared, ipv6Only: isIPv6Only});
	try {
		// With nothing to look up, it may listen before `bind` returns.
		const listening = once(socket, 'listening');
		socket.bind({address, port});
		await listening;
		return socket;
	} catch (error) {
		socket.close();
		throw error;
	}
}
