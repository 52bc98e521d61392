// Who is signed in now, and whether somebody whose name was typed can be written to.
import {foldName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {type SignedIn} from './signed-in-account.ts';

export type Person = {readonly signedIn: SignedIn; /** As the directory spells it. */ readonly name: string};

export class CurrentSignIn {
	/** Undefined while nobody is signed in. */
	signedIn: SignedIn | undefined;

	/** Throws ClientError 'not-signed-in'. */
	require(): SignedIn {
		if (this.signedIn === undefined) throw new ClientError('not-signed-in', 'sign in first');
		return this.signedIn;
	}

	/** Somebody else. Throws ClientError: not-signed-in, bad-name. */
	person(typed: string): Person {
		const signedIn = this.require();
		const name = typedName(typed);
		if (name === signedIn.name) throw new ClientError('bad-name', `${name} is you: choose somebody else`);
		return {signedIn, name};
	}

	/** Somebody to whom something may be sent. Throws ClientError: not-signed-in, bad-name, blocked, identity-changed. */
	recipient(typed: string): Person {
		const {signedIn, name} = this.person(typed);
		if (signedIn.roster.isBlocked(name)) {
			throw new ClientError('blocked', `${name} is blocked: unblock them first`);
		}

		if (signedIn.roster.identity(name) === 'changed') {
			throw new ClientError(
				'identity-changed',
				`${name}'s identity key has changed: somebody may stand between you. Compare the safety number with ${name}, then take the new key with verify, or with trust if you cannot compare`,
			);
		}

		return {signedIn, name};
	}
}

/** A typed name as the directory spells it. Throws ClientError 'bad-name'. */
export function typedName(typed: string): string {
	const name = foldName(typed);
	if (name !== undefined) return name;
	throw new ClientError(
		'bad-name',
		'that is no name: one has 1 to 32 of a–z, 0–9, dot, underscore and hyphen, and starts with a letter',
	);
}
