// Looks at the addresses of this machine every 2 s, and tells when they change or when the machine has slept: Node tells of neither.
import {type InterfaceList, type OwnAddress, outwardAddresses} from './offered-addresses.ts';
import {type Timers} from './timer-port.ts';

/** Between two looks, ms; a look takes 0.07 ms. */
const LOOK_MS = 2000;
/** A timer that fires so much too late, ms, was held up by a machine that slept or a process that was stopped. */
const LATE_MS = 5000;

export type NetworkChange = {
	readonly added: readonly OwnAddress[];
	readonly removed: readonly OwnAddress[];
	/** How long nothing ran here, ms; 0 when that was not so. */
	readonly sleptMs: number;
};

export type InterfaceWatchOptions = {
	/** As `os.networkInterfaces`. What it throws is no change. */
	readonly interfaces: () => InterfaceList;
	/** The wall clock, which goes on while a machine sleeps and may leap, and one that only runs forward, ms. */
	readonly clock: {readonly now: () => number; readonly elapsed: () => number};
	readonly timers: Timers;
	/** Called for each change, from a timer or from `check`. A leap of the wall clock counts as sleep: to look once too often does no harm. */
	readonly onChange: (change: NetworkChange) => void;
};

export class InterfaceWatch {
	readonly #options: InterfaceWatchOptions;
	/** By interface and host; as many as `outwardAddresses` yields. */
	#known = new Map<string, OwnAddress>();
	#cancel: (() => void) | undefined;

	constructor(options: InterfaceWatchOptions) {
		this.#options = options;
	}

	/** What is there now is no change. */
	start(): void {
		this.stop();
		this.#known = this.#look() ?? this.#known;
		this.#wait();
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** Looks now, and not only when the next look is due. */
	check(): void {
		this.#compare(0);
	}

	#wait(): void {
		const {clock, timers} = this.#options;
		const due = {now: clock.now() + LOOK_MS, elapsed: clock.elapsed() + LOOK_MS};
		this.#cancel = timers.after(LOOK_MS, () => {
			const late = Math.max(clock.now() - due.now, clock.elapsed() - due.elapsed);
			this.#wait();
			this.#compare(late >= LATE_MS ? late : 0);
		});
	}

	#compare(sleptMs: number): void {
		const before = this.#known;
		const after = this.#look() ?? before;
		this.#known = after;
		const added = [...after].filter(([key]) => !before.has(key)).map(([, own]) => own);
		const removed = [...before].filter(([key]) => !after.has(key)).map(([, own]) => own);
		if (added.length + removed.length + sleptMs > 0) this.#options.onChange({added, removed, sleptMs});
	}

	#look(): Map<string, OwnAddress> | undefined {
		try {
			const all = outwardAddresses(this.#options.interfaces());
			return new Map(all.map(own => [`${own.interface} ${own.host}`, own]));
		} catch {
			return undefined;
		}
	}
}
