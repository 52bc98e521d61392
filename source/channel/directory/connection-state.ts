// How it stands with the way to the directory, as a person is shown it.

/** Why the directory is out of reach or refuses us. */
export type ConnectionProblem =
	| 'unreachable'
	| 'timeout'
	| 'closed'
	| 'busy'
	| 'shutdown'
	| 'protocol'
	/** Another login with this name took over. */
	| 'displaced'
	/** The account is gone. */
	| 'removed'
	/** Another device of the account has removed this one from its log. */
	| 'device-removed'
	/** The password is not the account's any more. */
	| 'credentials'
	/** The account has another identity key: this device is not the account's. */
	| 'identity'
	/** Somebody else answers at the server's address. */
	| 'server-key';

/** `waiting` tries again by itself at `retryAt` (local ms); `stopped` does not. */
export type ConnectionState =
	| {readonly state: 'signed-out'}
	| {readonly state: 'connecting'}
	| {readonly state: 'online'}
	| {readonly state: 'waiting'; readonly problem: ConnectionProblem; readonly retryAt: number}
	| {readonly state: 'stopped'; readonly problem: ConnectionProblem};
