// What a connection to the directory is given, and what it tells unasked.
import {type Random} from '../../crypto/random.ts';
import {type IntroductionDrop} from '../../protocol/introduce/introduction.ts';
import {type Address} from '../../wire/address.ts';
import {type Block, type Presence} from '../../wire/messages/directory.ts';
import {type Grant} from '../../wire/messages/introduce.ts';
import {type Called, type Whereabouts} from '../../wire/messages/ways.ts';
import {type ConnectionProblem} from './connection-state.ts';

/**
 * `addresses` are those that may be sent to. `ways`, from a server that knows them: where the other is, as the server says it. `time` is
 * when both were told, server ms.
 */
export type LineIntroduction = Grant & {readonly ways: Whereabouts | undefined; readonly time: number};

export type LinePorts = {
	/** Local ms. */
	readonly now: () => number;
	readonly random: Random;
	readonly keepaliveMs?: number | undefined;
	readonly onPresence: (entries: readonly Presence[]) => void;
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
	/** Once, before the keys are wiped. `retryAfter` is what the directory asked for, s. */
	readonly onEnd: (problem: ConnectionProblem, retryAfter: number) => void;
};
