// What an ALERT means for the way to the directory, and whether another try could help.
import {type AlertReason} from '../../wire/alert.ts';
import {type ConnectionProblem} from './connection-state.ts';

/** Locked: somebody guessed from this device; like everything busy it passes by itself. */
export const problemOfAlert: Readonly<Record<AlertReason, ConnectionProblem>> = {
	malformed: 'protocol',
	unsupported: 'protocol',
	busy: 'busy',
	credentials: 'credentials',
	locked: 'busy',
	nameTaken: 'protocol',
	inviteInvalid: 'protocol',
	registrationClosed: 'protocol',
	identityUnknown: 'identity',
	displaced: 'displaced',
	shutdown: 'shutdown',
	timeout: 'timeout',
	challengeFailed: 'busy',
	internal: 'busy',
	removed: 'removed',
	deviceRemoved: 'device-removed',
};

const final: ReadonlySet<ConnectionProblem> = new Set([
	'displaced',
	'removed',
	'device-removed',
	'credentials',
	'identity',
	'server-key',
] as const);

/** Whether another try would be of no use, or of harm. */
export function isFinal(problem: ConnectionProblem): boolean {
	return final.has(problem);
}
