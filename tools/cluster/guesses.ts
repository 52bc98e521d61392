// Guesses at one name over three servers: five reach SRP, and never a sixth, though the database fails over in the middle.
import {setTimeout as pause} from 'node:timers/promises';
import {attemptLogin} from '../members/directory-client.ts';
import {userName} from '../members/light-accounts.ts';
import {type ClusterReport} from './report.ts';
import {type ClusterWorld} from './world.ts';

const GUESSES = 50;
const ALLOWED = 5;
/** The frames of the server in a login: CHALLENGE, SERVER, SRP. */
const SERVER_FRAME = 2;
const SRP_FRAME = 3;
const PATIENCE_MS = 20_000;

export async function showGuesses(world: ClusterWorld, report: ClusterReport): Promise<void> {
	const calm = guesses(world, userName(0), GUESSES);
	await calm.over;
	report.line(
		calm.reached() === ALLOWED,
		`${GUESSES} guesses at one name at once over three servers: ${calm.reached()} reached SRP`,
	);
	for (const [index, frame] of [SERVER_FRAME, SRP_FRAME].entries()) {
		const name = userName(1 + index);
		const before = guesses(world, name, 2);
		await before.over;
		const meanwhile = guesses(world, name, GUESSES / 2 - 2);
		for (const end = performance.now() + PATIENCE_MS; !meanwhile.hasSeen(frame); await pause(1)) {
			if (performance.now() > end) throw new Error('no guess gets so far');
		}

		await world.failOver();
		await meanwhile.over;
		const after = guesses(world, name, GUESSES / 2);
		await after.over;
		const reached = [before, meanwhile, after].map(each => each.reached());
		const all = reached.reduce((sum, each) => sum + each);
		const rows = await world.rows('SELECT count, locked_until > 0 AS locked FROM attempts WHERE name = $1', [name]);
		report.line(
			all <= ALLOWED && rows[0]?.['locked'] === true,
			`the same, the primary killed when the first has got ${frame} frames: ${reached.join(' + ')} = ${all} reached SRP, ${String(rows[0]?.['count'])} counted`,
		);
		await world.database.refill();
	}
}

/** So many at once. */
function guesses(world: ClusterWorld, name: string, count: number) {
	const all = Array.from({length: count}, (_, index) => {
		const frames: number[] = [];
		const guess = {name, device: 'stranger', password: `wrong ${index}`, comesFrom: world.address()};
		const seen = {frames, isRefused: false};
		const attempt = async () => {
			const outcome = await attemptLogin(world.node(index), 'sign-in', guess, frames);
			seen.isRefused = outcome.kind === 'refused';
		};
		return {seen, over: attempt()};
	});
	return {
		over: Promise.all(all.map(async ({over}) => over)),
		hasSeen: (frame: number) => all.some(({seen}) => seen.frames.length >= frame),
		/** A refusal is a frame, too. */
		reached: () => all.filter(({seen: {frames, isRefused}}) => frames.length - (isRefused ? 1 : 0) >= SRP_FRAME).length,
	};
}
