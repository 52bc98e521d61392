// One server among several with the same database: it claims its sessions there, tells the others what has changed, and follows what they tell.
import {Buffer} from 'node:buffer';
import {expandLabelInto} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {type Introduce} from '../../wire/messages/introduce.ts';
import {type DeviceStanding} from '../device-standing.ts';
import {followLog} from '../device-logs.ts';
import {type SignedInDevice, type Member} from '../member.ts';
import {LastingAnswer} from '../lasting-answer.ts';
import {type ReturnTimes} from '../return-times.ts';
import {type Directory, endAccount} from '../sessions.ts';
import {type LookUp} from '../store/directory-store.ts';
import {PostgresqlDatabase} from '../store/postgresql-database.ts';
import {Across} from './across.ts';
import {ArrivingClaims} from './arriving-claims.ts';
import {Bus} from './bus.ts';
import {type BusLink} from './bus-link.ts';
import {type BusMessage} from './bus-messages.ts';
import {BusSeal, type NodeRun} from './bus-seal.ts';
import {Claims} from './claims.ts';
import {type Claim, type Cluster, type Entered} from './cluster-port.ts';
import {ElsewhereReader} from './elsewhere-reader.ts';
import {followBlocks} from './followed-blocks.ts';
import {NodeIds} from './node-ids.ts';
import {NodeLease} from './node-lease.ts';
import {notifyLink} from './notify-link.ts';
import {OlderSessions} from './older-sessions.ts';
import {SessionWriter} from './session-writer.ts';

/** How often the lease is renewed, and how often it is looked at whether it still holds, ms. */
const RENEW_MS = 2000;
const LOOK_MS = 250;
/** How often the server looks for claims that others have taken, and for what it did not hear or does not know, in renewals. */
const RECHECK_EVERY = 5;
const RELEARN_EVERY = 30;
/** Names in one message. */
const NAMES_AT_A_TIME = 100;
/** How long the number of names online is good: to count them, all sessions are read. Ms. */
const ONLINE_MS = 5000;
/** How long a client waits whose server has lost its lease, at least, s. */
const LOST_RETRY_S = 2;

export type ClusterPorts = {
	readonly url: string;
	/** How messages go, in place of the database. */
	readonly link: BusLink | undefined;
	readonly directory: Directory;
	readonly random: Random;
	readonly returnTimes: ReturnTimes;
	readonly sendDatagram: (at: Address, datagram: Buffer, to: Address) => void;
};

export class SharedCluster implements Cluster {
	readonly #ports: ClusterPorts;
	readonly #database: PostgresqlDatabase;
	readonly #claims: Claims;
	readonly #lease: NodeLease;
	readonly #ids: NodeIds;
	readonly #across: Across;
	readonly #sessions: SessionWriter;
	readonly #elsewhere: ElsewhereReader;
	readonly #prefix: string;
	readonly #arriving = new ArrivingClaims();
	readonly #older = new OlderSessions();
	readonly #online: LastingAnswer<number>;
	/** Undefined until it is known for the first time. */
	#isHeard: boolean | undefined;
	#bus: Bus | undefined;
	#renewals = 0;
	#isRenewing = false;
	/** Undefined until it has served for the first time. */
	#isServing: boolean | undefined;
	#isClosed = false;
	readonly #timers: NodeJS.Timeout[] = [];

	/** Takes a lease. Rejects when the database cannot be reached. */
	static async start(ports: ClusterPorts): Promise<SharedCluster> {
		const cluster = new SharedCluster(ports);
		try {
			await cluster.#join();
			cluster.#timers.push(setInterval(() => void cluster.#renew(), RENEW_MS));
			cluster.#timers.push(setInterval(() => cluster.holdsLease(), LOOK_MS));
			return cluster;
		} catch (error) {
			await cluster.close();
			throw error;
		}
	}

