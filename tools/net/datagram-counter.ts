// Counts datagrams of one host by what they are, in the kernel: what a program does is seen without asking it.
import {type Namespace} from './lab.ts';

/** Ports of the server (and of calls on the link, and of a router that maps ports): what goes there goes to no peer. */
const OWN_PORTS = '{ 5351, 7406, 7407 }';

/** What is counted, as a match of nft(8) on the UDP header and payload (bits from the start of the UDP header). */
const COUNTED = {
	/** All that comes in. */
	in: ['input', ''],
	/** All that leaves, but what goes to the server. */
	toPeers: ['output', `udp dport != ${OWN_PORTS}`],
	/** PROBE (0x09) that asks (kind 1, at byte 6 of it), which leaves. */
	asks: ['output', '@th,64,8 0x09 @th,112,8 0x01'],
} as const satisfies Record<string, readonly [hook: 'input' | 'output', match: string]>;

export type Counts = Readonly<Record<keyof typeof COUNTED, {readonly packets: number; readonly bytes: number}>>;

/** Loopback is not counted, nor are broadcasts and multicasts of the system. Lengths are of IP packets. */
export class DatagramCounter {
	readonly #host: Namespace;

	constructor(host: Namespace) {
		this.#host = host;
		const chains = (['input', 'output'] as const).map(hook => {
			const rules = Object.entries(COUNTED).map(([name, [where, match]]) =>
				where === hook ? `meta l4proto udp ${match} counter name ${name}` : '',
			);
			const device = hook === 'input' ? 'iifname "lo" accept' : 'oifname "lo" accept';
			return `chain ${hook} { type filter hook ${hook} priority 10; ${device}\n${rules.join('\n')}\n}`;
		});
		const counters = Object.keys(COUNTED).map(name => `counter ${name} {}`);
		host.addRules(`table inet counted {\n${counters.join('\n')}\n${chains.join('\n')}\n}`);
	}

	/** Since the last call, or since it was made. */
	take(): Counts {
		const text = this.#host.run('nft --json reset counters table inet counted');
		const {nftables} = JSON.parse(text) as {nftables: ReadonlyArray<{counter?: {name: string}}>};
		return Object.fromEntries(
			nftables.flatMap(({counter}) => (counter ? [[counter.name, counter]] : [])),
		) as unknown as Counts;
	}
}
