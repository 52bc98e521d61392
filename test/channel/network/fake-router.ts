// A router in memory that answers PCP or NAT-PMP, and a network that hands datagrams over at once.
import {Buffer} from 'node:buffer';
import {type GatewaySocketEvents, type OpenGatewaySocket} from '../../../source/channel/network/gateway-socket.ts';

export const ROUTER = {host: '192.168.1.1', port: 5351};
export const OWN = '192.168.1.23';
export const OUTSIDE = '203.0.113.7';

const mapped = (host: string) =>
	Buffer.concat([Buffer.from('00000000000000000000ffff', 'hex'), Buffer.from(host.split('.').map(Number))]);

/** An answer to a PCP MAP request, as RFC 6887 §11.1 draws it. */
export function pcpAnswer(
	request: Buffer,
	{result = 0, life = request.readUInt32BE(4), epoch = 0, host = OUTSIDE, port = request.readUInt16BE(42)} = {},
): Buffer {
	const answer = Buffer.from(request);
	answer[1] = request[1]! | 0x80;
	answer[3] = result;
	answer.writeUInt32BE(life, 4);
	answer.writeUInt32BE(epoch, 8);
	answer.fill(0, 12, 24);
	answer.writeUInt16BE(port, 42);
	mapped(host).copy(answer, 44);
	return answer;
}

/** An answer of NAT-PMP, as RFC 6886 §3.2 and §3.3 draw it; to a question of another version the refusal of §3.5. */
export function natPmpAnswer(
	request: Buffer,
	{result = 0, epoch = 0, host = OUTSIDE, port = 0, life = 0, internalPort = 0} = {},
): Buffer {
	const head = Buffer.from([0, 0x80 | request[1]!, 0, 0, 0, 0, 0, 0]);
	head.writeUInt16BE(request[0] === 0 ? result : 1, 2);
	head.writeUInt32BE(epoch, 4);
	if (request[0] !== 0 || result !== 0) return head;
	if (request[1] === 0) return Buffer.concat([head, Buffer.from(host.split('.').map(Number))]);
	const rest = Buffer.alloc(8);
	rest.writeUInt16BE(internalPort || request.readUInt16BE(4), 0);
	rest.writeUInt16BE(port || request.readUInt16BE(6), 2);
	rest.writeUInt32BE(life || request.readUInt32BE(8), 4);
	return Buffer.concat([head, rest]);
}

/** What it is asked lies in `asked`; `answer` says what comes back at once. */
export class FakeRouter {
	readonly asked: Buffer[] = [];
	answer: (request: Buffer) => readonly Buffer[] = () => [];
	openSockets = 0;
	#events: GatewaySocketEvents | undefined;

	readonly open: OpenGatewaySocket = async (_gateway, events) => {
		this.#events = events;
		this.openSockets++;
		return {
			host: OWN,
			send: request => {
				this.asked.push(request);
				for (const datagram of this.answer(request)) events.onDatagram(datagram, ROUTER);
			},
			close: () => {
				this.openSockets--;
			},
		};
	};

	/** A datagram that nobody asked for. */
	say(datagram: Buffer, from = ROUTER): void {
		this.#events?.onDatagram(datagram, from);
	}
}
