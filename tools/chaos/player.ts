// A person of the run as the director knows them: the process, whether it is up, and what it has told of both directions.
import {once} from 'node:events';
import {
	type Evidence,
	type Histories,
	type SavedFile,
	type Violation,
	checkRestart,
	forgottenByReceiver,
} from './check.ts';
import {Life} from './life.ts';
import {type Order, type Role, type Told} from './lines.ts';
import {type Person} from './seed.ts';

export type PlayerOptions = {
	readonly name: Person;
	readonly script: string;
	readonly role: Omit<Role, 'known'>;
	/** Of what this person sends, and of what they receive. */
	readonly sending: Evidence;
	readonly receiving: Evidence;
	readonly onViolation: (violation: Violation) => void;
};

type Shown = Histories & {readonly standing: string; readonly files: readonly SavedFile[]};

export class Player {
	readonly #options: PlayerOptions;
	readonly #life: Life;
	readonly #news = new EventTarget();
	#order: 'talk' | 'rest' = 'rest';
	isUp = false;
	isQuiet = false;
	/** Edits, deletions and reactions. */
	acts = 0;
	/** Seconds that logins had to wait. */
	waited = 0;
	#known = {sent: 0, received: 0};
	#histories: Shown | undefined;

	constructor(options: PlayerOptions) {
		this.#options = options;
		this.#life = new Life({
			command: () => [options.script, JSON.stringify({...options.role, known: this.#known} satisfies Role)],
			onLine: line => this.#hear(JSON.parse(line) as Told),
			onDeath: words => options.onViolation({kind: 'stuck', what: `${options.name} ended by itself: ${words}`}),
		});
	}

	start(): void {
		this.#life.start();
	}

	async kill(): Promise<void> {
		this.isUp = false;
		this.isQuiet = false;
		await this.#life.kill();
		this.isUp = false;
	}

	/** What to do from here on, through all restarts. */
	direct(order: 'talk' | 'rest'): void {
		this.#order = order;
		this.isQuiet = false;
		if (this.isUp) this.#say(order);
	}

	/** Both histories of the person; undefined when they did not come in time. */
	async histories(signal: AbortSignal): Promise<Shown | undefined> {
		this.#histories = undefined;
		this.#say('tell');
		return (await this.until(() => this.#histories !== undefined, signal)) ? this.#histories : undefined;
	}

	/** Whether `holds` came true before `signal` fired. */
	async until(holds: () => boolean, signal: AbortSignal): Promise<boolean> {
		while (!holds()) {
			if (signal.aborted) return false;
			await once(this.#news, 'told', {signal}).catch(() => {});
		}

		return true;
	}

	#say(order: Order): void {
		this.#life.say(order);
	}

	#hear(told: Told): void {
		const {sending, receiving, onViolation} = this.#options;
		switch (told.kind) {
			case 'up': {
				const at = BigInt(told.at);
				const found = [...checkRestart(told.sent, sending), ...forgottenByReceiver(told.received, receiving)];
				for (const violation of found) onViolation(violation);
				for (const {id, number, state} of told.sent) {
					if (number > 0) sending.returned.set(id, number);
					this.#known.sent = Math.max(this.#known.sent, number);
					if (state === 'delivered' || state === 'read') claim(sending, id, at);
				}

				for (const {id, number} of told.received) this.#land(id, number, at);
				this.isUp = true;
				this.#say(this.#order);
				break;
			}

			case 'sent': {
				sending.returned.set(told.id, told.number);
				this.#known.sent = told.number;
				break;
			}

			case 'acted': {
				this.acts++;
				if (told.act === 'edit') sending.edited.set(told.id, told.after);
				else if (told.act === 'erase') sending.erased.add(told.id);
				else receiving.reacted.set(told.id, told.after);
				break;
			}

			case 'landed': {
				this.#land(told.id, told.number, BigInt(told.at));
				break;
			}

			case 'delivered': {
				for (const id of told.ids) claim(sending, id, BigInt(told.at));
				break;
			}

			case 'waits': {
				this.waited += told.seconds;
				break;
			}

			case 'quiet': {
				this.isQuiet = this.#order === 'rest';
				break;
			}

			case 'history': {
				this.#histories = told;
				break;
			}
		}

		this.#news.dispatchEvent(new Event('told'));
	}

	#land(id: string, number: number, at: bigint): void {
		const {landed} = this.#options.receiving;
		if (!landed.has(id)) landed.set(id, at);
		this.#known.received = Math.max(this.#known.received, number);
	}
}

function claim({claimed}: Evidence, id: string, at: bigint): void {
	if (!claimed.has(id)) claimed.set(id, at);
}
