// Why a login came to nothing, in words for the person in front of the screen.
import {PasswordError, opaqueString} from '../crypto/password.ts';
import {LOCK_MS} from '../protocol/login/lockout.ts';
import {addressText} from '../wire/address.ts';
import {type AlertReason} from '../wire/alert.ts';
import {ClientError} from '../os/errors.ts';
import {type LoginOutcome, type ServerPlace} from '../channel/directory/login-attempt.ts';

/** The error for any outcome but a login that stands. */
export function errorOf(
	outcome: Exclude<LoginOutcome, {kind: 'established'}>,
	server: Pick<ServerPlace, 'host' | 'port'>,
): ClientError {
	const place = addressText(server);
	switch (outcome.kind) {
		case 'refused': {
			return refusals[outcome.alert.reason](outcome.alert, place);
		}

		case 'failed': {
			if (outcome.reason === 'memory') {
				return new ClientError(
					'refused',
					`${place} asks for more memory to stretch the password than there is: end other programs, and try again`,
				);
			}

			return outcome.reason === 'server-key' || outcome.reason === 'server-proof'
				? impersonation(place)
				: new ClientError(
						'refused',
						`${place} does not speak our protocol (${outcome.reason}): is it a simchat server of this version?`,
					);
		}

		case 'unreachable': {
			return new ClientError(
				'unreachable',
				`nobody answers at ${place}: check the address, your network and the server`,
				{
					cause: outcome.cause,
				},
			);
		}

		case 'timeout': {
			return new ClientError('unreachable', `${place} does not answer in time: try again later`);
		}

		case 'closed': {
			return new ClientError('unreachable', `${place} closed the connection: try again later`);
		}
	}
}

type Refusal = (alert: {readonly triesLeft: number; readonly retryAfter: number}, place: string) => ClientError;

const later: Refusal = ({retryAfter}, place) =>
	new ClientError('refused', `${place} refuses for now: try again in ${Math.max(retryAfter, 1)} s`, {retryAfter});
const protocol: Refusal = (_, place) =>
	new ClientError('refused', `${place} did not understand us: is it a simchat server of this version?`);

const refusals: Readonly<Record<AlertReason, Refusal>> = {
	credentials({triesLeft}) {
		const tries = triesLeft === 1 ? '1 try' : `${triesLeft} tries`;
		return new ClientError('wrong-password', `wrong password: ${tries} left before a pause of 60 s`, {triesLeft});
	},
	locked({retryAfter: asked}) {
		// A lock lasts so long and no longer, whatever a server says.
		const retryAfter = Math.min(asked, LOCK_MS / 1000);
		return new ClientError('locked', `too many wrong passwords: try again in ${retryAfter} s`, {
			retryAfter,
			triesLeft: 0,
		});
	},
	nameTaken: () => new ClientError('name-taken', 'that name is taken: choose another'),
	inviteInvalid: () =>
		new ClientError(
			'invite-invalid',
			'the invite is not valid for this name, or is used up: ask the server’s admin for another',
		),
	registrationClosed: () => new ClientError('registration-closed', 'this server takes no new accounts: ask its admin'),
	identityUnknown: () =>
		new ClientError(
			'identity-unknown',
			'the password is right, but this device is not the account’s: its identity key was replaced. Ask the server’s admin for a reset',
		),
	removed: () => new ClientError('identity-unknown', 'this account is gone from the server: ask its admin'),
	deviceRemoved: () =>
		new ClientError(
			'identity-unknown',
			'another device of this account has removed this one: add it again there, as a new device',
		),
	displaced: later,
	busy: later,
	shutdown: later,
	timeout: later,
	challengeFailed: later,
	internal: later,
	malformed: protocol,
	unsupported: protocol,
};

function impersonation(place: string): ClientError {
	return new ClientError(
		'server-key',
		`WARNING: ${place} is not the server you signed up with: it does not have its key. Someone may be impersonating it. Nothing was sent to it that helps them. If the admin says that the key was replaced, ask for a new join link`,
	);
}

/** Throws ClientError 'bad-password' for what can be no password. */
export function checkPassword(password: string): void {
	try {
		opaqueString(password);
	} catch (error) {
		if (error instanceof PasswordError) throw new ClientError('bad-password', error.message, {cause: error});
		throw error;
	}
}
