// A run with devices: two people write on several devices each, keepers among them, which are killed, signed off and cut off, and so is
// their server. Now and then all of them come together, and all must have the same; then somebody forgets everything, or takes a device out.
import {setTimeout as sleep} from 'node:timers/promises';
import {type Violation} from '../check.ts';
import {Ground, type RunOptions} from '../ground.ts';
import {PEOPLE, type Person, editOf, textOf} from '../seed.ts';
import {type Views, checkDevices, isSettled} from './check.ts';
import {Crew} from './crew.ts';
import {type View} from './lines.ts';
import {type DeviceName, type EventKind, PLACES, type Place, roundOf} from './plan.ts';

/** Rounds between two looks at everything, and so between two things that are done about all of it. */
const CHECK_EVERY = 50;
/** For everybody to have everything, ms: sessions that nobody ended and pauses between tries run out in it. */
const QUIET_WITHIN = 180_000;
/** Between two looks whether that is so, ms. */
const LOOK_EVERY = 700;
/** Rounds that a device misses which is away while everything is forgotten. */
const MISSED = 10;

export type Outcome = {
	readonly rounds: number;
	readonly seconds: number;
	readonly checks: number;
	/** Devices that were ended or cut off, and ends of the server. */
	readonly events: Readonly<Record<EventKind, number>>;
	/** Messages of each person that all devices have or had, those that were to disappear, and all that was done about messages and people. */
	readonly messages: Readonly<Record<Person, number>>;
	readonly fleeting: number;
	readonly acts: number;
	/** How often everything was forgotten, and how much that was; and devices that were taken out. */
	readonly forgets: number;
	readonly forgotten: number;
	readonly removals: number;
	/** Ms from everybody being there to everybody having everything, at worst. */
	readonly settledWithin: number;
	readonly waited: number;
	readonly violations: readonly Violation[];
	/** Those beyond the ones that are told of. */
	readonly untold: number;
};

