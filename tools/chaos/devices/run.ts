// A run with devices: two people write on several devices each, keepers among them, which are killed, signed off and cut off, and so is
// their server. Now and then all of them come together, and all must have the same.
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {makeTemporaryFolder, removeFolder} from '../../temporary-folder.ts';
import {type Violation} from '../check.ts';
import {Directory} from '../directory.ts';
import {PEOPLE, type Person, editOf, textOf} from '../seed.ts';
import {type Scripts} from '../scripts.ts';
import {type Evidence, type Views, checkDevices, isSettled, newEvidence} from './check.ts';
import {type View} from './lines.ts';
import {Machine} from './machine.ts';
import {type Act, type DeviceName, type EventKind, PLACES, type Round, roundOf} from './plan.ts';

/** Rounds between two looks at everything. */
const CHECK_EVERY = 50;
/** For everybody to have everything, ms: sessions that nobody ended and pauses between tries run out in it. */
const QUIET_WITHIN = 180_000;
/** Between two looks whether that is so, ms. */
const LOOK_EVERY = 700;
/** For a process to do what it is told, ms. */
const TOLD_WITHIN = 60_000;
/** Violations told of one by one. */
const TOLD_LIMIT = 50;

export type RunOptions = {
	readonly seed: string;
	readonly rounds: number;
	/** For the rounds; the check at the end comes on top. */
	readonly limitMs: number;
	readonly scripts: Scripts;
	readonly onProgress?: (line: string) => void;
};

export type Outcome = {
	readonly rounds: number;
	readonly seconds: number;
	readonly checks: number;
	/** Devices that were ended or cut off, and ends of the server. */
	readonly events: Readonly<Record<EventKind, number>>;
	/** Messages of each person that all devices have, and all that was done about messages and people. */
	readonly messages: Readonly<Record<Person, number>>;
	readonly acts: number;
	/** Ms from everybody being there to everybody having everything, at worst. */
	readonly settledWithin: number;
	readonly waited: number;
	readonly violations: readonly Violation[];
	/** Those beyond the ones that are told of. */
	readonly untold: number;
};

