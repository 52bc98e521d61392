// Exit codes of sysexits.h, so that a script can tell what went wrong.
import type {ClientErrorCode} from '../client/facade.ts';
import type {ConnectionProblem} from '../client/snapshot.ts';

export const EXIT_CODES = {
	/** The demo did not do what it shows. */
	failed: 1,
	usage: 64,
	badData: 65,
	noInput: 66,
	noUser: 67,
	unavailable: 69,
	/** A fault of a bot. */
	software: 70,
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
	'profile-busy': EXIT_CODES.unavailable,
	'trace-unwritable': EXIT_CODES.cantCreate,
	'profile-unwritable': EXIT_CODES.cantCreate,
	'port-taken': EXIT_CODES.unavailable,
	damaged: EXIT_CODES.config,
	newer: EXIT_CODES.config,
	'no-account': EXIT_CODES.noUser,
	'has-account': EXIT_CODES.cantCreate,
	'bad-link': EXIT_CODES.badData,
	'bad-name': EXIT_CODES.badData,
	'bad-password': EXIT_CODES.badData,
	'bad-file': EXIT_CODES.noInput,
	'bad-message': EXIT_CODES.badData,
	'not-own': EXIT_CODES.noPermission,
	'bad-words': EXIT_CODES.badData,
	'wrong-password': EXIT_CODES.noPermission,
	'password-changed': EXIT_CODES.noPermission,
	'former-password': EXIT_CODES.noPermission,
	locked: EXIT_CODES.noPermission,
	'name-taken': EXIT_CODES.cantCreate,
	'invite-invalid': EXIT_CODES.noPermission,
	'registration-closed': EXIT_CODES.noPermission,
	'identity-unknown': EXIT_CODES.noPermission,
	'server-key': EXIT_CODES.unavailable,
	unreachable: EXIT_CODES.unavailable,
	refused: EXIT_CODES.tempFail,
	'not-signed-in': EXIT_CODES.unavailable,
	'unknown-contact': EXIT_CODES.noUser,
	'unknown-device': EXIT_CODES.noUser,
	'bad-device': EXIT_CODES.unavailable,
	'identity-changed': EXIT_CODES.unavailable,
	blocked: EXIT_CODES.unavailable,
	disk: EXIT_CODES.io,
};

/** Of a connection that has stopped for good. */
export const PROBLEM_EXITS: Readonly<Record<ConnectionProblem, number>> = {
	unreachable: EXIT_CODES.unavailable,
	timeout: EXIT_CODES.unavailable,
	closed: EXIT_CODES.unavailable,
	busy: EXIT_CODES.tempFail,
	shutdown: EXIT_CODES.unavailable,
	protocol: EXIT_CODES.unavailable,
	displaced: EXIT_CODES.unavailable,
	removed: EXIT_CODES.noUser,
	'device-removed': EXIT_CODES.noPermission,
	credentials: EXIT_CODES.noPermission,
	identity: EXIT_CODES.noPermission,
	'server-key': EXIT_CODES.unavailable,
};
