// What chance decides in a run with devices, drawn from its seed alone: what befalls whom in a round, and who does what meanwhile.
import {type Person, dice} from '../seed.ts';

export type DeviceName = `${Person}-${1 | 2 | 3}`;
export type Place = {
	readonly name: DeviceName;
	readonly person: Person;
	readonly peer: Person;
	readonly role: 'device' | 'keeper';
	/** Of a keeper: whether it holds everything, or what the others lack. */
	readonly holdsAll: boolean;
};

/** The first one of each signs up, the others join. A person writes on those that are no keepers. */
export const PLACES: readonly Place[] = (['alice', 'bob'] as const).flatMap(person =>
	([1, 2, 3] as const).map((number): Place => ({
		name: `${person}-${number}`,
		person,
		peer: person === 'alice' ? 'bob' : 'alice',
		role: number === 3 ? 'keeper' : 'device',
		holdsAll: person === 'alice',
	})),
);

export const EVENTS = ['killed', 'signed off', 'cut', 'server killed'] as const;
export type EventKind = (typeof EVENTS)[number];

/** Each with the chance that it or one before it befalls a round. */
const SHARES: ReadonlyArray<readonly [EventKind, number]> = [
	['killed', 0.5],
	['signed off', 0.65],
	['cut', 0.85],
	['server killed', 1],
];

/** `back`: about the message that lies so far behind the newest that fits. */
export type Act =
	| {readonly kind: 'text'}
	| {readonly kind: 'edit' | 'erase' | 'react'; readonly back: number}
	/** fleeting: a text that disappears once it was read; lasting: the next ones do not. block, unblock: the other person. forget: all that was said. */
	| {readonly kind: 'fleeting' | 'lasting' | 'read' | 'nickname' | 'mute' | 'block' | 'unblock' | 'forget'};

export type Round = {
	/** Ms before the event. */
	readonly pause: number;
	readonly event: EventKind;
	/** None but the server with 'server killed'. */
	readonly victims: readonly DeviceName[];
	/** How many rounds who was ended stays away. */
	readonly away: number;
	/** How long a network is cut, or the server is down, ms. */
	readonly downMs: number;
	/** In this order, evenly over the pause. */
	readonly acts: ReadonlyArray<{readonly device: DeviceName; readonly act: Act}>;
};

/** The round number `number`, from 1. */
export function roundOf(seed: string, number: number): Round {
	const draw = dice(seed, 'round of devices', number);
	const below = (limit: number) => Math.floor(draw() * limit);
	const chance = draw();
	const event = SHARES.find(([, upTo]) => chance < upTo)![0];
	const count = event === 'server killed' ? 0 : draw() < 0.7 ? 1 : 1 + below(3);
	const victims = PLACES.map(({name}) => ({name, at: draw()}))
		.toSorted((a, b) => a.at - b.at)
		.slice(0, count)
		.map(({name}) => name);
	return {
		pause: 150 + below(draw() < 0.5 ? 300 : 1200),
		event,
		victims,
		away: draw() < 0.5 ? 0 : 1 + below(draw() < 0.7 ? 4 : 15),
		downMs: event === 'cut' ? 200 + below(draw() < 0.7 ? 2000 : 12_000) : below(800),
		acts: Array.from({length: 2 + below(7)}, () => {
			const people: readonly Person[] = ['alice', 'bob'];
			return {device: `${people[below(2)]!}-${below(2) === 0 ? 1 : 2}` as const, act: actFrom(draw)};
		}),
	};
}

function actFrom(draw: () => number): Act {
	const chance = draw();
	if (chance < 0.5) return {kind: 'text'};
	if (chance < 0.53) return {kind: 'fleeting'};
	if (chance < 0.55) return {kind: draw() < 0.15 ? 'block' : 'unblock'};
	if (chance < 0.68) return {kind: 'edit', back: Math.floor(draw() * 6)};
	if (chance < 0.73) return {kind: 'erase', back: Math.floor(draw() * 10)};
	if (chance < 0.85) return {kind: 'react', back: Math.floor(draw() * 6)};
	return {kind: chance < 0.93 ? 'read' : chance < 0.97 ? 'nickname' : 'mute'};
}
