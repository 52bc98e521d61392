// A primary that is killed again and again while people make accounts, change passwords and block: nothing acknowledged is lost.
import {setTimeout as pause} from 'node:timers/promises';
import {systemRandom} from '../../source/crypto/random.ts';
import {srpVerifier} from '../../source/crypto/srp.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodeBlock, encodeChangePassword} from '../../source/wire/messages/directory.ts';
import {attemptLogin, quickStretch} from '../members/directory-client.ts';
import {userName} from '../members/light-accounts.ts';
import {within} from '../within.ts';
import {type Kept, type Life, lostOf, newLife} from './history.ts';
import {type ClusterReport} from './report.ts';
import {type ClusterWorld} from './world.ts';

const WORKERS = 6;
/** Before the next try, after one that was cut short, ms. */
const AGAIN_MS = 100;
/** When the primary is killed, after everybody has begun, ms. */
const KILL_AFTER_MS = {least: 200, most: 1200};
/** How long one request, and how long the end of a round, is waited for, ms. */
const PATIENCE_MS = 15_000;

export async function showFailovers(world: ClusterWorld, report: ClusterReport, rounds: number): Promise<void> {
	const all: Life[] = [];
	const away: number[] = [];
	const wrong: string[] = [];
	for (let round = 0; round < rounds; round++) {
		const lives: Life[] = [];
		const state = {isLast: false, isServed: false, promoted: Number.POSITIVE_INFINITY};
		const everybody = Array.from({length: WORKERS}, async (_, worker) => {
			for (let count = 0; !state.isLast; count++) {
				const life = newLife(`r${round}w${worker}n${count}`);
				lives.push(life);
				await live(world, life, worker + count).catch(() => {});
				if (life.isOver && performance.now() > state.promoted) state.isServed = true;
				await pause(life.isOver ? 10 : AGAIN_MS);
			}
		});
		try {
			const {least, most} = KILL_AFTER_MS;
			await pause(least + Math.random() * (most - least));
			const killed = performance.now();
			await world.failOver();
			state.promoted = performance.now();
			while (!state.isServed && performance.now() < state.promoted + PATIENCE_MS) await pause(20);
			away.push(performance.now() - killed);
		} finally {
			state.isLast = true;
		}

		await within(Promise.all(everybody), 4 * PATIENCE_MS, () => 'somebody hangs');
		all.push(...lives);
		// What was acknowledged in the rounds before has to be there, too.
		wrong.push(...lostOf(all, await kept(world, all)).map(text => `failover ${round + 1}: ${text}`));
		await world.database.refill();
	}

	const count = (which: (life: Life) => boolean) => all.filter(which).length;
	report.line(
		wrong.length === 0 && all.some(({isOver}) => isOver),
		`${rounds} failovers: of ${count(life => life.isInvited)} invites, ${count(life => life.made.length > 0)} accounts, ${count(life => life.isChanged)} new passwords and ${count(life => life.hasBlocked)} blocks that were acknowledged ${wrong.length} are lost or made twice`,
	);
	report.note(
		`served again after ${(Math.max(...away) / 1000).toFixed(1)} s at most; ${count(life => !life.isOver)} of ${all.length} were cut short`,
	);
	for (const text of wrong.slice(0, 10)) report.note(text);
}

/** Goes as far as it is answered. */
async function live(world: ClusterWorld, life: Life, index: number): Promise<void> {
	const {name} = life;
	const invite = await world.invite(index, name);
	if (invite === undefined) return;
	life.isInvited = true;
	const outcomes = await Promise.all(
		['one', 'two'].map(async (device, which) => {
			const person = {name, device: `${name} ${device}`, password: device, invite, comesFrom: world.address()};
			const outcome = await patient(attemptLogin(world.node(index + which), 'sign-up', person)).catch(() => undefined);
			if (outcome?.kind !== 'established') return [];
			life.made.push(person.device);
			return [outcome.client];
		}),
	);
	const [client] = outcomes.flat();
	try {
		if (client === undefined) return;
		const stretching = {salt: systemRandom(16), logN: 17, r: 8, p: 1};
		life.verifier = srpVerifier(await quickStretch('new')(stretching.salt, stretching));
		const change = encodeChangePassword({stretching, verifier: life.verifier});
		await patient(client.request(FRAME.changePassword, change, FRAME.changed));
		life.isChanged = true;
		const block = encodeBlock({name: userName(0), blocked: true});
		await patient(client.request(FRAME.block, block, FRAME.blocked));
		life.hasBlocked = true;
		life.isOver = true;
	} finally {
		await Promise.all(outcomes.flat().map(async each => each.close()));
	}
}

async function patient<T>(asked: Promise<T>): Promise<T> {
	return within(asked, PATIENCE_MS, () => 'no answer');
}

async function kept(world: ClusterWorld, lives: readonly Life[]): Promise<Kept> {
	const names = lives.map(({name}) => name);
	const [accounts, invites, blocks] = await Promise.all([
		world.rows('SELECT name, identity_key, verifier FROM accounts WHERE name = ANY ($1)', [names]),
		world.rows('SELECT name FROM invites WHERE name = ANY ($1)', [names]),
		world.rows('SELECT owner FROM blocks WHERE owner = ANY ($1)', [names]),
	]);
	return {accounts, invites, blocks};
}
