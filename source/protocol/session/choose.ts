// Which of two sessions with one peer is sent on when both stand: a rule that both sides apply alike, without a word between them.
import {type Role} from './session-keys.ts';
import {SIMULTANEOUS_MS} from './timers.ts';

export type StandingSession = {
	readonly role: Role;
	/** Ms of this side's clock that only runs forward. */
	readonly establishedAt: number;
};

/**
 * Whether `standing` stays the session to send on although `fresh` stands too. When both sides open a session at once, the one whose
 * initiator's name is lower is kept; otherwise the newer one is. Between devices of one account, ids as hex stand in the place of names.
 */
export function keepsStanding(
	standing: StandingSession,
	fresh: StandingSession,
	names: {readonly local: string; readonly peer: string},
): boolean {
	if (fresh.establishedAt - standing.establishedAt >= SIMULTANEOUS_MS) return false;
	if (fresh.role === standing.role) return false;
	return (standing.role === 'initiator') === names.local < names.peer;
}
