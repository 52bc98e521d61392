// The server in a process of its own, so that its CPU, its event loop and its memory are nobody else's.
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {monitorEventLoopDelay, performance} from 'node:perf_hooks';
import process from 'node:process';
import {deriveDh, generateDhKeyPair} from '../../source/crypto/dh.ts';
import {derive, group, power, privateKey} from '../../source/crypto/group.ts';
import {generateIdentity, sign, verify} from '../../source/crypto/identity.ts';
import {SRP3072} from '../../source/crypto/primes.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {type Limits} from '../../source/server/rate-limits.ts';
import {type RunningServer, startServer} from '../../source/server/start-server.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {type Place} from '../../tools/members/directory-client.ts';
import {seedAccounts} from '../../tools/members/light-accounts.ts';
import {answer} from '../child.ts';
import {cpuTime, inLanes, settledMemory} from '../measure.ts';

/** All load comes from one address and few accounts, which the limits are there to stop. */
const endless = {burst: 1e9, perSecond: 1e9};
const limits: Partial<Limits> = {
	connections: endless,
	halfOpenPerAddress: 1024,
	frames: endless,
	introductions: endless,
	calls: endless,
};
/** How often the event loop is looked at, ms. Node's figures include it. */
const RESOLUTION_MS = 1;

let server: RunningServer | undefined;
let data: string | undefined;
let online = 0;
let delay: ReturnType<typeof monitorEventLoopDelay> | undefined;

function late(nanoseconds = 0): number {
	return Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
}

const calls = {
	/** With the limits of every server where it is `guarded`. */
	async start(accounts: number, guarded = false): Promise<Place> {
		data = makeTemporaryFolder();
		const store = openStore(path.join(data, DATABASE), systemRandom);
		await seedAccounts(store, accounts);
		await store.close();
		const {address, joinLink} = (server = await startServer({
			data,
			listen: {host: '127.0.0.1', port: 0},
			...(guarded ? {} : {limits}),
			emit({kind}) {
				if (kind === 'signed in') online++;
				if (kind === 'signed out') online--;
			},
		}));
		return {address, joinLink};
	},

	/** Users signed in. */
	online: () => online,
	cpu: cpuTime,
	/** CPU time of the event loop's thread so far, µs. */
	loopCpu(): number {
		const {user, system} = process.threadCpuUsage();
		return user + system;
	},
	memory: settledMemory,

	watchLoop() {
		delay = monitorEventLoopDelay({resolution: RESOLUTION_MS});
		delay.enable();
	},

	/** How late the event loop was since then, ms. */
	loopDelay(): {p99: number; p999: number; max: number} {
		delay?.disable();
		return {p99: late(delay?.percentile(99)), p999: late(delay?.percentile(99.9)), max: late(delay?.max)};
	},

	/** What no login can do without, and nothing else, so many at once. CPU and elapsed time a login, µs. */
	async barePowers(count: number, atOnce: number): Promise<{cpu: number; elapsed: number}> {
		const peer = await generateDhKeyPair();
		const within = group(SRP3072, 5);
		const value = power(within, within.generator, systemRandom(36));
		const {identity} = generateIdentity(systemRandom);
		const message = Buffer.alloc(64);
		const signature = sign(identity, message);
		const [cpu, start] = [cpuTime(), performance.now()];
		await inLanes(count, atOnce, async () => {
			const own = await generateDhKeyPair();
			await deriveDh(own.privateKey, peer.share);
			sign(identity, message);
			verify(identity.publicKey, message, signature);
			const b = privateKey(within, within.generator, systemRandom(36));
			power(within, value, systemRandom(32));
			await derive(within, b, value);
		});
		return {cpu: (cpuTime() - cpu) / count, elapsed: ((performance.now() - start) * 1000) / count};
	},
};

export type ServerCalls = typeof calls;

answer(calls, async () => {
	await server?.close();
	if (data !== undefined) removeFolder(data);
});
