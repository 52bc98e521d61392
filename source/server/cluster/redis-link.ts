// The link between servers that Redis or Valkey is: sharded publish and subscribe, on one server or over the nodes of a Redis Cluster. Nothing is
// stored there.
import {isIP} from 'node:net';
import process from 'node:process';
import {Redis} from 'iovalkey';
import {type Random} from '../../crypto/random.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {parseListenAddress} from '../listen-address.ts';
import {type BusLink, type BusListening, type BusText} from './bus-link.ts';
import {type BusPlace} from './bus-place.ts';

/** How long a connection and a command may take, ms. */
const CONNECT_MS = 3000;
const COMMAND_MS = 2000;
/** Nodes that one server connects to, whatever it is told. */
const NODE_LIMIT = 64;
/** How often a command is told of another node before it fails. */
const MOVES = 4;
/** Channels whose nodes are remembered: more than servers of one cluster need. */
const CHANNEL_LIMIT = 1024;

/** What an operator has to do about it. */
const HINTS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(?:NOAUTH|WRONGPASS)/v, ': the user is in the URL of --bus, its password in REDISCLI_AUTH'],
	[/^NOPERM/v, ': the user of --bus needs the commands spublish, ssubscribe and ping, and the channels simchat_*'],
	[/unknown command/v, ': the bus needs Redis 7 or later, or Valkey'],
];

/** `random` says which of the servers named is asked first. */
export function redisLink(place: BusPlace, random: Random): BusLink {
	return {
		async listen(channels, onText, onLost) {
			const first = Math.floor((random(2).readUInt16BE() * place.servers.length) / 0x1_00_00);
			const servers = [...place.servers.slice(first), ...place.servers.slice(0, first)];
			let reason: unknown;
			for (const server of servers) {
				const listening = new Listening(place, server, onText, onLost);
				try {
					await listening.open(channels);
					return listening;
				} catch (error) {
					listening.close();
					reason = error;
				}
			}

			throw reason;
		},
	};
}

/** Connections that end together: when one is lost, all are made anew. */
class Listening implements BusListening {
	readonly #place: BusPlace;
	/** Who is asked while it is not known where a channel is. */
	readonly #first: Address;
	readonly #onText: (text: string) => void;
	readonly #onLost: (reason: unknown) => void;
	/** By node, one that hears and one that speaks: at most NODE_LIMIT each. */
	readonly #hearing = new Map<string, Promise<Redis>>();
	readonly #speaking = new Map<string, Promise<Redis>>();
	readonly #all = new Set<Redis>();
	/** Nodes of channels, as others have told: at most CHANNEL_LIMIT. */
	readonly #nodes = new Map<string, Address>();
	#isOpen = false;
	#isOver = false;

	constructor(place: BusPlace, first: Address, onText: (text: string) => void, onLost: (reason: unknown) => void) {
		this.#place = place;
		this.#first = first;
		this.#onText = onText;
		this.#onLost = onLost;
	}

	async open(channels: readonly string[]): Promise<void> {
		for (const channel of channels) {
			await this.#at(this.#hearing, channel, async redis => redis.ssubscribe(channel));
			// The right to speak is found missing now, and not by the first message. Nobody reads what is empty.
			await this.#at(this.#speaking, channel, async redis => redis.spublish(channel, ''));
		}

		if (this.#isOver) throw new Error('the connection was lost');
		this.#isOpen = true;
	}

	async send(texts: readonly BusText[]): Promise<void> {
		await Promise.all(
			texts.map(async ({channel, text}) =>
				this.#at(this.#speaking, channel, async redis => redis.spublish(channel, text)),
			),
		);
	}

	async check(): Promise<void> {
		try {
			await Promise.all([...this.#all].map(async redis => redis.ping()));
		} catch (error) {
			this.#lose(error);
		}
	}

	close(): void {
		this.#isOver = true;
		for (const redis of this.#all) redis.disconnect();
	}

	#lose(reason: unknown): void {
		if (this.#isOver) return;
		this.close();
		if (this.#isOpen) this.#onLost(withoutArguments(reason));
	}

	/** Has the node of the channel do it, wherever that is now. */
	async #at(connections: Map<string, Promise<Redis>>, channel: string, act: (redis: Redis) => Promise<unknown>) {
		for (let moves = 0; ; moves++) {
			const node = this.#nodes.get(channel) ?? this.#first;
			try {
				await act(await this.#connection(connections, node));
				return;
			} catch (error) {
				const moved = movedTo(error, node);
				if (moved === undefined || moves === MOVES) throw withoutArguments(error);
				if (this.#nodes.size >= CHANNEL_LIMIT) this.#nodes.clear();
				this.#nodes.set(channel, moved);
			}
		}
	}

	async #connection(connections: Map<string, Promise<Redis>>, node: Address): Promise<Redis> {
		const key = addressText(node);
		const known = connections.get(key);
		if (known !== undefined) return known;
		if (this.#isOver || connections.size >= NODE_LIMIT) throw new Error('the bus is lost, or has too many nodes');
		const made = this.#connect(node);
		connections.set(key, made);
		return made;
	}

	async #connect({host, port}: Address): Promise<Redis> {
		const {isSecure, user} = this.#place;
		const redis = new Redis({
			host,
			port,
			...(isSecure && {tls: {servername: isIP(host) === 0 ? host : ''}}),
			lazyConnect: true,
			connectTimeout: CONNECT_MS,
			commandTimeout: COMMAND_MS,
			// It is made anew by the bus, in its own time, and all of it.
			retryStrategy: () => null,
			enableOfflineQueue: false,
			enableReadyCheck: false,
			autoResubscribe: false,
			autoResendUnfulfilledCommands: false,
		});
		this.#all.add(redis);
		let reason: unknown;
		redis.on('error', error => {
			reason ??= error;
			// Also what the client did not ask for: that a channel has gone to another node.
			if (redis.status === 'ready') this.#lose(error);
		});
		redis.on('end', () => this.#lose(reason ?? new Error('the connection was lost')));
		redis.on('smessage', (_, text: string) => this.#onText(text));
		try {
			await redis.connect();
			// Not by the client itself, which writes to the console about it.
			const password = process.env['REDISCLI_AUTH'];
			if (password !== undefined) await (user === undefined ? redis.auth(password) : redis.auth(user, password));
			return redis;
		} catch (error) {
			throw withoutArguments(reason ?? error);
		}
	}
}

/** Of another node, as `MOVED 3999 192.0.2.1:6379`; without a host it is the one that says so. */
function movedTo(error: unknown, from: Address): Address | undefined {
	const found = /^MOVED \d{1,5} (?<host>\S*):(?<port>\d{1,5})$/v.exec(error instanceof Error ? error.message : '');
	const {host = '', port = ''} = found?.groups ?? {};
	const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
	const parsed = parseListenAddress(`${bracketed}:${port}`);
	if (parsed === undefined || parsed.port === 0) return undefined;
	return {host: parsed.host ?? from.host, port: parsed.port};
}

/** The client's errors name the command with its arguments: the password, or what was sent. */
function withoutArguments(error: unknown): Error {
	const said = error instanceof Error ? error.message : 'unknown reason';
	const hint = HINTS.find(([pattern]) => pattern.test(said))?.[1] ?? '';
	return new Error(`${said}${hint}`);
}
