// People with channels and what is under way in them, a directory that introduces them, and a network between them that loses, doubles and
// reorders from a seed. Real sessions, real timers; only the sockets are gone.
import {Buffer} from 'node:buffer';
import {setTimeout as pause} from 'node:timers/promises';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {localClock} from '../../source/os/local-clock.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {type Exchange} from '../../source/messaging/exchange.ts';
import {Exchanges, type ExchangesPorts} from '../../source/messaging/exchanges.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {Endpoint, type EndpointPorts, type ProbingPorts} from '../../source/channel/endpoint.ts';
import {type Introduced} from '../../source/channel/introduced.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {Trace} from '../../source/os/trace.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {introduce} from '../../source/protocol/introduce/kdc.ts';
import {type TicketKey} from '../../source/protocol/introduce/ticket.ts';
import {type Local, type Pinned} from '../../source/protocol/session/established.ts';
import {type Address, addressText} from '../../source/wire/address.ts';
import {type Called, type NatMapping} from '../../source/wire/messages/ways.ts';
import {decodeIntroduction} from '../../source/wire/messages/introduce.ts';
import {SUITE_DH} from '../../source/wire/suite.ts';
import {seededNumbers} from './random.ts';

export type Network = {
	readonly seed?: number;
	readonly loss?: number;
	readonly duplication?: number;
	readonly jitter?: number;
};

export type Person = {
	readonly name: string;
	readonly local: Local;
	endpoint: Pick<Endpoint, 'channel' | 'receive' | 'close'> & Partial<Pick<Endpoint, 'called'>>;
	readonly exchanges: Exchanges;
	readonly ticketKey: TicketKey;
	address: Address;
	/** What was written down, once an id; in the order it was. */
	readonly inbox: Array<{readonly peer: string; readonly id: string; readonly text: string}>;
	readonly delivered: string[];
	readonly refused: string[];
	readonly changed: Array<{readonly name: string; readonly identityKey: Buffer}>;
	readonly pins: Map<string, Pinned | 'refuse'>;
	readonly trace: Trace;
	/** Records are refused, as by a full disk. */
	full: boolean;
	send(to: string, ...texts: string[]): string[];
	/** What is under way with somebody. */
	with(other: string): Exchange;
};

/** Nothing goes or comes but what is said. */
export const NO_FILES: ReturnType<ConstructorParameters<typeof Exchanges>[0]['files']> = {
	wantedDevice: () => undefined,
	onFiles() {},
	onSession() {},
	fill() {},
	dueAt: () => Number.POSITIVE_INFINITY,
};

export class Neighbourhood {
	readonly people = new Map<string, Person>();
	/** Datagrams that went out, each with its ends. */
	readonly datagrams: Array<{readonly from: Address; readonly to: Address; readonly bytes: Buffer}> = [];
	/** Drops what it says to drop; everything when it always says so. */
	filter: (datagram: Buffer, from: Address, to: Address) => boolean = () => true;
	introductions = 0;
	/** Whether the directory tells both sides of the ways to each other; undefined: it is an older one. */
	tellsWays: {readonly mapping: NatMapping} | undefined;
	/** What the directory has everybody use. */
	suite = SUITE_DH;
	readonly #network: Required<Network>;
	readonly #chance: () => number;
	#port = 5000;

	constructor(network: Network = {}) {
		this.#network = {seed: 1, loss: 0, duplication: 0, jitter: 0, ...network};
		this.#chance = seededNumbers(this.#network.seed);
	}

