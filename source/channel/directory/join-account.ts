// A new device joins an account by a link: signs in as a guest, asks, and waits for the log that admits it.
import {Buffer} from 'node:buffer';
import {type DeviceLog} from '../../protocol/devices/device-log.ts';
import {type JoinStep, continueJoining, startJoining} from '../../protocol/devices/link-joiner.ts';
import {type DeviceLink} from '../../wire/device-link.ts';
import {type LogPage} from '../../wire/messages/devices.ts';
import {type Timers} from '../network/timer-port.ts';
import {type ConnectionProblem} from './connection-state.ts';
import {DirectoryLine} from './directory-line.ts';
import {type LinePorts} from './line-ports.ts';
import {type LoginAttempt, type LoginOutcome, attemptLogin} from './login-attempt.ts';

export type JoinAttempt = Omit<LoginAttempt, 'server' | 'mode' | 'name' | 'invite' | 'scrypt'> & {
	readonly link: DeviceLink;
	/** What the person calls this device. */
	readonly label: string;
	readonly timers: Timers;
	/** No device of the account is there to answer: asks again by itself, in so many s. */
	readonly onAbsent?: (seconds: number) => void;
};

export type JoinOutcome =
	/** This device may sign in; `entries` are for who keeps the log. */
	| {readonly kind: 'joined'; readonly log: DeviceLog; readonly entries: readonly Buffer[]}
	/** The directory showed what is no log of this account. */
	| (JoinStep & {readonly kind: 'refused'})
	| {readonly kind: 'ended'; readonly problem: ConnectionProblem}
	| {readonly kind: 'no-login'; readonly outcome: Exclude<LoginOutcome, {readonly kind: 'established'}>};

/** Ends when it is decided, when the connection ends, and when `signal` says so. Throws PasswordError. */
export async function joinAccount(attempt: JoinAttempt): Promise<JoinOutcome> {
	const {link, label, timers, onAbsent, signal, identity, entropy, now} = attempt;
	const {name, host, port, serverKey} = link;
	const server = {host, port, serverKey};
	const guest = await attemptLogin({...attempt, server, mode: 'join', name, invite: NO_INVITE});
	if (guest.kind !== 'established') return {kind: 'no-login', outcome: guest};
	const begun = startJoining(link, identity, label, entropy.random);
	const {request} = begun;
	let {state} = begun;
	let cancel: (() => void) | undefined;
	const {promise, resolve} = Promise.withResolvers<JoinOutcome>();
	const line: DirectoryLine = new DirectoryLine(guest, {
		...UNHEARD,
		now,
		random: entropy.random,
		onLog(page: LogPage) {
			const step = continueJoining(state, page);
			if (step.kind === 'waiting') ({state} = step);
			else resolve(step);
		},
		onRefused(seconds) {
			cancel?.();
			onAbsent?.(seconds);
			cancel = timers.after(seconds * 1000, () => line.requestLink(request));
		},
		onEnd: problem => resolve({kind: 'ended', problem}),
	});
	const giveUp = () => resolve({kind: 'ended', problem: 'closed'});
	signal?.addEventListener('abort', giveUp);
	try {
		line.listen();
		line.requestLink(request);
		if (signal?.aborted === true) giveUp();
		return await promise;
	} finally {
		signal?.removeEventListener('abort', giveUp);
		cancel?.();
		await line.signOff();
	}
}

const NO_INVITE = Buffer.alloc(0);

const nothing = () => {};

/** What a guest is told nothing of. */
export const UNHEARD: Omit<LinePorts, 'now' | 'random' | 'onLog' | 'onRefused' | 'onEnd'> = {
	onPresence: nothing,
	onUnbound: nothing,
	onBlocked: nothing,
	onDrop: nothing,
	onPunch: nothing,
	onReflectors: nothing,
	onCalled: nothing,
	onLogs: nothing,
	onLinkRequest: nothing,
};
