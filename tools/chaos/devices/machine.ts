// A device of the run as the director knows it: the process, whether it is up, and what it has told.
import {once} from 'node:events';
import {type Violation} from '../check.ts';
import {Life} from '../life.ts';
import {type Evidence, noteAct} from './check.ts';
import {type Order, type Role, type Told, type View} from './lines.ts';

export type MachineOptions = {
	readonly script: string;
	readonly role: () => Role;
	readonly name: Role['name'];
	/** Of what its person says, and of what the other one does. */
	readonly own: Evidence;
	readonly theirs: Evidence;
	readonly onViolation: (violation: Violation) => void;
};

export class Machine {
	readonly #options: MachineOptions;
	readonly #life: Life;
	readonly #news = new EventTarget();
	isUp = false;
	/** Not ended. */
	isRunning = false;
	acts = 0;
	/** Seconds that logins had to wait. */
	waited = 0;
	link: string | undefined;
	/** It was told to take another one out of the account, and has. */
	hasRemoved = false;
	/** It was taken out of the account. */
	isOutcast = false;
	view: View | undefined;
	#isLeaving = false;

	constructor(options: MachineOptions) {
		this.#options = options;
		this.#life = new Life({
			command: () => [options.script, JSON.stringify(options.role())],
			onLine: line => this.#hear(JSON.parse(line) as Told),
			onDeath: words => {
				this.isUp = false;
				this.isRunning = false;
				if (!this.#isLeaving) options.onViolation({kind: 'stuck', what: `${options.name} ended by itself: ${words}`});
				this.#news.dispatchEvent(new Event('told'));
			},
		});
	}

	start(): void {
		this.#isLeaving = false;
		this.isRunning = true;
		this.#life.start();
	}

	async kill(): Promise<void> {
		this.isUp = false;
		await this.#life.kill();
		this.isUp = false;
		this.isRunning = false;
	}

	/** Whether it has signed off and ended in time. */
	async leave(signal: AbortSignal): Promise<boolean> {
		this.#isLeaving = true;
		this.tell({kind: 'leave'});
		const hasEnded = await this.until(() => !this.isRunning, signal);
		await this.kill();
		return hasEnded;
	}

	/** False when nobody is there to hear it. */
	tell(order: Order): boolean {
		if (this.isUp) this.#life.say(JSON.stringify(order));
		return this.isUp;
	}

	/** Whether `holds` came true before `signal` fired. */
	async until(holds: () => boolean, signal: AbortSignal): Promise<boolean> {
		while (!holds()) {
			if (signal.aborted) return false;
			await once(this.#news, 'told', {signal}).catch(() => {});
		}

		return true;
	}

	async look(whole: boolean, signal: AbortSignal): Promise<View | undefined> {
		this.view = undefined;
		this.tell({kind: 'look', whole});
		await this.until(() => this.view !== undefined, signal);
		return this.view;
	}

	#hear(told: Told): void {
		const {own, theirs, name} = this.#options;
		switch (told.kind) {
			case 'up': {
				this.isUp = true;
				break;
			}

			case 'waits': {
				this.waited += told.seconds;
				break;
			}

			case 'offered': {
				this.link = told.link;
				break;
			}

			case 'removed': {
				this.hasRemoved = true;
				break;
			}

			case 'did': {
				this.acts++;
				// What a removed device does is nothing that anybody has.
				if (!this.isOutcast) noteAct(own, name, told.act, told.stamp, told.id);
				break;
			}

			case 'landed': {
				note(theirs.landed, told.ids, BigInt(told.at));
				break;
			}

			case 'delivered': {
				note(own.claimed, told.ids, BigInt(told.at));
				break;
			}

			default: {
				this.view = told;
			}
		}

		this.#news.dispatchEvent(new Event('told'));
	}
}

/** The earliest counts: what two processes tell may be heard in another order. */
function note(moments: Map<string, bigint>, ids: readonly string[], at: bigint): void {
	for (const id of ids) {
		const known = moments.get(id);
		if (known === undefined || at < known) moments.set(id, at);
	}
}
