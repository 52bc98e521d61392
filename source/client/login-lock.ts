// The lock after wrong passwords, as the server told of it. It lasts LOCK_MS at most, whatever the server says or the clock is set to:
// it ends by the local wall clock or after its time has passed here, whichever is sooner.
import {LOCK_MS} from '../protocol/login/lockout.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {ClientError} from '../os/errors.ts';
import {type Settings} from './profile-settings.ts';

export class LoginLock {
	readonly #clock: LocalClock;
	readonly #settings: Settings;
	/** On the elapsed clock. */
	#endsAt = Number.NEGATIVE_INFINITY;

	/** Takes up what a former run has left; what is longer than a lock is made one. */
	constructor(clock: LocalClock, settings: Settings) {
		this.#clock = clock;
		this.#settings = settings;
		const {lockedUntil} = settings;
		if (lockedUntil === undefined) return;
		const left = lockedUntil - clock.now();
		if (left > LOCK_MS) this.#begin(LOCK_MS);
		else this.#endsAt = clock.elapsed() + left;
	}

	/** When it ends, local ms; undefined when none holds. */
	get until(): number | undefined {
		const {lockedUntil} = this.#settings;
		if (lockedUntil === undefined) return undefined;
		const now = this.#clock.now();
		const left = Math.min(lockedUntil - now, this.#endsAt - this.#clock.elapsed());
		return left > 0 ? now + left : undefined;
	}

	/** The server has locked for so many seconds. Throws ClientError 'disk'. */
	begin(seconds: number): void {
		this.#keep(Math.min(seconds * 1000, LOCK_MS));
	}

	/** At the start a disk that takes nothing keeps nobody out. */
	#begin(left: number): void {
		try {
			this.#keep(left);
		} catch (error) {
			if (!(error instanceof ClientError)) throw error;
		}
	}

	#keep(left: number): void {
		this.#endsAt = this.#clock.elapsed() + left;
		this.#settings.setLockedUntil(this.#clock.now() + left);
	}
}
