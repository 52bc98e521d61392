// A new device of an account with a long history, joined by a link over loopback: when its screen has something to show, when all is there, and
// what both clients hold meanwhile. With a cut in the middle.
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {Client} from '../../source/client/facade.ts';
import {openVault} from '../../source/client/vault.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {startServer} from '../../source/server/start-server.ts';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {fill} from '../said.ts';
import {type Row} from '../table.ts';

const COUNT = {full: 100_000, quick: 10_000} as const;
const PASSWORD = 'the password of alice';
const TALK = talkWith('most');
/** What the screen shows at first. */
const SHOWN = 50;
/** Pauses between two looks, ms. */
const LOOK_MS = 10;
const MIB = 1024 ** 2;

export async function newDevice(quick: boolean): Promise<Row[]> {
	const count = quick ? COUNT.quick : COUNT.full;
	const folder = makeTemporaryFolder();
	const server = await startServer({
		data: path.join(folder, 'server'),
		listen: {host: '127.0.0.1', port: 0},
		registration: 'open',
		emit() {},
	});
	const clients: Client[] = [];
	const open = (name: string) => {
		const client = Client.open({folder: path.join(folder, name)});
		clients.push(client);
		return client;
	};

	try {
		const first = open('first');
		await first.signUp(server.joinLink, 'alice', PASSWORD);
		await first.signOff();
		await fillHistory(path.join(folder, 'first'), count);
		await first.signIn(PASSWORD);
		await until(() => first.snapshot().devices !== undefined);
		for (const name of ['most', 'many', 'forty']) first.addContact(name);
		const {link} = first.devices.offer('device');
		const fresh = open('fresh');
		const before = process.memoryUsage().rss;
		let peak = before;
		const start = performance.now();
		await fresh.join(link, PASSWORD, 'fresh');
		const joined = performance.now();
		const look = () => {
			peak = Math.max(peak, process.memoryUsage().rss);
		};

		await until(() => (fresh.snapshot().conversations.get(TALK)?.messages.length ?? 0) >= SHOWN, look);
		const shown = performance.now();
		const most = first.kept().count(TALK);
		await until(() => fresh.kept().count(TALK) >= most / 2, look);
		const cut = performance.now();
		await fresh.signOff();
		await fresh.signIn(PASSWORD);
		const resumed = performance.now();
		await until(() => fresh.kept().count(TALK) === most && saidBy(fresh) === count, look);
		const whole = performance.now() - (resumed - cut);
		const size = count.toLocaleString('en');
		return [
			{what: `${size} messages to a new device, whole clients: joined`, measured: joined - start, unit: 'ms'},
			{what: '  the newest are on show, after that', measured: shown - joined, unit: 'ms'},
			{what: '  all of them are there, cut in the middle', measured: (whole - joined) / 1000, unit: 's'},
			{what: '  memory of both clients and the server, more at most', measured: (peak - before) / MIB, unit: 'MiB'},
		];
	} finally {
		for (const client of clients) await client.close();
		await server.close();
		removeFolder(folder);
	}
}

function saidBy(client: Client): number {
	return [...client.kept().said()].length;
}

async function fillHistory(folder: string, count: number): Promise<void> {
	const vault = await openVault(path.join(folder, 'vault'), PASSWORD, systemEntropy);
	const history = openHistory(path.join(folder, 'history.db'), vault.dataKey);
	fill(history, count);
	history.close();
	vault.close();
}

async function until(condition: () => boolean, look: () => void = () => {}): Promise<void> {
	while (!condition()) {
		look();
		await pause(LOOK_MS);
	}
}
