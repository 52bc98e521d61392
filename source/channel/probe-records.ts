// What probes came to, of the last introduction with each account: for whoever looks for a fault.
import {type MappingKind} from '../protocol/path/mapping.ts';
import {type NoWay} from '../protocol/path/no-way.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type Address, addressText} from '../wire/address.ts';
import {type ProbeReport, type ProbedAddress} from './network/own-network.ts';

/** Accounts of which it is remembered; the oldest goes first. */
const ACCOUNTS = 64;
/** Addresses of one introduction that are told apart; what goes to others is counted together. */
const ADDRESSES = 8;
/** In place of an address, for all others. */
export const OTHER_PORTS = 'other ports';

type Probed = Omit<ProbeReport, 'addresses'> & {readonly addresses: Map<string, ProbedAddress>};

export class ProbeRecords {
	readonly #now: () => number;
	/** By account, at most ACCOUNTS; the newest last. */
	readonly #records = new Map<string, Probed>();

	/** `now` is the local clock, ms. */
	constructor(now: () => number) {
		this.#now = now;
	}

	begin(role: ProbeReport['role'], account: string, mapping: MappingKind): void {
		this.#records.delete(account);
		this.#records.set(account, {role, mapping, since: this.#now(), outcome: 'probing', addresses: new Map()});
		const [oldest] = this.#records.keys();
		if (this.#records.size > ACCOUNTS && oldest !== undefined) this.#records.delete(oldest);
	}

	/** An ask went to this address. */
	asked(account: string, address: Address): void {
		const addresses = this.#records.get(account)?.addresses;
		if (addresses === undefined) return;
		const text = addressText(address);
		const key = addresses.has(text) || addresses.size < ADDRESSES - 1 ? text : OTHER_PORTS;
		const known = addresses.get(key) ?? {address: key, asks: 0, rtt: undefined};
		addresses.set(key, {...known, asks: known.asks + 1});
	}

	proven(account: string, {address, rtt}: PathPair & {readonly rtt: number}): void {
		const record = this.#records.get(account);
		if (record === undefined) return;
		const text = addressText(address);
		const known = record.addresses.get(text) ?? {address: text, asks: 0, rtt};
		if (record.addresses.has(text) || record.addresses.size < ADDRESSES) record.addresses.set(text, {...known, rtt});
		this.#records.set(account, {...record, outcome: 'proven'});
	}

	ended(account: string, reason: NoWay): void {
		const record = this.#records.get(account);
		if (record !== undefined) this.#records.set(account, {...record, outcome: reason});
	}

	of(account: string): ProbeReport | undefined {
		const record = this.#records.get(account);
		return record && {...record, addresses: [...record.addresses.values()]};
	}
}
