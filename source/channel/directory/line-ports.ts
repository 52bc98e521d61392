// What a connection to the directory is given, and what it tells unasked.
import {type Random} from '../../crypto/random.ts';
import {type IntroductionDrop} from '../../protocol/introduce/introduction.ts';
import {type Address} from '../../wire/address.ts';
import {type Block, type Presence} from '../../wire/messages/directory.ts';
import {type LogLength, type LogPage, type OnlineDevice} from '../../wire/messages/devices.ts';
import {type Grant} from '../../wire/messages/introduce.ts';
import {type LinkRequest} from '../../wire/messages/link-request.ts';
import {type Called, type Whereabouts} from '../../wire/messages/ways.ts';
import {type ConnectionProblem} from './connection-state.ts';

/**
 * `addresses` are those that may be sent to. `ways`, from a server that knows them: where the other is, as the server says it. `time` is
 * when both were told, server ms.
 */
export type LineIntroduction = Grant & {readonly ways: Whereabouts | undefined; readonly time: number};

/** Which devices of a name are online, the own one left out; without `devices` it is the founding one alone, if it is online. */
export type NamePresence = Presence & {readonly devices?: readonly OnlineDevice[]};

export type LinePorts = {
	/** Local ms. */
	readonly now: () => number;
	readonly random: Random;
	readonly keepaliveMs?: number | undefined;
	readonly onPresence: (entries: readonly NamePresence[]) => void;
	/** Of watched names: signed in, and out of reach, since their UDP does not get through to the directory. */
	readonly onUnbound: (names: readonly string[]) => void;
	/** How the directory has it stored. */
	readonly onBlocked: (block: Block) => void;
	/** An introduction was of no use. */
	readonly onDrop: (reason: IntroductionDrop) => void;
	/** Somebody's datagrams will come from these addresses, four at most. */
	readonly onPunch: (addresses: readonly Address[]) => void;
	/** Where else BIND is answered, four at most. The newest list counts. */
	readonly onReflectors: (reflectors: readonly Address[]) => void;
	/** We were named to somebody, in the same instant as they to us. What it says is not checked. */
	readonly onCalled: (called: Called) => void;
	/** How long the logs of watched names are, where they have more than one entry. */
	readonly onLogs: (lengths: readonly LogLength[]) => void;
	/** An entry was added just now to the log of a watched name. Nothing of it is checked. */
	readonly onLog: (page: LogPage) => void;
	/** A device wants to join our account. Nothing of it is checked. */
	readonly onLinkRequest: (request: LinkRequest) => void;
	/** Something without a request number was too much, or too early: in so many s again. */
	readonly onRefused: (retryAfter: number) => void;
	/** Once, before the keys are wiped. `retryAfter` is what the directory asked for, s. */
	readonly onEnd: (problem: ConnectionProblem, retryAfter: number) => void;
};
