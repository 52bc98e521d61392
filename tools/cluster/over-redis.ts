// The same servers, hearing each other by a Redis Cluster in place of their database; and one of its nodes is killed under them.
import {setTimeout as pause} from 'node:timers/promises';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {missingForRedis, startRedisCluster} from '../engines/redis.ts';
import {type DirectoryClient} from '../members/directory-client.ts';
import {lightEntropy, signInUser, userName} from '../members/light-accounts.ts';
import {within} from '../within.ts';
import {type ClusterReport} from './report.ts';
import {showRolling} from './rolling.ts';
import {showSessions} from './sessions-at-once.ts';
import {type ClusterWorld} from './world.ts';

const NODES = 3;
const FIRST = 340;
/** At each server. */
const PEOPLE = 4;
/** How long a node is away, and how long everybody may need to meet everybody again, s. */
const AWAY_S = 5;
const LIMIT_S = 15;
/** Between two questions of one person, ms. */
const ASK_EVERY_MS = 500;
const ANSWER_MS = 5000;

export async function showRedis(world: ClusterWorld, report: ClusterReport): Promise<void> {
	const missing = missingForRedis();
	if (missing.length > 0) return report.note(`redis is left out: this machine lacks ${missing.join(', ')}`);
	const nodes = await startRedisCluster(NODES);
	await world.useBus(`redis://${nodes.map(({port}) => `127.0.0.1:${port}`).join(',')}`);
	report.note(`from here on the servers hear each other by a Redis Cluster of ${NODES} nodes`);
	await showSessions(world, report);
	await showRolling(world, report);
	const entropy = await lightEntropy();
	const count = PEOPLE * world.nodes.length;
	const clients = await Promise.all(
		Array.from({length: count}, async (_, index) =>
			signInUser(world.node(index), FIRST + index, entropy, world.address()),
		),
	);
	await Promise.all(clients.map(async client => client.register()));
	await allMeet(clients);
	// One after the other, so that it is one of these that some channel is at.
	const took: number[] = [];
	for (const node of nodes) {
		await node.kill();
		await pause(AWAY_S * 1000);
		await node.resume();
		const start = performance.now();
		await allMeet(clients);
		took.push((performance.now() - start) / 1000);
	}

	const left = clients.filter(({frames}) => !frames.socket.closed).length;
	report.line(
		left === count && Math.max(...took) < LIMIT_S,
		`each node of Redis killed for ${AWAY_S} s: ${left} of ${count} sessions went on, and everybody met the people at the other servers again after ${took.map(s => s.toFixed(1)).join(', ')} s`,
	);
	await Promise.all(clients.map(async client => client.close()));
}

/** Each asks for the one behind it, who is at the next server, until it is introduced. */
async function allMeet(clients: readonly DirectoryClient[]): Promise<void> {
	const meets = async (client: DirectoryClient, index: number): Promise<void> => {
		const name = userName(FIRST + ((index + 1) % clients.length));
		client.send(FRAME.introduce, encodeIntroduce({request: index, name, time: Date.now()}));
		const answer = await within(client.next(FRAME.introduction), ANSWER_MS, () => `${client.person.name}: no answer`);
		if (decodeIntroduction(answer)?.grant !== undefined) return;
		await pause(ASK_EVERY_MS);
		await meets(client, index);
	};
	const all = Promise.all(clients.map(async (client, index) => meets(client, index)));
	await within(all, 4 * LIMIT_S * 1000, () => 'some are not introduced to each other');
}
