// A run: two people talk both ways while they and their server are killed and started again, round after round, and a stranger
// says to both of them whatever takes time.
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {
	type Evidence,
	type SavedFile,
	type Violation,
	check,
	checkFiles,
	checkProgress,
	digestOf,
	newEvidence,
} from './check.ts';
import {Ground, type RunOptions} from './ground.ts';
import {Life} from './life.ts';
import {type StrangerRole, type StrangerTold} from './lines.ts';
import {Player} from './player.ts';
import {PEOPLE, type Person, type Victim, editOf, fileNameOf, fileOf, fileSizeOf, roundOf, textOf} from './seed.ts';

/** Rounds between two looks at everything. */
const CHECK_EVERY = 50;
/** For the talk to end and both to have all of it, ms: sessions that nobody ended and pauses between tries run out in it. */
const QUIET_WITHIN = 150_000;
/** For both histories to be told, ms. */
const TOLD_WITHIN = 30_000;

export type Outcome = {
	readonly rounds: number;
	readonly seconds: number;
	readonly checks: number;
	readonly kills: Readonly<Record<Victim, number>>;
	/** Kills of whoever was still starting, and rounds in which messages were under way. */
	readonly starting: number;
	readonly inFlight: number;
	readonly waited: number;
	/** Edits, deletions and reactions. */
	readonly acts: number;
	/** What the stranger has said, and has arrived. */
	readonly stranger: StrangerTold;
	/** Messages of each person that are on the other's disk. */
	readonly delivered: Readonly<Record<Person, number>>;
	/** Files that are on the other's disk. */
	readonly files: number;
	readonly violations: readonly Violation[];
	/** Those beyond the ones that are told of. */
	readonly untold: number;
};

/** Runs `rounds` rounds, or as many as the time allows. Leaves no process and no file behind. */
export async function runChaos({seed, rounds, limitMs, scripts, onProgress}: RunOptions): Promise<Outcome> {
	const ground = await Ground.prepare({scripts, onProgress});
	const {server, found: onViolation} = ground;
	const began = performance.now();
	const kills: Record<Victim, number> = {alice: 0, bob: 0, server: 0};
	let [checks, starting, inFlight] = [0, 0, 0];
	/** By sender. */
	const evidence: Record<Person, Evidence> = {alice: newEvidence(), bob: newEvidence()};
	const player = (name: Person, peer: Person) =>
		new Player({
			name,
			script: scripts.actor,
			role: {seed, name, peer, folder: path.join(ground.folder, name), link: server.joinLink},
			sending: evidence[name],
			receiving: evidence[peer],
			onViolation,
		});
	const players: Record<Person, Player> = {alice: player('alice', 'bob'), bob: player('bob', 'alice')};
	const all = {...players, server};
	let stranger: StrangerTold = {said: 0, sessions: 0};
	const mallory = new Life({
		command: () => [scripts.stranger, JSON.stringify({seed, link: server.joinLink} satisfies StrangerRole)],
		onLine: line => (stranger = JSON.parse(line) as StrangerTold),
		onDeath: words => onViolation({kind: 'stuck', what: `the stranger ended by itself: ${words}`}),
	});
	/** Files of each person that are on the other's disk. */
	const saved = {alice: 0, bob: 0};
	const underWay = () => PEOPLE.some(name => evidence[name].returned.size > evidence[name].landed.size);

	/** At the look before. */
	let then = {round: 0, landed: {alice: 0, bob: 0}};

	const look = async () => {
		checks++;
		for (const name of PEOPLE) players[name].direct('rest');
		const signal = AbortSignal.timeout(QUIET_WITHIN);
		const isQuiet = (name: Person) => players[name].isUp && players[name].isQuiet;
		const waits: Person[] = [];
		for (const name of PEOPLE) if (!(await players[name].until(() => isQuiet(name), signal))) waits.push(name);
		const soon = AbortSignal.timeout(TOLD_WITHIN);
		const [ofAlice, ofBob] = [await players.alice.histories(soon), await players.bob.histories(soon)];
		for (const name of waits) {
			const standing = {alice: ofAlice, bob: ofBob}[name]?.standing ?? 'it does not answer';
			onViolation({kind: 'stuck', what: `${name} has messages that do not arrive: ${standing}`});
		}

		if (ofAlice === undefined || ofBob === undefined) return;
		const directions = {
			alice: {sent: ofAlice.sent, received: ofBob.received, files: ofBob.files},
			bob: {sent: ofBob.sent, received: ofAlice.received, files: ofAlice.files},
		};
		for (const name of PEOPLE) {
			const broken = check(directions[name], evidence[name], {
				textOf: number =>
					fileSizeOf(seed, name, number) === undefined ? textOf(seed, name, number) : fileNameOf(number),
				editOf,
			});
			const progress = checkProgress(evidence[name].landed.size - then.landed[name], ground.round - then.round);
			const {sent, files} = directions[name];
			const unsaved = checkFiles(sent, files, number => savedFile(seed, name, number));
			saved[name] = files.length;
			for (const violation of [...broken, ...unsaved, ...progress]) {
				onViolation({...violation, what: `from ${name}: ${violation.what}`});
			}
		}

		then = {round: ground.round, landed: {alice: evidence.alice.landed.size, bob: evidence.bob.landed.size}};

		const said = PEOPLE.map(name => evidence[name].returned.size);
		ground.progress(`${said.join(' + ')} messages, ${ground.count} violations`);
	};

	try {
		for (const name of PEOPLE) players[name].start();
		await look(); // Both have an account, and nothing is said yet.
		mallory.start();
		const patience = performance.now() + QUIET_WITHIN;
		while (stranger.said === 0 && performance.now() < patience) await sleep(100);
		if (stranger.said === 0) onViolation({kind: 'stuck', what: 'the stranger gets nothing said'});
		for (const name of PEOPLE) players[name].direct('talk');
		while (ground.round < rounds && performance.now() - began < limitMs) {
			const round = ++ground.round;
			const {victims, pause, down} = roundOf(seed, round);
			await sleep(pause);
			if (underWay()) inFlight++;
			await Promise.all(
				victims.map(async victim => {
					kills[victim]++;
					if (!all[victim].isUp) starting++;
					await all[victim].kill();
				}),
			);
			await sleep(down);
			for (const victim of victims) all[victim].start();
			if (round % CHECK_EVERY !== 0 || round === rounds) continue;
			await look();
			for (const name of PEOPLE) players[name].direct('talk');
		}

		await look();
		return {
			rounds: ground.round,
			seconds: (performance.now() - began) / 1000,
			checks,
			kills,
			starting,
			inFlight,
			waited: players.alice.waited + players.bob.waited,
			acts: players.alice.acts + players.bob.acts,
			stranger,
			delivered: {alice: evidence.alice.landed.size, bob: evidence.bob.landed.size},
			files: saved.alice + saved.bob,
			violations: ground.violations,
			untold: ground.untold,
		};
	} finally {
		await Promise.all([...Object.values(all), mallory].map(async each => each.kill()));
		ground.clear();
	}
}

/** What somebody's file number `number` is to be where it is saved. */
function savedFile(seed: string, name: Person, number: number): SavedFile | undefined {
	const size = fileSizeOf(seed, name, number);
	return size === undefined
		? undefined
		: {name: fileNameOf(number), digest: digestOf(fileOf(seed, name, number, size))};
}
