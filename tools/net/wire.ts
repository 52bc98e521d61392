// A bad wire in user space: loss, delay, jitter and a largest packet, on kernels without netem. Each end is a VXLAN device (RFC 7348),
// which sends every Ethernet frame as one datagram; a program between the two ends loses, delays and forwards them.
import path from 'node:path';
import process from 'node:process';
import {type Lab, type Namespace, cable, moveDevice} from './lab.ts';
import {type Program} from './program.ts';

export type Quality = {
	/** Of UDP alone, %. */
	readonly loss?: number;
	/** One way, of all IP, ms. */
	readonly delay?: number;
	/** Of UDP alone: each datagram takes `delay` ± so much, ms. It overtakes others. */
	readonly jitter?: number;
	/** Of UDP alone: longer IP packets are dropped without a word, bytes. Segments of TCP are kept short by routers. */
	readonly mtu?: number;
};

export type Wire = {readonly ends: Namespace; readonly program: Program};

/** Where the ends listen, and the program for each of them. */
export const WIRE_PORTS = [4001, 4002] as const;
const [ENDS, PROGRAM] = ['192.168.255.1', '192.168.255.2'];

/** A wire that is connected to nothing yet, and runs. */
export async function makeWire(lab: Lab, name: string, quality: Quality): Promise<Wire> {
	const [ends, middle] = [lab.namespace(`${name}-ends`), lab.namespace(`${name}-wire`)];
	cable([ends, 'to'], [middle, 'to']);
	// A frame has 50 bytes more on its way.
	ends.run(`ip link set to mtu 9000; ip addr add ${ENDS}/24 dev to`);
	middle.run(`ip link set to mtu 9000; ip addr add ${PROGRAM}/24 dev to`);
	const script = path.join(import.meta.dirname, 'children/wire.ts');
	const program = middle.start([process.execPath, script, JSON.stringify({...quality, peer: ENDS, ports: WIRE_PORTS})]);
	await program.line(/^ready$/);
	return {ends, program};
}

/** From now on the wire has another quality. */
export async function changeWire({program}: Wire, quality: Quality): Promise<void> {
	const count = program.lines.length;
	program.say(JSON.stringify(quality));
	await program.line(new RegExp(`^changed ${count}$`));
}

/** Puts the wire between two namespaces; each gets a device of that name. */
export function connectWire(
	{ends}: Wire,
	...devices: readonly [readonly [Namespace, string], readonly [Namespace, string]]
): void {
	for (const [index, [namespace, device]] of devices.entries()) {
		const port = WIRE_PORTS[index]!;
		ends.run(
			`ip link add end${index} mtu 1500 type vxlan id 1 dstport ${port} local ${ENDS} remote ${PROGRAM} nolearning`,
		);
		moveDevice([ends, `end${index}`], [namespace, device]);
		// The program sees whole packets, with the checksums that they will have.
		namespace.run(`ethtool -K ${device} tx off tso off gso off gro off >/dev/null; ip link set ${device} up`);
	}
}
