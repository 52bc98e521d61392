// What a kept connection to the directory is given, and what it tells.
import {type Entropy} from '../../protocol/entropy.ts';
import {type LoginSetup} from '../../protocol/login/client.ts';
import {type DirectorySession} from '../../protocol/login/login-keys.ts';
import {type Address} from '../../wire/address.ts';
import {type Called} from '../../wire/messages/ways.ts';
import {type ConnectionState} from './connection-state.ts';
import {type NamePresence} from './line-ports.ts';
import {type LinkHostPorts} from './link-host.ts';
import {type LogKeeperPorts} from './log-keeper.ts';
import {type LoggedIn, type ServerPlace} from './login-attempt.ts';

export type DirectoryConnectionOptions = {
	readonly server: ServerPlace;
	readonly name: string;
	readonly identity: LoginSetup['identity'];
	readonly stretch: LoginSetup['stretch'];
	readonly entropy: Entropy;
	/** Of the account, 32 bytes: this device's own key unless it has joined by a link. */
	readonly foundingKey?: Buffer | undefined;
	/** Local ms. */
	readonly now: () => number;
	/** A login that stands already: taken over. */
	readonly first?: LoggedIn | undefined;
	readonly keepaliveMs?: number;
	readonly events: {
		readonly onConnection: (connection: ConnectionState) => void;
		/** Logged in; `server` is where TCP reached it. The session's keys live until onSessionEnd returns. */
		readonly onSession: (session: DirectorySession, server: Address) => void;
		readonly onSessionEnd: () => void;
		/** Of watched names alone. */
		readonly onPresence: (entries: readonly NamePresence[]) => void;
		/** Of watched names alone: signed in, and out of reach. */
		readonly onUnbound?: (names: readonly string[]) => void;
		/** Something that the directory sent was of no use. */
		readonly onDrop?: (reason: string) => void;
		/** Where else BIND is answered, four at most; of the session that stands. */
		readonly onReflectors?: (reflectors: readonly Address[]) => void;
		/** We were named to somebody; nothing of it is checked. */
		readonly onCalled?: (called: Called) => void;
		/** The log of a name that is followed has grown; `fresh` are the entries that are new. */
		readonly onLog?: LogKeeperPorts['onLog'] | undefined;
		/** The directory shows another log of a name than the known one. */
		readonly onAlarm?: LogKeeperPorts['onAlarm'] | undefined;
		/** What came of the link that this device has made. */
		readonly onLink?: LinkHostPorts['onLink'] | undefined;
		/** Somebody's datagrams will come from these addresses. */
		readonly onPunch?: (addresses: readonly Address[]) => void;
	};
};
