// Why a login came to nothing, in words for the person in front of the screen.
import {PasswordError, opaqueString} from '../crypto/password.ts';
import {LOCK_MS} from '../protocol/login/lockout.ts';
import {addressText} from '../wire/address.ts';
import {type AlertReason} from '../wire/alert.ts';
import {ClientError} from '../os/errors.ts';
import {type LoginOutcome, type ServerPlace} from '../channel/directory/login-attempt.ts';
import {catalogue} from '../catalogue/catalogue.ts';

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
				return new ClientError('refused', catalogue.account.memory(place));
			}

			return outcome.reason === 'server-key' || outcome.reason === 'server-proof'
				? impersonation(place)
				: new ClientError('refused', catalogue.account.otherProtocol(place, outcome.reason));
		}

		case 'unreachable': {
			return new ClientError('unreachable', catalogue.account.unreachable(place), {
				cause: outcome.cause,
			});
		}

		case 'timeout': {
			return new ClientError('unreachable', catalogue.account.timeout(place));
		}

		case 'closed': {
			return new ClientError('unreachable', catalogue.account.closed(place));
		}
	}
}

/** Of a lock that lasts for so many ms more. */
export function lockedFor(ms: number): ClientError {
	const retryAfter = Math.max(1, Math.ceil(ms / 1000));
	return new ClientError('locked', catalogue.account.locked(retryAfter), {retryAfter, triesLeft: 0});
}

type Refusal = (alert: {readonly triesLeft: number; readonly retryAfter: number}, place: string) => ClientError;

const later: Refusal = ({retryAfter}, place) =>
	new ClientError('refused', catalogue.account.later(place, Math.max(retryAfter, 1)), {retryAfter});
const protocol: Refusal = (_, place) => new ClientError('refused', catalogue.account.notUnderstood(place));

const refusals: Readonly<Record<AlertReason, Refusal>> = {
	credentials({triesLeft}) {
		return new ClientError('wrong-password', catalogue.account.triesLeft(triesLeft), {triesLeft});
	},
	// A lock lasts so long and no longer, whatever a server says.
	locked: ({retryAfter}) => lockedFor(Math.min(retryAfter * 1000, LOCK_MS)),
	nameTaken: () => new ClientError('name-taken', catalogue.account.nameTaken),
	inviteInvalid: () => new ClientError('invite-invalid', catalogue.account.inviteInvalid),
	registrationClosed: () => new ClientError('registration-closed', catalogue.account.registrationClosed),
	identityUnknown: () => new ClientError('identity-unknown', catalogue.account.otherDevice),
	removed: () => new ClientError('identity-unknown', catalogue.account.gone),
	deviceRemoved: () => new ClientError('identity-unknown', catalogue.account.deviceRemoved),
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
	return new ClientError('server-key', catalogue.account.serverKey(place));
}

/** Throws ClientError 'bad-password' for what can be no password. */
export function checkPassword(password: string): void {
	try {
		opaqueString(password);
	} catch (error) {
		if (!(error instanceof PasswordError)) throw error;
		const {passwordEmpty, passwordCharacter} = catalogue.account;
		const words = error.code === 'empty' ? passwordEmpty : passwordCharacter;
		throw new ClientError('bad-password', words, {cause: error});
	}
}