/** Runs `rounds` rounds, or as many as the time allows; looks every `checkEvery` of them. Leaves no process and no file behind. */
export async function runDevices(options: RunOptions, checkEvery = CHECK_EVERY): Promise<Outcome> {
	const {seed, rounds, limitMs, scripts} = options;
	const ground = await Ground.prepare(options);
	const {server} = ground;
	const crew = new Crew(ground, seed, scripts.device);
	const {evidence} = crew;
	const events: Record<EventKind, number> = {killed: 0, 'signed off': 0, cut: 0, 'server killed': 0};
	let [checks, forgets, removals, settledWithin] = [0, 0, 0, 0];

	/** Until these have everything: what keeps them from it is taken away again and again, since it may be on its way from somebody. */
	const settle = async (places: readonly Place[], signal: AbortSignal) => {
		const began = performance.now();
		for (;;) {
			const views = await crew.views(places, false);
			if (isSettled(views, places)) break;
			if (signal.aborted) {
				const standing = places.map(({name}) => `${name}: ${views.get(name)?.digest} ${views.get(name)?.standing}`);
				ground.found({kind: 'stuck', what: `not everybody has everything: ${standing.join('\n')}`});
				break;
			}

			for (const person of PEOPLE) {
				const own = places.filter(place => place.person === person).map(({name}) => name);
				const blocking = own.find(name => views.get(name)?.blocked === true);
				if (blocking !== undefined) crew.act(blocking, {kind: 'unblock'});
				// What one device of each has read, the others have.
				const reading = own.find(name => (views.get(name)?.unread ?? 0) > 0 || (views.get(name)?.fleeting ?? 0) > 0);
				if (reading !== undefined) crew.act(reading, {kind: 'read'});
			}

			await sleep(LOOK_EVERY);
		}

		return performance.now() - began;
	};

	const wholeViews = async (places: readonly Place[]) => {
		const whole: Record<Person, Array<Views[number]>> = {alice: [], bob: []};
		const views = await crew.views(places, true);
		for (const place of places) {
			const view: View | undefined = views.get(place.name);
			if (view === undefined) ground.found({kind: 'stuck', what: `${place.name} does not answer`});
			else whole[place.person].push({place, view});
		}

		return whole;
	};

	const look = async (places = PLACES) => {
		checks++;
		crew.comeBack(() => true);
		const signal = AbortSignal.timeout(QUIET_WITHIN);
		await crew.allUp(signal);
		for (const person of PEOPLE) {
			crew.act(`${person}-1`, {kind: 'lasting'});
			crew.act(`${person}-${1 + (checks % 2)}` as DeviceName, {kind: 'read'});
		}

		const took = await settle(places, signal);
		settledWithin = Math.max(settledWithin, took);
		const whole = await wholeViews(places);
		for (const [person, peer] of [
			['alice', 'bob'],
			['bob', 'alice'],
		] as const) {
			const words = {textOf: (number: number) => textOf(seed, person, number), editOf};
			const broken = checkDevices(whole[person], whole[peer], evidence[person], evidence[peer], words);
			for (const violation of broken) ground.found({...violation, what: `of ${person}: ${violation.what}`});
		}

		const said = PEOPLE.map(person => evidence[person].returned.size).join(' + ');
		ground.progress(`${said} messages, all together after ${(took / 1000).toFixed(1)} s, ${ground.count} violations`);
		return whole;
	};

	/** One person forgets everything while a device of theirs is away; all that was there is to stay away. */
	const forget = async (person: Person, whole: Views) => {
		forgets++;
		for (const {own, id} of whole.flatMap(({view}) => view.messages ?? []))
			evidence[person].forgotten.add(`${own ? 'out' : 'in'} ${id}`);
		const [by, missing] = forgets % 2 === 0 ? [1, 2] : [2, 1];
		await crew.end([`${person}-${missing}` as DeviceName], {event: 'killed', away: MISSED});
		crew.act(`${person}-${by}` as DeviceName, {kind: 'forget'});
	};

	/** A device is taken out: what it goes on to say is nowhere, it is told nothing more, and another one takes its place. */
	const remove = async (person: Person) => {
		removals++;
		const [by, name] = [`${person}-1`, `${person}-2`] as const;
		const place = PLACES.find(each => each.name === name)!;
		if (!(await crew.remove(by, name))) return;
		// From here on everybody who is there knows of it.
		const signal = AbortSignal.timeout(QUIET_WITHIN);
		while (!signal.aborted && (await crew.views([place], false)).get(name)?.isOut !== true) await sleep(LOOK_EVERY);
		await sleep(LOOK_EVERY);
		crew.act(name, {kind: 'text'});
		const secrets = new Set([crew.act(by, {kind: 'text'}), crew.act(`${place.peer}-1`, {kind: 'text'})]);
		await look(PLACES.filter(each => each !== place));
		const view = (await crew.views([place], true)).get(name);
		if (view?.isOut === false) ground.found({kind: 'stuck', what: `${name} was removed, and is not signed out`});
		for (const {stamp} of view?.messages ?? [])
			if (secrets.has(stamp)) ground.found({kind: 'altered', what: `${name} was removed, and was told ${stamp}`});
		await crew.replace(place);
	};

	/** After a look, by turns. */
	const doAboutAll = async (whole: Readonly<Record<Person, Views>>) => {
		const person = PEOPLE[Math.floor((forgets + removals) / 2) % 2]!;
		if (forgets === removals) await forget(person, whole[person]);
		else await remove(person);
	};

	const began = performance.now();
	try {
		await crew.setUp();
		for (const person of PEOPLE) crew.act(`${person}-1`, {kind: 'text'});
		await look();
		const start = performance.now();
		while (ground.round < rounds && performance.now() - start < limitMs) {
			const round = ++ground.round;
			crew.comeBack(until => until <= round);
			const drawn = roundOf(seed, round);
			for (const {device, act: what} of drawn.acts) {
				await sleep(drawn.pause / drawn.acts.length);
				crew.act(device, what);
			}

			const victims = drawn.victims.filter(name => !crew.isAway(name));
			events[drawn.event] += drawn.event === 'server killed' ? 1 : victims.length;
			if (drawn.event === 'cut') for (const name of victims) crew.machine(name).tell({kind: 'cut', ms: drawn.downMs});
			else if (drawn.event === 'server killed') {
				await server.kill();
				await sleep(drawn.downMs);
				server.start();
			} else await crew.end(victims, drawn);
			if (round % checkEvery === 0 && round < rounds) await doAboutAll(await look());
		}

		await look();
		const all = PEOPLE.map(person => evidence[person]);
		return {
			rounds: ground.round,
			seconds: (performance.now() - began) / 1000,
			checks,
			events,
			messages: {alice: evidence.alice.returned.size, bob: evidence.bob.returned.size},
			fleeting: sum(all.map(({fleeting}) => fleeting.size)),
			acts: sum(crew.machines.map(({acts}) => acts)),
			forgets,
			forgotten: sum(all.map(({forgotten}) => forgotten.size)),
			removals,
			settledWithin,
			waited: sum(crew.machines.map(({waited}) => waited)),
			violations: ground.violations,
			untold: ground.untold,
		};
	} finally {
		await Promise.all([server, ...crew.machines].map(async each => each.kill()));
		ground.clear();
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, each) => total + each, 0);
}
