// The devices of a run, all of them: who is there, who is away until when, and what each is told.
import path from 'node:path';
import {type Ground} from '../ground.ts';
import {type Person} from '../seed.ts';
import {type Scripts} from '../scripts.ts';
import {type Evidence, newEvidence} from './check.ts';
import {type View} from './lines.ts';
import {Machine} from './machine.ts';
import {type Act, type DeviceName, PLACES, type Place, type Round} from './plan.ts';

/** For a process to do what it is told, ms. */
const TOLD_WITHIN = 60_000;

export class Crew {
	readonly evidence: Record<Person, Evidence> = {alice: newEvidence(), bob: newEvidence()};
	readonly #ground: Ground;
	readonly #machines: ReadonlyMap<DeviceName, Machine>;
	readonly #links = new Map<DeviceName, string>();
	/** How often each has begun anew, in another folder. */
	readonly #lives = new Map<DeviceName, number>();
	/** Who is away, until which round. */
	readonly #away = new Map<DeviceName, number>();
	#stamp = 0;

	constructor(ground: Ground, seed: string, script: Scripts['device']) {
		this.#ground = ground;
		this.#machines = new Map(
			PLACES.map(place => {
				const {name, person, peer} = place;
				const machine = new Machine({
					name,
					script,
					role: () => ({
						...place,
						seed,
						folder: path.join(ground.folder, `${name} ${this.#lives.get(name) ?? 0}`),
						link: this.#links.get(name) ?? ground.server.joinLink,
					}),
					own: this.evidence[person],
					theirs: this.evidence[peer],
					onViolation: ground.found,
				});
				return [name, machine] as const;
			}),
		);
	}

	machine(name: DeviceName): Machine {
		return this.#machines.get(name)!;
	}

	get machines(): readonly Machine[] {
		return [...this.#machines.values()];
	}

	isAway(name: DeviceName): boolean {
		return this.#away.has(name);
	}

	async setUp(): Promise<void> {
		for (const place of PLACES) await this.#enter(place);
	}

	/** Tells a device to do something; the stamp of it. */
	act(device: DeviceName, what: Act): number {
		const [person] = device.split('-') as [Person];
		const stamp = ++this.#stamp;
		const isText = what.kind === 'text' || what.kind === 'fleeting';
		if (isText && !this.machine(device).isOutcast) this.evidence[person].ordered.set(stamp, device);
		if (isText && this.machine(device).isOutcast) this.evidence[person].outcast.add(stamp);
		this.machine(device).tell({kind: 'do', act: what, stamp});
		return stamp;
	}

	async end(names: readonly DeviceName[], {event, away: missed}: Pick<Round, 'event' | 'away'>): Promise<void> {
		await Promise.all(
			names.map(async name => {
				const machine = this.machine(name);
				if (event === 'killed') await machine.kill();
				else if (machine.isUp && !(await machine.leave(AbortSignal.timeout(TOLD_WITHIN)))) {
					this.#ground.found({kind: 'stuck', what: `${name} does not sign off`});
				} else await machine.kill();
			}),
		);
		for (const name of names) this.#away.set(name, this.#ground.round + missed);
	}

	comeBack(isDue: (until: number) => boolean): void {
		for (const [name, until] of this.#away) {
			if (!isDue(until)) continue;
			this.#away.delete(name);
			this.machine(name).start();
		}
	}

	/** Whether all of them are there in time. */
	async allUp(signal: AbortSignal): Promise<void> {
		for (const {name} of PLACES) {
			if (!(await this.machine(name).until(() => this.machine(name).isUp, signal)))
				this.#ground.found({kind: 'stuck', what: `${name} is not there`});
		}
	}

	/** What each of these shows now; who does not answer is not in it. */
	async views(places: readonly Place[], whole: boolean): Promise<Map<DeviceName, View>> {
		const views = new Map<DeviceName, View>();
		await Promise.all(
			places.map(async ({name}) => {
				const view = await this.machine(name).look(whole, AbortSignal.timeout(TOLD_WITHIN));
				if (view !== undefined) views.set(name, view);
			}),
		);
		return views;
	}

	/** Has one device take another one of its person out of the account; false when that does not come to pass. */
	async remove(by: DeviceName, name: DeviceName): Promise<boolean> {
		const machine = this.machine(by);
		machine.hasRemoved = false;
		machine.tell({kind: 'remove', name});
		const isDone = await machine.until(() => machine.hasRemoved, AbortSignal.timeout(TOLD_WITHIN));
		if (isDone) this.machine(name).isOutcast = true;
		else this.#ground.found({kind: 'stuck', what: `${by} does not remove ${name}`});
		return isDone;
	}

	/** Another device, with nothing in it, takes the place of a removed one. */
	async replace(place: Place): Promise<void> {
		const {name} = place;
		await this.machine(name).kill();
		this.machine(name).isOutcast = false;
		this.#lives.set(name, (this.#lives.get(name) ?? 0) + 1);
		await this.#enter(place);
	}

	/** By a link of the first device of its person, where that is there already. */
	async #enter({name, person, role}: Place): Promise<void> {
		const signal = AbortSignal.timeout(TOLD_WITHIN);
		const first = this.machine(`${person}-1`);
		if (first.isUp) {
			first.link = undefined;
			first.tell({kind: 'offer', role});
			await first.until(() => first.link !== undefined, signal);
			this.#links.set(name, first.link ?? '');
		}

		this.machine(name).start();
		if (!(await this.machine(name).until(() => this.machine(name).isUp, signal)))
			throw new Error(`${name} does not get in`);
	}
}
