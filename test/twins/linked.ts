// A link to a directory as a test wants it: everything it tells is written down, and can be waited for.
import {Buffer} from 'node:buffer';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type ExecutionContext} from 'ava';
import {type DirectoryConnectionOptions} from '../../source/channel/directory/connection-options.ts';
import {DirectoryConnection} from '../../source/channel/directory/directory-connection.ts';
import {type ConnectionState} from '../../source/channel/directory/connection-state.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {type DirectorySession} from '../../source/protocol/login/login-keys.ts';
import {createBind} from '../../source/protocol/path/bind.ts';
import {type Address} from '../../source/wire/address.ts';
import {type LinkNews} from '../../source/channel/directory/link-host.ts';
import {type Called} from '../../source/wire/messages/ways.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type TestServer} from '../server/servers.ts';
import {identityOf, quickStretch, signUp} from '../../tools/members/directory-client.ts';

export type Linked = {
	readonly link: DirectoryConnection;
	/** Every state of the connection, and every session, in order. */
	readonly states: ConnectionState[];
	readonly sessions: DirectorySession[];
	/** `name on` or `name off`, as it was told. */
	readonly presence: string[];
	readonly punches: Address[][];
	readonly reflectors: Array<readonly Address[]>;
	readonly called: Called[];
	/** `name count` of each log that has grown, and `name reason` of each alarm. */
	readonly logs: string[];
	readonly alarms: string[];
	/** `name: id role, …` of those with several devices, as they were told. */
	readonly devices: string[];
	readonly links: LinkNews[];
	/** How many sessions have ended. */
	readonly ends: () => number;
	/** The state now, and the session now. */
	readonly state: () => ConnectionState['state'] | undefined;
	readonly session: () => DirectorySession;
	/** Resolves when it is so, looked at after each event. */
	readonly until: (condition: () => boolean) => Promise<void>;
};

/** Alice's link to this server, not started yet; all that it tells is kept. */
export function linked(
	t: ExecutionContext,
	server: TestServer,
	wish: Partial<DirectoryConnectionOptions> & {port?: number} = {},
): Linked {
	const {port = server.address.port, ...options} = wish;
	const states: ConnectionState[] = [];
	const sessions: DirectorySession[] = [];
	const presence: string[] = [];
	const punches: Address[][] = [];
	const reflectors: Array<readonly Address[]> = [];
	const called: Called[] = [];
	const logs: string[] = [];
	const alarms: string[] = [];
	const devices: string[] = [];
	const links: LinkNews[] = [];
	const waiting = new Set<() => void>();
	let ends = 0;
	const news = () => {
		for (const look of waiting) look();
	};

	const link = new DirectoryConnection({
		server: {host: '127.0.0.1', port, serverKey: keyOf(server)},
		name: 'alice',
		identity: identityOf({name: 'alice'}),
		stretch: quickStretch('correct horse'),
		entropy: systemEntropy,
		now: Date.now,
		events: {
			onConnection(connection) {
				states.push(connection);
				news();
			},
			onSession: session => sessions.push(session),
			onSessionEnd() {
				ends++;
			},
			onPresence(entries) {
				for (const entry of entries) presence.push(`${entry.name} ${entry.online ? 'on' : 'off'}`);
				for (const {name, devices: several} of entries) {
					if (several !== undefined) devices.push(`${name}: ${several.map(({role}) => role).join(', ')}`);
				}

				news();
			},
			onReflectors(named) {
				reflectors.push(named);
				news();
			},
			onCalled(call) {
				called.push(call);
				news();
			},
			onLog(name, {count}) {
				logs.push(`${name} ${count}`);
				news();
			},
			onAlarm(name, alarm) {
				alarms.push(`${name} ${alarm}`);
				news();
			},
			onLink(what) {
				links.push(what);
				news();
			},
			onPunch(addresses) {
				punches.push([...addresses]);
				news();
			},
		},
		...options,
	});
	t.teardown(async () => link.stop());
	return {
		link,
		states,
		sessions,
		presence,
		punches,
		reflectors,
		called,
		logs,
		alarms,
		devices,
		links,
		ends: () => ends,
		state: () => states.at(-1)?.state,
		session: () => sessions.at(-1)!,
		async until(condition) {
			if (condition()) return;
			await new Promise<void>(resolve => {
				const look = () => {
					if (!condition()) return;
					waiting.delete(look);
					resolve();
				};

				waiting.add(look);
			});
		},
	};
}

/** Signed up before, and online now. */
export async function online(
	t: ExecutionContext,
	server: TestServer,
	wish: Partial<DirectoryConnectionOptions> & {port?: number} = {},
): Promise<Linked> {
	await (await signUp(server, {name: 'alice'})).close();
	const alice = linked(t, server, wish);
	alice.link.start();
	await alice.until(() => alice.state() === 'online');
	// Behind its answer nothing is under way any more that the server says to everybody who signs in.
	await alice.link.search('', '', 1);
	await alice.until(() => alice.logs.length > 0);
	return alice;
}

export function keyOf({joinLink}: TestServer): Buffer {
	return parseJoinLink(joinLink)?.serverKey ?? Buffer.alloc(32);
}

/** Every secret of a session: the buffers themselves. */
export function keysOf({sessionId, ticketKeyId, ticketKey, bindKey, send, receive}: DirectorySession): Buffer[] {
	return [sessionId, ticketKeyId, ticketKey, bindKey, send.key, receive.key];
}

export function isWiped(keys: readonly Buffer[]): boolean {
	return keys.every(key => key.every(byte => byte === 0));
}

/** A BIND of the session from a socket of its own, and where the server sees that. */
export async function bindSomewhere(session: DirectorySession, port: number): Promise<Address> {
	const socket = createSocket('udp4');
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	const seen = {host: '127.0.0.1', port: socket.address().port};
	socket.send(createBind(session, Date.now()), port, '127.0.0.1');
	await once(socket, 'message');
	socket.close();
	return seen;
}
