// All servers are restarted in order, one after the other, while people ask for each other: who stays connected notices nothing.
import {setTimeout as pause} from 'node:timers/promises';
import {type Entropy} from '../../source/protocol/entropy.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {type AlertReason} from '../../source/wire/alert.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {type DirectoryClient} from '../members/directory-client.ts';
import {lightEntropy, userName} from '../members/light-accounts.ts';
import {comeIn} from '../members/returning.ts';
import {within} from '../within.ts';
import {type ClusterReport} from './report.ts';
import {type ClusterWorld} from './world.ts';

const FIRST = 300;
const PEOPLE = 30;
/** Between two questions of one person, ms: nobody asks for the same one too often. */
const ASK_EVERY_MS = 400;
/** Until the servers know of somebody's address, ms. */
const KNOWN_AFTER_MS = 1000;
const ANSWER_MS = 5000;
/** How long before, and after, ms. */
const AROUND_MS = 2000;

type State = {isOver: boolean; granted: number; disturbed: number; internal: number; readonly failed: string[]};

/** One of them: its session, once it has told where it is, until it ends. */
type Somebody = {readonly index: number; client: DirectoryClient | undefined; since: number};

export async function showRolling(world: ClusterWorld, report: ClusterReport): Promise<void> {
	const entropy = await lightEntropy();
	const state: State = {isOver: false, granted: 0, disturbed: 0, internal: 0, failed: []};
	const people: Somebody[] = Array.from({length: PEOPLE}, (_, index) => ({index, client: undefined, since: 0}));
	const lives = Promise.all(people.map(async person => live(world, entropy, people, person, state)));
	await pause(AROUND_MS);
	const start = performance.now();
	for (const index of world.nodes.keys()) {
		await world.node(index).stop('SIGTERM');
		await world.restart(index);
	}

	const took = (performance.now() - start) / 1000;
	await pause(AROUND_MS);
	state.isOver = true;
	await within(lives, 12 * ANSWER_MS, () => 'somebody hangs');
	report.line(
		state.failed.length === 0 && state.granted > 0,
		`three servers restarted in ${took.toFixed(0)} s: of ${state.granted + state.failed.length} introductions between people who stayed connected ${state.failed.length} failed (${state.disturbed} asked while one of both came or went)`,
	);
	report.line(state.internal === 0, `${state.internal} times ALERT internal`);
	for (const text of state.failed.slice(0, 10)) report.note(text);
}

async function live(
	world: ClusterWorld,
	entropy: Entropy,
	people: readonly Somebody[],
	person: Somebody,
	state: State,
): Promise<void> {
	const {index} = person;
	let [request, retryAfter, isBack] = [0, 0, false];
	const place = () => world.node(isBack ? Math.floor(Math.random() * world.nodes.length) : index);
	while (!state.isOver) {
		await pause(retryAfter * 1000);
		const {client, met} = await comeIn({index: FIRST + index, place, address: world.address(), entropy, isBack});
		isBack = true;
		state.internal += met.internal;
		try {
			await within(client.register(), ANSWER_MS, () => 'no BOUND');
			person.since = performance.now();
			person.client = client;
			while (!state.isOver && !client.frames.socket.closed) {
				await pause(ASK_EVERY_MS);
				// Never oneself.
				const other = people[(index + 1 + (request++ % (people.length - 1))) % people.length]!;
				await ask(person, other, request, state);
			}
		} catch {
			// The session has ended.
		}

		person.client = undefined;
		const alert = await lastAlert(client);
		if (alert?.reason === 'internal') state.internal++;
		retryAfter = alert?.retryAfter ?? 0;
		await client.close();
	}
}

/** Throws when the session of the one who asks ends. */
async function ask(person: Somebody, other: Somebody, request: number, state: State): Promise<void> {
	const [own, theirs] = [person.client!, other.client];
	const isKnown = [person, other].every(({since}) => performance.now() - since > KNOWN_AFTER_MS);
	if (theirs === undefined || !isKnown) return void state.disturbed++;
	const name = userName(FIRST + other.index);
	own.send(FRAME.introduce, encodeIntroduce({request, name, time: Date.now()}));
	const answered = within(own.next(FRAME.introduction), ANSWER_MS, () => 'no answer');
	const [outcome] = await Promise.allSettled([answered]);
	const isGranted = outcome.status === 'fulfilled' && decodeIntroduction(outcome.value)?.grant !== undefined;
	if (isGranted) state.granted++;
	else if (own.frames.socket.closed || other.client !== theirs || theirs.frames.socket.closed) state.disturbed++;
	else {
		const why = outcome.status === 'fulfilled' ? 'no grant' : String(outcome.reason);
		state.failed.push(`${own.person.name} asked for ${name}: ${why}`);
	}

	if (outcome.status === 'rejected') throw outcome.reason;
}

async function lastAlert(client: DirectoryClient): Promise<{reason: AlertReason; retryAfter: number} | undefined> {
	if (!client.frames.socket.closed && !client.passed.includes(FRAME.alert)) return undefined;
	return client.alert().catch(() => undefined);
}
