// The rule of who may register under a name, the same in every store: by the policy, by an invite, or to start over with a reset link.
import {type AlertReason} from '../../wire/alert.ts';
import {type Invite, type Registration} from './directory-store.ts';

/** `invite`: the one that was named, if it is of this name and good; `isTaken`: whether there is an account. 'anew' replaces it. */
export function registering(
	registration: Registration,
	invite: Pick<Invite, 'kind'> | undefined,
	isTaken: boolean,
): 'new' | 'anew' | AlertReason {
	if (invite?.kind === 'reset' && isTaken) return 'anew';
	if (registration === 'closed') return 'registrationClosed';
	if (registration === 'invite' && invite?.kind !== 'new') return 'inviteInvalid';
	return isTaken ? 'nameTaken' : 'new';
}
