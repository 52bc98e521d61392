// What goes wrong for the person in front of the client: a code for programs, and words that say what to do next.

export type ClientErrorCode =
	/** Another process has the profile open. */
	| 'profile-busy'
	| 'profile-unwritable'
	| 'trace-unwritable'
	/** The UDP port that was asked for belongs to another program, or to the system. */
	| 'port-taken'
	/** A settings, vault or history file is not what was written; it is left as it is. */
	| 'damaged'
	/** A file of a newer version of simchat. */
	| 'newer'
	| 'no-account'
	| 'has-account'
	| 'bad-link'
	| 'bad-name'
	| 'bad-password'
	| 'bad-message'
	/** A message of the other side, and only its author may do that. */
	| 'not-own'
	/** A file that cannot be sent, or cannot be taken. */
	| 'bad-file'
	/** They are no recovery words, or not this account's. */
	| 'bad-words'
	| 'wrong-password'
	/** The password was changed on another device: the new one is wanted, or the former one of this device. */
	| 'password-changed'
	| 'former-password'
	| 'locked'
	| 'name-taken'
	| 'invite-invalid'
	| 'registration-closed'
	| 'identity-unknown'
	| 'server-key'
	| 'unreachable'
	| 'refused'
	| 'not-signed-in'
	| 'unknown-contact'
	| 'unknown-device'
	/** What that device may not do, or what may not be done to it. */
	| 'bad-device'
	| 'identity-changed'
	| 'blocked'
	| 'disk';

export class ClientError extends Error {
	override readonly name = 'ClientError';
	readonly code: ClientErrorCode;
	/** Of 'wrong-password': tries before the lock, undefined when the server was not asked. */
	readonly triesLeft: number | undefined;
	/** Of 'locked' and 'refused': seconds until another try makes sense. */
	readonly retryAfter: number | undefined;

	/** `words` is a function where they may be told in another language than when it happened. */
	constructor(
		code: ClientErrorCode,
		words: string | (() => string),
		details: {readonly triesLeft?: number; readonly retryAfter?: number; readonly cause?: unknown} = {},
	) {
		super(
			typeof words === 'string' ? words : words(),
			details.cause === undefined ? undefined : {cause: details.cause},
		);
		if (typeof words === 'function') Object.defineProperty(this, 'message', {get: words});
		this.code = code;
		this.triesLeft = details.triesLeft;
		this.retryAfter = details.retryAfter;
	}
}
