// What own devices tell each other that holds for a while alone: on which of them a person pressed a key last, and what contacts say of
// themselves to the one that has the session with them. None of it is kept.
import {PLACE_AHEAD_MS} from './replication/places.ts';
import {type SignalFrame} from '../wire/messages/replication.ts';

/** That this device is used is told at most so often, ms. */
export const USED_EVERY_MS = 5000;

export type SiblingSignalsPorts = {
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** Ms. */
	readonly serverTime: () => number;
	/** Tells every other device with a session. */
	readonly tell: (signal: SignalFrame) => void;
	/** Whether somebody is in the list. */
	readonly has: (account: string) => boolean;
	/** What a contact says of themselves may be another now. */
	readonly onContact: (account: string) => void;
};

/** What a contact says of themselves; `away` '' when they are not. */
export type ContactSignals = {readonly isTyping: boolean; readonly away: string};

const NOTHING: ContactSignals = {isTyping: false, away: ''};

/** By account: those of whom there is something to say, who are in the list. */
type Contacts = Map<string, ContactSignals>;

export class SiblingSignals {
	readonly #ports: SiblingSignalsPorts;
	/** What contacts say in sessions of this device. */
	readonly #own: Contacts = new Map();
	/** By device id: those with a session. */
	readonly #heard = new Map<string, {usedAt: number; readonly contacts: Contacts}>();
	/** When a key was last pressed here, server ms; and when that was last told, on the elapsed clock. */
	#usedAt = 0;
	#toldAt = Number.NEGATIVE_INFINITY;

	constructor(ports: SiblingSignalsPorts) {
		this.#ports = ports;
	}

	/** A person has pressed a key here. */
	pressed(): void {
		const {elapsed, serverTime, tell} = this.#ports;
		// A key that is pressed here comes after all that others have told, whatever their clocks say.
		this.#usedAt = Math.max(Math.trunc(serverTime()), this.#latestElsewhere + 1);
		const now = elapsed();
		if (now - this.#toldAt < USED_EVERY_MS) return;
		this.#toldAt = now;
		tell({kind: 'used', time: this.#usedAt});
	}

	/** When a key was pressed on the device that was used last, server ms, where that is another one with which a session stands. */
	get usedElsewhere(): number | undefined {
		const latest = this.#latestElsewhere;
		return latest > this.#usedAt ? latest : undefined;
	}

	get #latestElsewhere(): number {
		return Math.max(0, ...[...this.#heard.values()].map(({usedAt}) => usedAt));
	}

	/** What a contact says of themselves in a session of this device. */
	contact(account: string, said: ContactSignals): void {
		const known = this.#own.get(account) ?? NOTHING;
		if (known.isTyping === said.isTyping && known.away === said.away) return;
		note(this.#own, account, said);
		this.#ports.tell({kind: 'contact', account, ...said});
	}

	/** The same as it is to be shown: of this device, or else of the one that has the session. */
	of(account: string): ContactSignals {
		const all = [this.#own, ...[...this.#heard.values()].map(({contacts}) => contacts)];
		const said = all.flatMap(contacts => contacts.get(account) ?? []);
		return {
			isTyping: said.some(({isTyping}) => isTyping),
			away: said.find(({away}) => away !== '')?.away ?? '',
		};
	}

	/** All that a device is to know as a session with it begins. */
	all(): readonly SignalFrame[] {
		const used: readonly SignalFrame[] = this.#usedAt === 0 ? [] : [{kind: 'used', time: this.#usedAt}];
		return [...used, ...[...this.#own].map(([account, said]) => ({kind: 'contact' as const, account, ...said}))];
	}

	/** What another device tells, by its id; undefined: its session has ended. */
	heard(device: string, signal: SignalFrame | undefined): void {
		const {serverTime, has, onContact} = this.#ports;
		if (signal === undefined) {
			const accounts = this.#heard.get(device)?.contacts.keys() ?? [];
			this.#heard.delete(device);
			for (const account of accounts) onContact(account);
			return;
		}

		const known = this.#heard.get(device) ?? {usedAt: 0, contacts: new Map()};
		this.#heard.set(device, known);
		if (signal.kind === 'used') {
			// Who claims to be used in a year would keep the others quiet until then.
			if (signal.time <= serverTime() + PLACE_AHEAD_MS) known.usedAt = Math.max(known.usedAt, signal.time);
			return;
		}

		const {account, isTyping, away} = signal;
		if (!has(account)) return;
		note(known.contacts, account, {isTyping, away});
		onContact(account);
	}
}

function note(contacts: Contacts, account: string, said: ContactSignals): void {
	if (said.isTyping || said.away !== '') contacts.set(account, said);
	else contacts.delete(account);
}
