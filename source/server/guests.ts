// Guests: devices that join an account, or recover it. They have the password, and no place in its log yet.
import {type Buffer} from 'node:buffer';
import {type DeviceLog, isLivingDevice} from '../protocol/devices/device-log.ts';
import {type DirectorySession} from '../protocol/login/login-keys.ts';
import {type Bucket, fullBucket} from '../protocol/token-bucket.ts';
import {LOG_PAGE} from '../wire/messages/devices.ts';
import {type MemberConnection, unpooled} from './member.ts';
import {type Limits} from './rate-limits.ts';
import {type ServerClock} from './server-clock.ts';

/** Guests of a name at once. */
export const GUEST_LIMIT = 4;

/** `key` is the device key that its login has proven. */
export type Guest = {
	readonly name: string;
	readonly key: Buffer;
	readonly session: DirectorySession;
	readonly connection: MemberConnection;
	readonly frames: Bucket;
	readonly links: Bucket;
	readonly devices: Bucket;
	readonly changes: Bucket;
};

export class Guests {
	/** By name; GUEST_LIMIT each. */
	readonly #guests = new Map<string, Guest[]>();

	/** Undefined when the name has GUEST_LIMIT already. */
	add(
		{limits, clock}: {readonly limits: Limits; readonly clock: ServerClock},
		{name, identityKey}: {readonly name: string; readonly identityKey: Buffer},
		session: DirectorySession,
		connection: MemberConnection,
	): Guest | undefined {
		const others = this.#guests.get(name) ?? [];
		if (others.length >= GUEST_LIMIT) return undefined;
		const elapsed = clock.elapsed();
		const guest = {
			name,
			key: unpooled(identityKey),
			session,
			connection,
			frames: fullBucket(limits.frames, elapsed),
			links: fullBucket(limits.links, elapsed),
			devices: fullBucket(limits.devices, elapsed),
			changes: fullBucket(limits.changes, elapsed),
		};
		this.#guests.set(name, [...others, guest]);
		return guest;
	}

	remove(guest: Guest): void {
		const others = (this.#guests.get(guest.name) ?? []).filter(each => each !== guest);
		if (others.length > 0) this.#guests.set(guest.name, others);
		else this.#guests.delete(guest.name);
	}

	of(name: string): readonly Guest[] {
		return this.#guests.get(name) ?? [];
	}

	/** Sends the whole log, page by page, to guests that it admits. */
	tell(name: string, log: DeviceLog, send: (guest: Guest, from: number) => void): void {
		for (const guest of this.of(name)) {
			if (!isLivingDevice(log, guest.key)) continue;
			for (let from = 0; from < log.count; from += LOG_PAGE) send(guest, from);
		}
	}
}
