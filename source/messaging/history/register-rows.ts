// What holds by its last writer on all devices of the account: values in a table of their own, and what follows from them in others.
import {Buffer} from 'node:buffer';
import {type RegisterItem} from '../../wire/messages/replication-items.ts';
import {isNewerRegister} from '../replication/joining.ts';
import {PLACE_AHEAD_MS} from '../replication/places.ts';
import {REGISTER, REGISTERS_LIMIT, type RegisterName, isSoundRegister} from '../replication/registers.ts';
import {type ConversationId} from '../conversation.ts';
import {type ContactRows} from './contact-rows.ts';
import {type HistoryDatabase} from './database.ts';
import {type ContactEntry} from './history.ts';
import {type Memory} from './memory.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';

type Row = {kind: number; name: string; time: number; device: Buffer; value: Buffer; log: number};

/** The screen remembers under this key that a conversation is muted. */
export const MUTE = 'mute';
const NOBODY = Buffer.alloc(8);

export class RegisterRows {
	readonly #log: ReplicaLog;
	readonly #contacts: ContactRows;
	readonly #memory: Memory;
	readonly #get;
	readonly #put;
	readonly #count;
	readonly #all;
	/** Which device this is, 8 bytes; nobody until the log has begun. */
	#self: Buffer = NOBODY;

	constructor(database: HistoryDatabase, log: ReplicaLog, contacts: ContactRows, memory: Memory) {
		this.#log = log;
		this.#contacts = contacts;
		this.#memory = memory;
		this.#get = database.prepare<[number, string], Row>('SELECT * FROM registers WHERE kind = ? AND name = ?');
		this.#put = database.prepare(
			'INSERT OR REPLACE INTO registers (kind, name, time, device, value, log) VALUES (:kind, :name, :time, :device, :value, :log)',
		);
		this.#count = database.prepare<[], number>('SELECT count(*) FROM registers').pluck();
		this.#all = database.prepare<[], Row>('SELECT * FROM registers ORDER BY kind, name');
	}

	/** The log begins: what was set before is as old as the contact, so that whatever somebody has set since counts. */
	begin(self: Buffer, isFirst: boolean): void {
		this.#self = self;
		if (!isFirst) return;
		for (const contact of this.#contacts.all()) {
			const added = Math.max(0, Math.min(Math.trunc(contact.addedAt), Math.trunc(this.#log.now)));
			for (const [register, value] of valuesOf(contact)) {
				if (value !== '') this.#write(REGISTER[register], contact.name, added, NOBODY, Buffer.from(value), 0);
			}

			if (this.#memory.recall(MUTE, contact.name as ConversationId) !== undefined) {
				this.#write(REGISTER.mute, contact.name, 0, NOBODY, Buffer.from('yes'), 0);
			}
		}
	}

	/** The value of a register; undefined where nobody has set it. */
	value(register: RegisterName, name: string): Buffer | undefined {
		return this.#get.get(REGISTER[register], name)?.value;
	}

	item(kind: number, name: string): RegisterItem | undefined {
		const row = this.#get.get(kind, name);
		return row && itemOf(row);
	}

	all(): readonly RegisterItem[] {
		return this.#all.all().map(row => itemOf(row));
	}

	/** Sets a value here, later than any that is known. Nothing before the log has begun. */
	set(register: RegisterName, name: string, value: Buffer): void {
		if (!this.#log.hasBegun) return;
		const known = this.#get.get(REGISTER[register], name);
		if (known === undefined ? value.length === 0 : known.value.equals(value)) return;
		if (known === undefined && this.#count.get()! >= REGISTERS_LIMIT) return;
		const time = Math.max(Math.trunc(this.#log.now), (known?.time ?? 0) + 1);
		this.#write(REGISTER[register], name, time, this.#self, value, 0, known);
	}

	/** A contact is in the list as it is now. */
	contactChanged(contact: ContactEntry): void {
		for (const [register, value] of valuesOf(contact)) this.set(register, contact.name, Buffer.from(value));
	}

	contactRemoved(name: string): void {
		this.set('contact', name, Buffer.alloc(0));
	}

	/** The screen remembers something of a conversation, or forgets it. */
	remembered(key: string, value: string | undefined, conversation: ConversationId | undefined): void {
		if (key !== MUTE || conversation === undefined) return;
		this.set('mute', conversation, Buffer.from(value === undefined ? '' : 'yes'));
	}

	/** What another device has set: whether it counts, and what follows is done; or why it is dropped. */
	take(item: RegisterItem, origin: number): boolean | 'malformed' | 'time' | 'full' {
		if (!isSoundRegister(item)) return 'malformed';
		if (item.time > this.#log.now + PLACE_AHEAD_MS) return 'time';
		const known = this.#get.get(item.register, item.name);
		if (known === undefined && this.#count.get()! >= REGISTERS_LIMIT) return 'full';
		if (known !== undefined && !isNewerRegister(item, known)) return false;
		this.#write(item.register, item.name, item.time, item.device, item.value, origin, known);
		this.#apply(item);
		return true;
	}

	#write(kind: number, name: string, time: number, device: Buffer, value: Buffer, origin: number, known?: Row): void {
		const log = this.#log.note(CHANGE.register, {register: kind, name}, origin, known);
		this.#put.run({kind, name, time, device, value, log});
	}

	#apply({register, name, value}: RegisterItem): void {
		if (register === REGISTER.mute) {
			this.#memory.remember(MUTE, value.length === 0 ? undefined : 'yes', name as ConversationId);
		} else if (register === REGISTER.contact || register === REGISTER.nickname || register === REGISTER.block) {
			this.#applyContact(name);
		}
	}

	/** A contact is what three registers make of it, whichever of them has come first. */
	#applyContact(name: string): void {
		const standing = this.value('contact', name)?.toString() ?? '';
		if (standing === '') return this.#contacts.remove(name);
		const nickname = this.value('nickname', name)?.toString() ?? '';
		this.#contacts.put({
			name,
			blocked: this.value('block', name)?.toString() === 'blocked',
			addedAt: this.#contacts.addedAt(name) ?? this.#get.get(REGISTER.contact, name)!.time,
			request: standing === 'request',
			nickname: nickname === '' ? undefined : nickname,
		});
	}
}

function valuesOf({blocked, request, nickname}: ContactEntry): ReadonlyArray<readonly [RegisterName, string]> {
	return [
		['contact', request ? 'request' : 'accepted'],
		['block', blocked ? 'blocked' : ''],
		['nickname', nickname ?? ''],
	];
}

function itemOf({kind, name, time, device, value}: Row): RegisterItem {
	return {kind: 'register', register: kind, name, time, device, value};
}
