// Somebody in a FakeNet who probes as a client does: sockets in both families, what reflectors saw of them, and what came of it.
import {Buffer} from 'node:buffer';
import {birthdaySide, classifyMapping} from '../../source/protocol/path/mapping.ts';
import {deriveProbeKeys} from '../../source/protocol/path/probe-keys.ts';
import {BIRTHDAY_SOCKETS} from '../../source/protocol/path/probe-limits.ts';
import {type ProvenPair} from '../../source/protocol/path/probe-run.ts';
import {Probing, type ProbingAction} from '../../source/protocol/path/probing.ts';
import {type Address, sameAddress} from '../../source/wire/address.ts';
import {decodeProbe} from '../../source/wire/messages/probe.ts';
import {type FakeNet, type FakeSocket, type Router} from './fake-net.ts';
import {seededRandom} from './random.ts';

const REFLECTORS: readonly Address[] = [
	{host: '198.51.100.1', port: 7406},
	{host: '198.51.100.1', port: 7407},
	{host: '2001:db8:ffff::1', port: 7406},
	{host: '2001:db8:ffff::1', port: 7407},
];

export class Prober {
	readonly name: string;
	readonly probing: Probing;
	/** Local addresses, and where the reflectors see them: one for each family. */
	readonly local: readonly Address[];
	readonly seen: readonly Address[];
	readonly mapping: ReturnType<typeof classifyMapping>;
	readonly proven: Array<{readonly at: number; readonly pair: ProvenPair}> = [];
	/** What went out: asks of rounds, asks of birthday probing, answers; and what came, in bytes. */
	readonly sent = {asks: 0, birthdayAsks: 0, answers: 0, bytes: 0};
	readonly received = {datagrams: 0, bytes: 0};
	/** Datagrams that are no PROBE, as INIT is none. */
	readonly others: Buffer[] = [];
	end: 'failed' | undefined;
	readonly #net: FakeNet;
	readonly #router: Router;
	/** By their numbers: 0 IPv4, 1 IPv6, then those of birthday probing. */
	readonly #sockets = new Map<number, FakeSocket>();
	#other: Prober | undefined;
	#id = '';

