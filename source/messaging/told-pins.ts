// Pins as the other devices of the account are told of them: a key that one device has pinned, and whether it was compared there.
import {Buffer} from 'node:buffer';
import {type RegisterItem} from '../wire/messages/replication-items.ts';
import {type Replica} from './history/replica.ts';
import {type Pin, type Pins} from './pins.ts';
import {REGISTER} from './replication/registers.ts';

/** A founding key 32 ‖ u8 compared ‖ the head of the device log 32. */
const NO_HEAD = Buffer.alloc(32);

export class ToldPins implements Pins {
	readonly #pins: Pins;
	readonly #replica: Pick<Replica, 'setRegister'>;
	readonly #headOf: (account: string) => Buffer | undefined;

	/** `headOf`: the head of an account's device log as it is known, 32 bytes. */
	constructor(pins: Pins, replica: Pick<Replica, 'setRegister'>, headOf: (account: string) => Buffer | undefined) {
		this.#pins = pins;
		this.#replica = replica;
		this.#headOf = headOf;
	}

	pin(account: string): Pin | undefined {
		return this.#pins.pin(account);
	}

	setPin(account: string, pin: Pin): void {
		this.#pins.setPin(account, pin);
		this.tell(account);
	}

	/** Nothing is told where nothing is pinned, and no key that the person has not decided on. */
	tell(account: string): void {
		const pin = this.#pins.pin(account);
		if (pin === undefined) return;
		const head = this.#headOf(account) ?? NO_HEAD;
		this.#replica.setRegister('pin', account, Buffer.concat([pin.identityKey, Buffer.of(Number(pin.verified)), head]));
	}
}

/** What another device has pinned: of these registers, by account. They are well formed, since they were taken. */
export function pinsIn(registers: readonly RegisterItem[]): ReadonlyMap<string, Pick<Pin, 'identityKey' | 'verified'>> {
	const pins = registers.filter(({register}) => register === REGISTER.pin);
	return new Map(pins.map(({name, value}) => [name, {identityKey: value.subarray(0, 32), verified: value[32] === 1}]));
}