	private constructor(ports: ClusterPorts) {
		const {directory, random, url} = ports;
		const {presence, store, clock} = directory;
		this.#ports = ports;
		this.#database = new PostgresqlDatabase(url);
		this.#claims = new Claims(this.#database);
		this.#online = new LastingAnswer(
			async () => this.#claims.online(),
			ONLINE_MS,
			() => clock.elapsed(),
		);
		this.#lease = new NodeLease(this.#claims, () => clock.elapsed(), random);
		this.#ids = new NodeIds(store.secrets.signingSeed);
		const channel = expandLabelInto(Buffer.alloc(8), store.secrets.signingSeed, 'bus channel', Buffer.alloc(0));
		this.#prefix = `simchat_${channel.toString('hex')}`;
		this.#sessions = new SessionWriter(this.#claims, names => this.#tell(names), this.#failed);
		const find = async (names: readonly string[]) => this.#claims.find(this.#runOrNobody(), names);
		this.#elsewhere = new ElsewhereReader(find, (name, devices) => presence.setElsewhere(name, devices));
		const here = () => {
			const {run} = this.#lease;
			return run !== undefined && this.#bus !== undefined ? {run, bus: this.#bus} : undefined;
		};
		this.#across = new Across({directory, ids: this.#ids, here, find, sendDatagram: ports.sendDatagram});
		presence.onChange = member => this.changed(member);
	}

	holdsLease(): boolean {
		if (this.#lease.run !== undefined) return true;
		if (this.#bus !== undefined) this.#lose();
		return false;
	}

	sessionId(random: Buffer): Buffer {
		return this.#ids.idFor(this.#runOrNobody().node, random);
	}

	async enter(name: string, key: Buffer, standing: (found: LookUp) => DeviceStanding | undefined): Promise<Entered> {
		const {run} = this.#lease;
		if (run === undefined) throw new Error('this server has no lease: its database was out of reach');
		const [entered, overtaken] = await this.#arriving.follow(name, key, async () => {
			const found = await this.#claims.enter(run, name, key, standing);
			if (typeof found.claim === 'object') await this.#older.end(this.#bus, name, key, found.claim);
			return found;
		});
		if (this.#lease.run !== run) throw new Error('the lease ran out while somebody signed in');
		return typeof entered.claim === 'object' ? {...entered, claim: {...entered.claim, overtaken}} : entered;
	}

	entered(member: Member, {epoch, overtaken}: Claim): void {
		const {name, identityKey: key} = member;
		this.#sessions.add(member, epoch);
		// Once whoever signs it in has it.
		const {presence} = this.#ports.directory;
		if (overtaken > epoch) setImmediate(() => this.#sessions.displace(presence.devicesOf(name), key, overtaken));
	}

	left(member: Member): void {
		this.#sessions.remove(member);
	}

	abandon(name: string, {epoch}: Claim): void {
		this.#sessions.forget({name, epoch});
	}

	changed(member: Member): void {
		this.#sessions.changed(member);
	}

	async learn(names: readonly string[]): Promise<void> {
		await this.#elsewhere.learn(names);
	}

	async find(names: readonly string[]): Promise<ReadonlyMap<string, readonly SignedInDevice[]>> {
		return this.#claims.find(this.#runOrNobody(), names);
	}

	async online(): Promise<number> {
		return this.#online.read();
	}

	blocksChanged(name: string): void {
		this.#bus?.broadcast({kind: 'blocks', name});
	}

	logChanged(name: string, living: readonly Buffer[]): void {
		this.#claims.expel(name, living).catch(this.#failed);
		this.#bus?.broadcast({kind: 'log', name});
	}

	accountEnded(name: string): void {
		this.#bus?.broadcast({kind: 'ended', name});
	}

	async introduce(member: Member, asked: Introduce, device: Buffer | undefined): Promise<void> {
		await this.#across.introduce(member, asked, device);
	}

	async punch(member: Member, asked: Introduce): Promise<void> {
		await this.#across.punch(member, asked);
	}

	async passLink(name: string, body: Buffer): Promise<boolean> {
		return this.#across.passLink(name, body);
	}

	passBind(datagram: Buffer, from: Address, at: Address): void {
		this.#across.passBind(datagram, from, at);
	}

	/** Gives its claims back at once, so that nobody waits for the lease to run out. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const timer of this.#timers) clearInterval(timer);
		this.#ports.directory.presence.onChange = undefined;
		const {run} = this.#lease;
		this.#sessions.clear();
		if (run !== undefined) {
			const names = await this.#claims.leave(run).catch(this.#failed);
			this.#tell(names ?? []);
		}

		await this.#bus?.close();
		this.#lease.end();
		await this.#database.close();
	}

	/** As what it asks the database; one that has lost its lease is nobody there. */
	#runOrNobody(): NodeRun {
		return this.#lease.run ?? {node: 0, boot: ''};
	}

	async #join(): Promise<void> {
		const {directory, random} = this.#ports;
		const run = await this.#lease.take();
		const seal = new BusSeal(directory.store.secrets.signingSeed, run, random, () => this.#lease.now());
		const bus = new Bus({
			link: this.#ports.link ?? notifyLink(this.#database),
			seal,
			prefix: this.#prefix,
			node: run.node,
			random,
			onMessage: async (from, message) => this.#handle(from, message),
			onUp: () => {
				if (this.#isHeard === false) directory.emit({kind: 'bus up'});
				this.#isHeard = true;
				void this.#catchUp().catch(this.#failed);
			},
			onDown: reason => {
				if (this.#isHeard !== false) directory.emit({kind: 'bus down', reason});
				this.#isHeard = false;
			},
			onError: this.#failed,
		});
		this.#bus = bus;
		await bus.open();
		if (this.#isServing === false) directory.emit({kind: 'lease taken'});
		this.#isServing = true;
	}

	async #renew(): Promise<void> {
		if (this.#isRenewing || this.#isClosed) return;
		this.#isRenewing = true;
		try {
			const {run} = this.#lease;
			if (run === undefined) this.holdsLease();
			if (run === undefined) await this.#join();
			else if (!(await this.#lease.renew(run))) this.#lose();
			await this.#lookAround();
		} catch (error) {
			this.#failed(error);
		} finally {
			this.#isRenewing = false;
		}
	}

	async #lookAround(): Promise<void> {
		this.#renewals++;
		this.#older.renew();
		// The lease does not wait for it.
		this.#bus?.check().catch(this.#failed);
		this.#tell(await this.#claims.reap());
		if (this.#renewals % RECHECK_EVERY === 0) await this.#sessions.endLost();
		if (this.#renewals % RELEARN_EVERY !== 0) return;
		const {run} = this.#lease;
		if (run !== undefined) await this.#sessions.forgetUnknown(run);
		await this.learn([...this.#ports.directory.presence.watchedNames()]);
	}

	/** The others may have taken what this server has claimed: it ends all of it, and begins anew. */
	#lose(): void {
		this.#lease.end();
		void this.#bus?.close();
		this.#bus = undefined;
		const members = this.#sessions.clear();
		if (this.#isServing === true) {
			this.#isServing = false;
			this.#ports.directory.emit({kind: 'lease lost', sessions: members.length});
		}

		for (const {connection} of members) {
			connection.end('shutdown', this.#ports.returnTimes.oneOf(members.length, LOST_RETRY_S));
		}
	}

	/** What was said while nobody listened is read from the database. */
	async #catchUp(): Promise<void> {
		const {presence} = this.#ports.directory;
		await this.learn([...presence.watchedNames()]);
		for (const name of this.#sessions.names()) await followBlocks(this.#ports.directory, name);
	}

	#tell(names: readonly string[]): void {
		const each = [...new Set(names)];
		for (let at = 0; at < each.length; at += NAMES_AT_A_TIME) {
			this.#bus?.broadcast({kind: 'changed', names: each.slice(at, at + NAMES_AT_A_TIME)});
		}

		// Those of a server that has crashed concern this one, too.
		this.#learnWatched(each);
	}

	#learnWatched(names: readonly string[]): void {
		const {presence} = this.#ports.directory;
		const watched = names.filter(name => presence.isWatched(name));
		if (watched.length > 0) this.learn(watched).catch(this.#failed);
	}

	async #handle(from: NodeRun, message: BusMessage): Promise<BusMessage | undefined> {
		const {directory} = this.#ports;
		if (!this.holdsLease()) return undefined;
		this.#older.heardOf(from.boot);
		if (message.kind === 'changed') this.#learnWatched(message.names);
		else if (message.kind === 'blocks') {
			this.#learnWatched([message.name]);
			await followBlocks(directory, message.name);
		} else if (message.kind === 'log') await followLog(directory, message.name);
		else if (message.kind === 'ended') endAccount(directory, message.name);
		else if (message.kind === 'displace') {
			const {name, key, below} = message;
			this.#arriving.displace(name, key, below);
			this.#sessions.displace(directory.presence.devicesOf(name), key, below);
			return {kind: 'displaced'};
		} else return this.#across.answer(from, message);
		return undefined;
	}

	readonly #failed = (error: unknown): undefined => {
		if (!this.#isClosed) this.#ports.directory.emit({kind: 'failed', error});
		return undefined;
	};
}