	constructor(net: FakeNet, router: Router, name: string) {
		this.#net = net;
		this.#router = router;
		this.name = name;
		this.probing = new Probing(seededRandom(name));
		const {ipv4, ipv6} = router.machine();
		if (ipv4 !== undefined) this.#open(0, {host: ipv4, port: 5000});
		if (ipv6 !== undefined) this.#open(1, {host: ipv6, port: 5000});
		const sightings = [...this.#sockets.values()].flatMap(socket =>
			REFLECTORS.flatMap(reflector => {
				const observed = router.seenFrom(socket, reflector);
				return observed === undefined ? [] : [{reflector, observed, at: 0, socket}];
			}),
		);
		this.mapping = classifyMapping(sightings);
		this.local = [...this.#sockets.values()].map(({local}) => local);
		this.seen = [...this.#sockets.values()].flatMap(
			socket => sightings.find(sighting => sighting.socket === socket)?.observed ?? [],
		);
	}

	get openSockets(): number {
		return this.#sockets.size;
	}

	/** What the server tells the other side of us: where it sees us, and to who is seen at the same host where we are behind it. */
	addressesFor(other: Prober): readonly Address[] {
		const isNeighbour = this.seen.some(({host}) => other.seen.some(theirs => theirs.host === host));
		const hidden = this.local.filter(local => !this.seen.some(seen => sameAddress(seen, local)));
		return isNeighbour ? [...this.seen, ...hidden] : this.seen;
	}

	/** INTRODUCTION and WAYS, or CALLED, has come; the server has sent it at 0. */
	meet(other: Prober, role: 'initiator' | 'responder', key: Buffer, ticket: Buffer): void {
		const age = this.#net.now;
		this.#other = other;
		const begun = this.probing.begin(
			{
				role,
				name: other.name,
				key,
				ticket,
				addresses: other.addressesFor(this),
				standpoint: {server: REFLECTORS[0]!, observed: this.seen[0] ?? REFLECTORS[0]!, seen: this.seen},
				age,
				socketFor: ({host}) => [0, 1].find(id => this.#sockets.has(id) && (id === 1) === host.includes(':')),
			},
			this.#net.now,
		);
		if ('id' in begun) this.#id = begun.id;
		else this.end = 'failed';
	}

	get deadline(): number {
		return this.probing.deadline(this.#net.now);
	}

	run(): void {
		this.#do(this.probing.run(this.#net.now));
	}

	/** Sends a datagram on the first proven pair, as INIT goes. */
	sendOn({pair}: {readonly pair: ProvenPair}, datagram: Buffer): void {
		this.#router.send(this.#sockets.get(pair.socket)!, pair.address, datagram);
	}

	#open(id: number, local: Address): void {
		const socket = this.#router.open(local.host, local.port);
		socket.receive = (datagram, from) => {
			this.received.datagrams++;
			this.received.bytes += datagram.length;
			if (datagram[0] === 0x09) this.#do(this.probing.receive(datagram, from, id, this.#net.now));
			else this.others.push(datagram);
		};
		this.#sockets.set(id, socket);
	}

	#do(actions: readonly ProbingAction[]): void {
		for (const action of actions) {
			switch (action.kind) {
				case 'send': {
					this.#send(action);
					break;
				}

				case 'proven': {
					this.proven.push({at: this.#net.now, pair: action.pair});
					break;
				}

				case 'unmet': {
					this.#beginBirthday();
					break;
				}

				case 'unanswered': {
					break;
				}

				case 'failed': {
					this.end = 'failed';
					break;
				}

				case 'release': {
					for (const id of action.sockets) this.#close(id);
				}
			}
		}
	}

	#send({socket, to, datagram}: ProbingAction & {kind: 'send'}): void {
		const isAsk = decodeProbe(datagram)?.kind === 'ask';
		const isListed = this.#other?.seen.some(seen => sameAddress(seen, to)) ?? false;
		if (!isAsk) this.sent.answers++;
		else if (socket > 1 || (this.#isBirthday && !isListed)) this.sent.birthdayAsks++;
		else this.sent.asks++;
		this.sent.bytes += datagram.length;
		this.#router.send(this.#sockets.get(socket)!, to, datagram);
	}

	#isBirthday = false;

	#beginBirthday(): void {
		const side = this.#other && this.seen.length > 0 && birthdaySide(this.mapping, this.#other.mapping);
		if (!side || this.probing.mayBirthday(this.#id, this.#net.now) !== undefined) return;
		this.#isBirthday = true;
		const sockets = Array.from({length: BIRTHDAY_SOCKETS}, (_, index) => 2 + index);
		if (side === 'many-sockets') {
			for (const id of sockets) this.#open(id, {host: this.local[0]!.host, port: 10_000 + id});
			this.probing.birthday(this.#id, {kind: side, sockets}, this.#net.now);
		} else this.probing.birthday(this.#id, {kind: side, socket: 0}, this.#net.now);
	}

	#close(id: number): void {
		this.#router.close(this.#sockets.get(id)!);
		this.#sockets.delete(id);
	}
}

export type Told = {
	/** How much later than the initiator the responder is told, ms. */
	readonly late?: number;
	/** When to stop looking, ms. */
	readonly until?: number;
	/** The first byte of the tag is even: the initiator begins the second round. */
	readonly isEven?: boolean;
};

/** Introduces two, and runs the clock until both have a pair, both have given up, or `until`. */
export function introduceBoth(net: FakeNet, a: Prober, b: Prober, {late = 0, until = 60_000, isEven}: Told = {}): void {
	const key = Buffer.alloc(32, a.name);
	const tickets = Array.from({length: 64}, (_, count) => Buffer.alloc(248, `${b.name} ${count}`));
	const isWanted = (ticket: Buffer) => isEven === ((deriveProbeKeys(key, ticket, 'initiator').tag[0]! & 1) === 0);
	const ticket = tickets.find(each => isEven === undefined || isWanted(each))!;
	net.at(0, () => a.meet(b, 'initiator', key, ticket));
	net.at(late, () => b.meet(a, 'responder', key, ticket));
	const isOver = (side: Prober) => side.proven.length > 0 || side.end === 'failed';
	while (!isOver(a) || !isOver(b)) {
		const next = Math.min(net.nextAt, a.deadline, b.deadline);
		if (next > until) return;
		net.moveTo(Math.max(net.now, next));
		a.run();
		b.run();
	}
}
