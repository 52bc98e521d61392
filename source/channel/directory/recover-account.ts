// A new device recovers an account by its recovery key: signs in as a guest, follows the log that the directory shows, and adds itself to it
// (docs/protocol.md, "Recovery").
import {Buffer} from 'node:buffer';
import {type IdentityKey} from '../../crypto/identity.ts';
import {
	type DeviceLog,
	LIVING_LIMIT,
	LOG_LIMIT,
	type LogMember,
	type LogStart,
	followEntry,
	followPage,
} from '../../protocol/devices/device-log.ts';
import {admissionBy, isRecoveredBy, removalBy} from '../../protocol/devices/recovery-key.ts';
import {type DeviceEntry, encodeDeviceEntry} from '../../wire/messages/device-entry.ts';
import {LOG_PAGE} from '../../wire/messages/devices.ts';
import {type Timers} from '../network/timer-port.ts';
import {type ConnectionProblem} from './connection-state.ts';
import {DirectoryLine} from './directory-line.ts';
import {UNHEARD} from './join-account.ts';
import {type LogAlarm} from './log-keeper.ts';
import {type LoginAttempt, type LoginOutcome, attemptLogin} from './login-attempt.ts';

export type RecoveryAttempt = Omit<LoginAttempt, 'mode' | 'invite' | 'scrypt'> & {
	readonly recovery: IdentityKey;
	readonly timers: Timers;
	/** The log is the account's: called with it before anything is handed in. Says which of the account's devices are lost, and go. */
	readonly onLog: (log: DeviceLog) => Promise<readonly LogMember[]>;
};

export type RecoveryOutcome =
	/** This device may sign in. `isCut`: not all that are lost are removed. */
	| {readonly kind: 'recovered'; readonly log: DeviceLog; readonly isCut: boolean}
	/** The recovery key does not live in the log that is shown: it is another account's, or the log is. */
	| {readonly kind: 'not-held'}
	/** What the directory shows is no log, or the log does not take the device. */
	| {readonly kind: 'refused'; readonly reason: LogAlarm}
	| {readonly kind: 'ended'; readonly problem: ConnectionProblem}
	| {readonly kind: 'no-login'; readonly outcome: Exclude<LoginOutcome, {readonly kind: 'established'}>};

/** How often an entry is signed anew when others are faster, or the directory asks to wait. */
const TRIES = 32;

type Failed = Exclude<RecoveryOutcome, {readonly kind: 'recovered' | 'no-login'}>;

/** Throws PasswordError, and what `onLog` throws. */
export async function recoverAccount(attempt: RecoveryAttempt): Promise<RecoveryOutcome> {
	const {identity, recovery, timers, onLog, entropy, now, name} = attempt;
	const guest = await attemptLogin({...attempt, mode: 'join', invite: NO_INVITE});
	if (guest.kind !== 'established') return {kind: 'no-login', outcome: guest};
	let problem: ConnectionProblem = 'timeout';
	const line = new DirectoryLine(guest, {
		...UNHEARD,
		now,
		random: entropy.random,
		onLog: nothing,
		onRefused: nothing,
		onEnd(why) {
			problem = why;
		},
	});
	const {clockOffset} = guest.session;
	const time = () => Math.round(now() + clockOffset);
	try {
		line.listen();
		const shown = await follow(line, name);
		if ('kind' in shown) return shown.kind === 'ended' ? {kind: 'ended', problem} : shown;
		if (!isRecoveredBy(shown, recovery.publicKey)) return {kind: 'not-held'};
		const lost = await onLog(shown);
		const removals = lost.map(
			({key}) =>
				(log: DeviceLog) =>
					removalBy(log, recovery, key, time()),
		);
		const admission = (log: DeviceLog) => admissionBy(log, recovery, identity, time());
		// Whoever is cut off in between is in, unless there is no room before.
		const isFull = shown.living.size >= LIVING_LIMIT;
		let log = shown;
		let isIn = false;
		for (const make of isFull ? [...removals, admission] : [admission, ...removals]) {
			const next = await extend(line, log, make, timers);
			if ('kind' in next && isIn) return {kind: 'recovered', log, isCut: true};
			if ('kind' in next) return next.kind === 'ended' ? {kind: 'ended', problem} : next;
			log = next;
			isIn = log.living.has(identity.publicKey.toString('hex'));
		}

		return {kind: 'recovered', log, isCut: false};
	} finally {
		await line.signOff();
	}
}

const NO_INVITE = Buffer.alloc(0);
const nothing = () => {};
const ENDED: Failed = {kind: 'ended', problem: 'timeout'};

/** All of the log, from whatever founding key it begins with. */
async function follow(line: DirectoryLine, name: string): Promise<DeviceLog | LogStart | Failed> {
	let log: DeviceLog | LogStart = {name};
	for (let pages = 0; pages <= LOG_LIMIT / LOG_PAGE; pages++) {
		const known: number = 'count' in log ? log.count : 0;
		const page = await line.devices(name, known);
		if (typeof page === 'string' || 'retryAfter' in page) return ENDED;
		const step = followPage(log, page);
		if ('refused' in step) return {kind: 'refused', reason: step.refused};
		({log} = step);
		if (page.count <= ('count' in log ? log.count : 0)) return log;
		if (step.fresh.length === 0) break;
	}

	return {kind: 'refused', reason: 'missing'};
}

/** The log with the entry that `make` gives for it, signed anew while others are faster. */
async function extend(
	line: DirectoryLine,
	log: DeviceLog,
	make: (log: DeviceLog) => DeviceEntry | undefined,
	timers: Timers,
): Promise<DeviceLog | Failed> {
	let current = log;
	for (let tries = 0; tries < TRIES; tries++) {
		const entry = make(current);
		if (entry === undefined) return current;
		const bytes = encodeDeviceEntry(entry);
		const wanted = followEntry(current, bytes);
		if ('refused' in wanted) return {kind: 'refused', reason: wanted.refused};
		const answer = await line.extendLog(bytes);
		if (typeof answer === 'string') return ENDED;
		if ('retryAfter' in answer) {
			await new Promise<void>(resolve => {
				timers.after(Math.max(answer.retryAfter, 1) * 1000, resolve);
			});
			continue;
		}

		const step = followPage(current, answer);
		if ('refused' in step) return {kind: 'refused', reason: step.refused};
		if (!('count' in step.log)) return ENDED;
		if (answer.entries[0]?.equals(bytes) === true) return step.log;
		// What every log takes is not taken there, and nobody was faster.
		if (step.log.count === current.count) return {kind: 'refused', reason: 'signer-not-allowed'};
		current = step.log;
	}

	return ENDED;
}
