// Clients that all want back in at once, each from an address of its own, as patient as the real one: it comes back when it was told to.
import os from 'node:os';
import {type DirectoryClient, type Place} from '../../tools/members/directory-client.ts';
import {lightEntropy} from '../../tools/members/light-accounts.ts';
import {type Return, comeIn} from '../../tools/members/returning.ts';
import {answer} from '../child.ts';
import {cpuTime} from '../measure.ts';

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

const entropy = await lightEntropy();
const clients: DirectoryClient[] = [];

const calls = {
	cpu: cpuTime,

	/** Users `first` … first + count − 1 come back, after the pause of their first failure, and stay. */
	async comeBack(place: Place, first: number, count: number): Promise<Return[]> {
		return Promise.all(Array.from({length: count}, async (_, index) => enter(place, first + index, true)));
	},

	/** Users from `first` on come one after the other, so many a second, for so long; each is measured from its first try. */
	async arrive(place: Place, first: number, perSecond: number, seconds: number): Promise<Return[]> {
		const arrivals: Array<Promise<Return>> = [];
		for (let index = 0; index < perSecond * seconds; index++) {
			arrivals.push(enter(place, first + index, false));
			await wait(1000 / perSecond);
		}

		return Promise.all(arrivals);
	},

	async release(): Promise<void> {
		await Promise.all(clients.splice(0).map(async client => client.close()));
	},
};

export type ReturningCalls = typeof calls;

async function enter(place: Place, index: number, isBack: boolean): Promise<Return> {
	const address = `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`;
	const {client, met} = await comeIn({index, place: () => place, address, entropy, isBack});
	clients.push(client);
	return met;
}

async function wait(ms: number): Promise<void> {
	await new Promise(resolve => setTimeout(resolve, ms));
}

answer(calls);
