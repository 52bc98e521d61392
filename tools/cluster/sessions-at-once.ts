// Names that sign in at all servers at once: of a device one session is left, and no other is introduced to anybody.
import {FRAME} from '../../source/wire/frame.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {type DirectoryClient} from '../members/directory-client.ts';
import {lightEntropy, signInUser, userName} from '../members/light-accounts.ts';
import {within} from '../within.ts';
import {type ClusterReport} from './report.ts';
import {type ClusterWorld} from './world.ts';

const FIRST = 10;
const NAMES = 200;
/** Behind them, one at each server: who is asked for. */
const TARGETS = FIRST + NAMES;
const PATIENCE_MS = 10_000;

export async function showSessions(world: ClusterWorld, report: ClusterReport): Promise<void> {
	const entropy = await lightEntropy();
	const targets = await Promise.all(
		world.nodes.map(async (node, index) => signInUser(node, TARGETS + index, entropy, world.address())),
	);
	await Promise.all(targets.map(async target => target.register()));
	const names = Array.from({length: NAMES}, (_, index) => FIRST + index);
	const outcomes = await Promise.all(
		names.map(async index => {
			const tries = world.nodes.map(async node => signInUser(node, index, entropy, world.address()));
			const clients = (await Promise.allSettled(tries)).map(each =>
				each.status === 'fulfilled' ? each.value : undefined,
			);
			// Each asks for the one at its own server, and for one at another.
			const granted = await Promise.all(
				clients.map(async (client, at) => {
					if (client === undefined) return false;
					const asked = [at, (at + 1) % clients.length].map(target => userName(TARGETS + target));
					return (await introduced(client, asked).catch(() => 0)) > 0;
				}),
			);
			return {clients, granted: granted.filter(Boolean).length};
		}),
	);
	const isIn = outcomes.filter(({clients}) => clients.some(client => client !== undefined)).length;
	const several = outcomes.filter(({clients}) => clients.filter(Boolean).length > 1).length;
	const [none, one] = [0, 1].map(count => outcomes.filter(({granted}) => granted === count).length);
	const twice = outcomes.filter(({granted}) => granted > 1).length;
	report.line(
		twice === 0 && several > NAMES / 2 && one! > NAMES / 2,
		`${NAMES} names at three servers at once: ${isIn} were let in, ${several} at more than one; of ${one} one session was introduced, of ${none} none, of ${twice} more than one`,
	);
	const all = [...targets, ...outcomes.flatMap(({clients}) => clients.filter(client => client !== undefined))];
	await Promise.all(all.map(async client => client.close()));
}

/** How many introductions are granted to it, once the server knows its UDP address. */
async function introduced(client: DirectoryClient, names: readonly string[]): Promise<number> {
	const ask = async () => {
		await client.register();
		for (const [request, name] of names.entries()) {
			client.send(FRAME.introduce, encodeIntroduce({request, name, time: Date.now()}));
		}

		let granted = 0;
		for (const _ of names) {
			const answer = decodeIntroduction(await client.next(FRAME.introduction));
			if (answer?.grant !== undefined) granted++;
		}

		return granted;
	};

	return within(ask(), PATIENCE_MS, () => `${client.person.name} gets no answer`);
}