	/** Somebody moves in, with a fresh identity unless given. */
	join(
		name: string,
		identity = generateIdentity(systemEntropy.random).identity,
		ports: Partial<EndpointPorts & ExchangesPorts> = {},
	): Person {
		const {random} = systemEntropy;
		const local = {name, identity};
		const pins = new Map<string, Pinned | 'refuse'>();
		const known = new Set<string>();
		const trace = new Trace(Date.now);
		const endpoint: Endpoint = new Endpoint({
			local,
			clock: localClock,
			entropy: systemEntropy,
			serverTime: Date.now,
			transmit: (datagram, to) => this.carry(datagram, person.address, to),
			introduce: async ({account}) => this.introduce(person, account),
			pin: of => pins.get(of),
			meet: ({peer, suite}) => {
				pins.set(peer.name, {identityKey: peer.identityKey, suite});
				return true;
			},
			onIdentityChanged: (of, identityKey) => person.changed.push({name: of, identityKey}),
			trace,
			use: channel => exchanges.use(channel),
			onTurn: () => exchanges.onTurn(),
			...ports,
		});
		const exchanges: Exchanges = new Exchanges({
			channel: device => endpoint.channel(device),
			clock: localClock,
			isStranger: () => false,
			away: () => '',
			heads: () => undefined,
			onHeads() {},
			files: () => NO_FILES,
			trace,
			record(arrived) {
				if (person.full) throw new Error('no space left on device');
				for (const {conversation, content} of arrived) {
					const id = content.id.toString('hex');
					if (known.has(id)) continue;
					known.add(id);
					if (content.kind === 'text') person.inbox.push({peer: conversation, id, text: content.text});
				}
			},
			onDelivered: (_, ids) => person.delivered.push(...ids),
			onDeliveredElsewhere() {},
			onRefused: (_, ids) => person.refused.push(...ids),
			onMoved() {},
			onChange() {},
			...ports,
		});
		const person: Person = {
			name,
			local,
			ticketKey: {id: random(8), key: random(64)},
			address: {host: '10.0.0.1', port: this.#port++},
			inbox: [],
			delivered: [],
			refused: [],
			changed: [],
			pins,
			trace,
			full: false,
			endpoint,
			exchanges,
			with: other => exchanges.exchange(foundingDevice(other)),
			send: (to, ...texts) => {
				const messages = texts.map(text => message(to, text));
				exchanges.queue(talkWith(to), messages);
				return messages.map(({id}) => id);
			},
		};
		endpoint.ticketKey = person.ticketKey;
		this.people.set(name, person);
		return person;
	}

	/** Tells everybody that everybody else is there. */
	meet(): void {
		for (const person of this.people.values()) {
			for (const other of this.people.values()) {
				if (other !== person) person.with(other.name).presence('online');
			}
		}
	}

	/** Somebody's process ends without a word, or with one when `close` was called. */
	leave(person: Person): void {
		this.people.delete(person.name);
		for (const other of this.people.values()) other.with(person.name).presence('offline');
	}

	close(): void {
		for (const {endpoint} of this.people.values()) endpoint.close();
	}

	/** The directory's answer to who asks for somebody. */
	introduce(from: Person, to: string): Introduced {
		this.introductions++;
		const other = this.people.get(to);
		if (other === undefined) return 'unavailable';
		const target = {
			identityKey: other.local.identity.publicKey,
			addresses: [other.address],
			ticketKey: other.ticketKey,
			suite: this.suite,
		};
		const initiator = {name: from.name, identityKey: from.local.identity.publicKey, address: from.address};
		const asked = {request: 1, name: to, time: Date.now()};
		const {body} = introduce(asked, initiator, target, systemEntropy.random, Date.now());
		const grant = decodeIntroduction(body)?.grant;
		if (grant === undefined) return 'unavailable';
		const {tellsWays} = this;
		if (tellsWays === undefined) return grant;
		const called = {...tellsWays, time: Date.now(), ticket: Buffer.from(grant.ticket), addresses: [from.address]};
		setImmediate(() => this.call(other, called));
		return {...grant, ways: {...tellsWays, addresses: [other.address]}, time: Date.now()};
	}

	/** The directory names somebody to another. */
	call(other: Person, called: Called): void {
		other.endpoint.called?.(called);
	}

	/** What somebody here who probes stands on: the directory is at 10.0.0.254, and sees everybody where they are. */
	probing(name: string, mapping: NatMapping = 'same'): ProbingPorts {
		return {
			ways: () => {
				const seen = [this.people.get(name)!.address];
				const standpoint = {server: {host: '10.0.0.254', port: 7406}, observed: seen[0]!, seen};
				return {standpoint, seen, mapping, families: [4]};
			},
			openSockets: async () => [],
			closeSockets() {},
			isAccepted: () => true,
			place: () => undefined,
		};
	}

	/** Everybody has a NAT that lets in only what comes from where it has sent to before (RFC 4787 §5). */
	behindNats(): void {
		const open = new Set<string>();
		this.filter = (_, from, to) => {
			open.add(`${addressText(from)} ${addressText(to)}`);
			return open.has(`${addressText(to)} ${addressText(from)}`);
		};
	}

	/** A datagram on its way through the network. */
	carry(bytes: Buffer, from: Address, to: Address): void {
		this.datagrams.push({from, to, bytes});
		const {loss, duplication, jitter} = this.#network;
		if (!this.filter(bytes, from, to) || this.#chance() < loss) return;
		const copies = this.#chance() < duplication ? 2 : 1;
		for (let copy = 0; copy < copies; copy++) {
			const arrive = () => {
				const text = addressText(to);
				const receiver = [...this.people.values()].find(({address}) => addressText(address) === text);
				receiver?.endpoint.receive(Buffer.from(bytes), from);
			};

			if (jitter === 0) setImmediate(arrive);
			else setTimeout(arrive, 1 + this.#chance() * jitter);
		}
	}
}

export function message(peer: string, text: string): Message {
	const id = systemEntropy.random(16).toString('hex');
	return {
		id,
		conversation: talkWith(peer),
		direction: 'out',
		time: Date.now(),
		text,
		state: 'queued',
		reason: undefined,
	};
}

/** Resolves once `condition` holds; throws when it does not within `limit` ms. */
export async function until(condition: () => boolean, limit = 120_000): Promise<void> {
	const end = performance.now() + limit;
	while (!condition()) {
		if (performance.now() > end) throw new Error('it never came true');
		await pause(2);
	}
}