/** Runs `rounds` rounds, or as many as the time allows. Leaves no process and no file behind. */
export async function runDevices({seed, rounds, limitMs, scripts, onProgress}: RunOptions): Promise<Outcome> {
	const home = makeTemporaryFolder();
	const clear = () => removeFolder(home);
	process.on('exit', clear);
	const violations: Violation[] = [];
	let [round, untold, stamp, checks, settledWithin] = [0, 0, 0, 0, 0];
	const events: Record<EventKind, number> = {killed: 0, 'signed off': 0, cut: 0, 'server killed': 0};
	const onViolation = (violation: Violation) => {
		if (violations.length < TOLD_LIMIT) violations.push(violation);
		else untold++;
		onProgress?.(`round ${round}: ${violation.kind}: ${violation.what}`);
	};

	const data = path.join(home, 'server');
	await mkdir(data);
	const server = await Directory.start(scripts.server, data, words =>
		onViolation({kind: 'stuck', what: `the server ended by itself: ${words}`}),
	);
	const evidence: Record<Person, Evidence> = {alice: newEvidence(), bob: newEvidence()};
	const links = new Map<DeviceName, string>();
	const machines = new Map(
		PLACES.map(place => {
			const {name, person, peer} = place;
			const machine = new Machine({
				name,
				script: scripts.device,
				role: () => ({...place, seed, folder: path.join(home, name), link: links.get(name) ?? server.joinLink}),
				own: evidence[person],
				theirs: evidence[peer],
				onViolation,
			});
			return [name, machine] as const;
		}),
	);
	const machine = (name: DeviceName) => machines.get(name)!;
	/** Who is away, until which round. */
	const away = new Map<DeviceName, number>();

	const setUp = async () => {
		for (const {name, person, role} of PLACES) {
			const signal = AbortSignal.timeout(TOLD_WITHIN);
			const first = machine(`${person}-1`);
			if (first.isUp) {
				first.link = undefined;
				first.tell({kind: 'offer', role});
				await first.until(() => first.link !== undefined, signal);
				links.set(name, first.link ?? '');
			}

			machine(name).start();
			if (!(await machine(name).until(() => machine(name).isUp, signal))) throw new Error(`${name} does not get in`);
		}
	};

	const act = (device: DeviceName, what: Act) => {
		const [person] = device.split('-') as [Person];
		stamp++;
		if (what.kind === 'text') evidence[person].ordered.set(stamp, device);
		machine(device).tell({kind: 'do', act: what, stamp});
	};

	const end = async (names: readonly DeviceName[], {event, away: missed}: Round) => {
		await Promise.all(
			names.map(async name => {
				if (event === 'killed') await machine(name).kill();
				else if (machine(name).isUp && !(await machine(name).leave(AbortSignal.timeout(TOLD_WITHIN)))) {
					onViolation({kind: 'stuck', what: `${name} does not sign off`});
				} else await machine(name).kill();
			}),
		);
		for (const name of names) away.set(name, round + missed);
	};

	const comeBack = (isDue: (until: number) => boolean) => {
		for (const [name, until] of away) {
			if (!isDue(until)) continue;
			away.delete(name);
			machine(name).start();
		}
	};

	const look = async () => {
		checks++;
		comeBack(() => true);
		const signal = AbortSignal.timeout(QUIET_WITHIN);
		for (const {name} of PLACES) {
			if (!(await machine(name).until(() => machine(name).isUp, signal)))
				onViolation({kind: 'stuck', what: `${name} is not there`});
		}

		// What one device of each has read, the others have.
		for (const person of PEOPLE) act(`${person}-${1 + (checks % 2)}` as DeviceName, {kind: 'read'});
		const began = performance.now();
		const views = new Map<DeviceName, View>();
		const isQuiet = async () => {
			await Promise.all(
				PLACES.map(async ({name}) => {
					const view = await machine(name).look(false, AbortSignal.timeout(TOLD_WITHIN));
					if (view !== undefined) views.set(name, view);
				}),
			);
			return isSettled(views, PLACES);
		};

		while (!(await isQuiet())) {
			if (signal.aborted) {
				const standing = PLACES.map(({name}) => `${name}: ${views.get(name)?.digest} ${views.get(name)?.standing}`);
				onViolation({kind: 'stuck', what: `not everybody has everything: ${standing.join('\n')}`});
				break;
			}

			await sleep(LOOK_EVERY);
		}

		settledWithin = Math.max(settledWithin, performance.now() - began);
		const whole: Record<Person, Array<Views[number]>> = {alice: [], bob: []};
		for (const place of PLACES) {
			const view = await machine(place.name).look(true, AbortSignal.timeout(TOLD_WITHIN));
			if (view === undefined) onViolation({kind: 'stuck', what: `${place.name} does not answer`});
			else whole[place.person].push({place, view});
		}

		for (const [person, peer] of [
			['alice', 'bob'],
			['bob', 'alice'],
		] as const) {
			const words = {textOf: (number: number) => textOf(seed, person, number), editOf};
			for (const violation of checkDevices(whole[person], whole[peer], evidence[person], words)) {
				onViolation({...violation, what: `of ${person}: ${violation.what}`});
			}
		}

		const said = PEOPLE.map(person => evidence[person].returned.size).join(' + ');
		const seconds = ((performance.now() - began) / 1000).toFixed(1);
		onProgress?.(
			`round ${round}: ${said} messages, all together after ${seconds} s, ${violations.length + untold} violations`,
		);
	};

	const began = performance.now();
	try {
		await setUp();
		for (const person of PEOPLE) act(`${person}-1`, {kind: 'text'});
		await look();
		const start = performance.now();
		while (round < rounds && performance.now() - start < limitMs) {
			round++;
			comeBack(until => until <= round);
			const drawn = roundOf(seed, round);
			for (const {device, act: what} of drawn.acts) {
				await sleep(drawn.pause / drawn.acts.length);
				act(device, what);
			}

			const victims = drawn.victims.filter(name => !away.has(name));
			events[drawn.event] += drawn.event === 'server killed' ? 1 : victims.length;
			if (drawn.event === 'cut') for (const name of victims) machine(name).tell({kind: 'cut', ms: drawn.downMs});
			else if (drawn.event === 'server killed') {
				await server.kill();
				await sleep(drawn.downMs);
				server.start();
			} else await end(victims, drawn);
			if (round % CHECK_EVERY === 0 && round < rounds) await look();
		}

		await look();
		return {
			rounds: round,
			seconds: (performance.now() - began) / 1000,
			checks,
			events,
			messages: {alice: evidence.alice.returned.size, bob: evidence.bob.returned.size},
			acts: [...machines.values()].reduce((sum, each) => sum + each.acts, 0),
			settledWithin,
			waited: [...machines.values()].reduce((sum, each) => sum + each.waited, 0),
			violations,
			untold,
		};
	} finally {
		await Promise.all([server, ...machines.values()].map(async each => each.kill()));
		process.off('exit', clear);
		clear();
	}
}
