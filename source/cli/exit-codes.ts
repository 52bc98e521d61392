// Exit codes of sysexits.h, so that a script can tell what went wrong.
import {type ClientErrorCode} from '../client/facade.ts';
import {type ConnectionProblem} from '../client/snapshot.ts';

export const EXIT = {
	/** The demo did not do what it shows. */
	failed: 1,
	usage: 64,
	badData: 65,
	noUser: 67,
	unavailable: 69,
	cantCreate: 73,
	io: 74,
	/** Not done yet: another try may do it. */
	tempFail: 75,
	/** Wrong password, or locked after too many. */
	noPermission: 77,
	config: 78,
	/** Ctrl-C, as shells count it. */
	interrupted: 130,
} as const;

export const CLIENT_EXITS: Readonly<Record<ClientErrorCode, number>> = {
	'profile-busy': EXIT.unavailable,
	'profile-unwritable': EXIT.cantCreate,
	'trace-unwritable': EXIT.cantCreate,
	damaged: EXIT.config,
	newer: EXIT.config,
	'no-account': EXIT.noUser,
	'has-account': EXIT.cantCreate,
	'bad-link': EXIT.badData,
	'bad-name': EXIT.badData,
	'bad-password': EXIT.badData,
	'bad-message': EXIT.badData,
	'wrong-password': EXIT.noPermission,
	locked: EXIT.noPermission,
	'name-taken': EXIT.cantCreate,
	'invite-invalid': EXIT.noPermission,
	'registration-closed': EXIT.noPermission,
	'identity-unknown': EXIT.noPermission,
	'server-key': EXIT.unavailable,
	unreachable: EXIT.unavailable,
	refused: EXIT.tempFail,
	'not-signed-in': EXIT.unavailable,
	'unknown-contact': EXIT.noUser,
	'identity-changed': EXIT.unavailable,
	blocked: EXIT.unavailable,
	disk: EXIT.io,
};

/** Of a connection that has stopped for good. */
export const PROBLEM_EXITS: Readonly<Record<ConnectionProblem, number>> = {
	unreachable: EXIT.unavailable,
	timeout: EXIT.unavailable,
	closed: EXIT.unavailable,
	busy: EXIT.tempFail,
	shutdown: EXIT.unavailable,
	protocol: EXIT.unavailable,
	displaced: EXIT.unavailable,
	removed: EXIT.noUser,
	credentials: EXIT.noPermission,
	identity: EXIT.noPermission,
	'server-key': EXIT.unavailable,
};
