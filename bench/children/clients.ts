// Many clients in one process: the load on a server. It runs at a lower priority, so that the server has a core when it wants one.
import {once} from 'node:events';
import {type Socket, connect} from 'node:net';
import os from 'node:os';
import {performance} from 'node:perf_hooks';
import {FRAME} from '../../source/wire/frame.ts';
import {foundLog} from '../../source/protocol/devices/device-log.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {encodeNames, encodePing} from '../../source/wire/messages/directory.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {handIn, pageOf} from '../../tools/members/device-accounts.ts';
import {type DirectoryClient, type Place} from '../../tools/members/directory-client.ts';
import {lightIdentity, lightEntropy, signInUser, userName} from '../../tools/members/light-accounts.ts';
import {answer} from '../child.ts';
import {inLanes} from '../measure.ts';

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

/** Well under the silence that the server allows. */
const KEEPALIVE_MS = 20_000;
/** Requests that one client has under way. */
const DEPTH = 8;

const entropy = await lightEntropy();
/** Clients that stay online, and bare sockets; ended with `release`. */
let clients: DirectoryClient[] = [];
let sockets: Socket[] = [];

setInterval(() => {
	for (const [token, client] of clients.entries()) client.send(FRAME.ping, encodePing(token));
}, KEEPALIVE_MS).unref();

const calls = {
	/** `count` logins, `atOnce` under way, by users from `first` on, one a lane. The time each took, ms. */
	async login(place: Place, first: number, count: number, atOnce: number): Promise<number[]> {
		const times: number[] = [];
		await inLanes(count, atOnce, async (_, lane) => {
			const start = performance.now();
			const client = await signInUser(place, first + lane, entropy);
			times.push(performance.now() - start);
			await client.close();
		});
		return times;
	},

	/** Signs in users from `first` on, and keeps them online. */
	async hold(place: Place, first: number, count: number, atOnce: number): Promise<void> {
		await inLanes(count, atOnce, async index => {
			clients.push(await signInUser(place, first + index, entropy));
		});
	},

	/** The same, and each has a device log and follows it, as clients do that know of devices. */
	async holdDevices(place: Place, first: number, count: number, atOnce: number): Promise<void> {
		await inLanes(count, atOnce, async index => {
			const client = await signInUser(place, first + index, entropy);
			const {name} = client.person;
			// The first of all questions, which says that it knows of devices; the entry is there from a look before.
			const {count: entries} = await pageOf(client, name);
			if (entries === 0)
				await handIn(client, encodeDeviceEntry(foundLog(lightIdentity(first + index), name, Date.now())));
			await client.request(FRAME.watch, encodeNames([name]), FRAME.presence);
			clients.push(client);
		});
	},

	/** Opens sockets that say nothing. */
	async connect(port: number, count: number, atOnce: number): Promise<void> {
		await inLanes(count, atOnce, async () => {
			const socket = connect({port, host: '127.0.0.1', noDelay: true});
			await once(socket, 'connect');
			sockets.push(socket);
		});
	},

	/** Everybody here tells the server its UDP address. */
	async bind(): Promise<void> {
		for (const client of clients) if ((await client.register()) === undefined) throw new Error('not bound');
	},

	/** `count` introductions: the first half of the clients here asks for the second. */
	async introduce(count: number): Promise<void> {
		const pairs = clients.length / 2;
		await inLanes(count / DEPTH, pairs, async (index, lane) => {
			const client = clients[lane]!;
			const name = userName(pairs + lane);
			for (let request = 0; request < DEPTH; request++) {
				client.send(FRAME.introduce, encodeIntroduce({request, name, time: Date.now()}));
			}

			for (let request = 0; request < DEPTH; request++) {
				const introduction = decodeIntroduction(await client.next(FRAME.introduction));
				if (introduction?.grant === undefined) throw new Error(`no grant in round ${index}`);
			}
		});
	},

	async release(): Promise<void> {
		for (const socket of sockets) socket.destroy();
		const leaving = clients;
		[clients, sockets] = [[], []];
		await Promise.all(leaving.map(async client => client.close()));
	},
};

export type ClientCalls = typeof calls;

answer(calls);
