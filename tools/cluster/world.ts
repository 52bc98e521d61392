// Three servers and their database, which may fail over: the servers know one address, which leads to the primary.
import path from 'node:path';
import {systemRandom} from '../../source/crypto/random.ts';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {type Row, PostgresqlDatabase} from '../../source/server/store/postgresql-database.ts';
import {openSharedStore} from '../../source/server/store/postgresql-store.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {builtPrograms} from '../build/programs.ts';
import {ReplicatedPostgresql} from '../engines/replicated-postgresql.ts';
import {seedAccounts} from '../members/light-accounts.ts';
import {makeTemporaryFolder} from '../temporary-folder.ts';
import {startForwarder} from './forwarder.ts';
import {freePort, worstStall} from './loop-delay.ts';
import {type ClusterNode, startNode} from './node.ts';

const NODES = [0, 1, 2] as const;
const root = path.resolve(import.meta.dirname, '../..');

export class ClusterWorld {
	readonly database: ReplicatedPostgresql;
	readonly #door: string;
	readonly #store: string;
	/** Whether the primary is there. */
	#isThere = true;
	#nodes: readonly ClusterNode[] = [];
	/** Of their metrics. */
	#ports: readonly number[] = [];
	#addresses = 0;
	/** By what the servers hear each other, in place of the database. */
	#bus: readonly string[] = [];

	private constructor(database: ReplicatedPostgresql, door: string, port: number) {
		this.database = database;
		this.#door = door;
		this.#store = `postgres://postgres@127.0.0.1:${port}/postgres`;
	}

	/** With accounts of light clients, so many. */
	static async start(accounts: number): Promise<ClusterWorld> {
		const {server} = await builtPrograms({server: path.join(root, 'server.ts')});
		const database = await ReplicatedPostgresql.start();
		const store = await openSharedStore(database.primary.url(), systemRandom);
		await seedAccounts(store, accounts);
		await store.close();
		const {port} = await startForwarder(() => world.#socket);
		const world: ClusterWorld = new ClusterWorld(database, server, port);
		world.#ports = await Promise.all(NODES.map(async () => freePort()));
		world.#nodes = await Promise.all(
			NODES.map(async index => world.#start(index, makeTemporaryFolder(), '127.0.0.1:0')),
		);
		return world;
	}

	get #socket(): string | undefined {
		return this.#isThere ? path.join(this.database.primary.folder, '.s.PGSQL.5432') : undefined;
	}

	get nodes(): readonly ClusterNode[] {
		return this.#nodes;
	}

	/** One after the other. */
	node(index: number): ClusterNode {
		return this.#nodes[index % NODES.length]!;
	}

	/** An address of this machine that nobody has come from. */
	address(): string {
		const count = this.#addresses++;
		return `127.${1 + Math.floor(count / 62_500)}.${Math.floor(count / 250) % 250}.${1 + (count % 250)}`;
	}

	/** A code with which the name may make an account; undefined when the server does not make one now. */
	async invite(index: number, name: string): Promise<string | undefined> {
		const reply = await askAdmin(this.node(index).data, {command: 'invite', name});
		return reply?.kind === 'link' ? parseJoinLink(reply.link)?.invite : undefined;
	}

	/** Kills the primary; a standby takes its place. */
	async failOver(): Promise<void> {
		this.#isThere = false;
		await this.database.failOver();
		this.#isThere = true;
	}

	/** Starts a server that has ended anew, at the same port. */
	async restart(index: number): Promise<void> {
		const {data, address} = this.node(index);
		const again = await this.#start(index, data, `127.0.0.1:${address.port}`);
		this.#nodes = this.#nodes.map((node, each) => (each === index ? again : node));
	}

	/** Restarts all servers, which hear each other by this from now on. */
	async useBus(url: string): Promise<void> {
		this.#bus = ['--bus', url];
		for (const index of NODES) {
			await this.node(index).stop('SIGTERM');
			await this.restart(index);
		}
	}

	/** How late the event loop of each was at most since it was asked last, ms; 0 for one that does not run. */
	async stalls(): Promise<readonly number[]> {
		return Promise.all(this.#ports.map(async port => worstStall(port).catch(() => 0)));
	}

	async rows(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
		const database = new PostgresqlDatabase(this.database.primary.url());
		try {
			return (await database.query(text, values)).rows;
		} finally {
			await database.close();
		}
	}

	async #start(index: number, data: string, listen: string): Promise<ClusterNode> {
		const more = ['--metrics', `127.0.0.1:${this.#ports[index]}`, '--drain', '1', '--drain-spread', '4', ...this.#bus];
		return startNode({door: this.#door, data, store: this.#store, listen, registration: 'invite', more});
	}
}
