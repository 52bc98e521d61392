// Who is signed in now, and whether something may be sent in a conversation.
import {ClientError} from '../os/errors.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type SignedIn} from './signed-in-account.ts';
import {typedName} from './typed-name.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export class CurrentSignIn {
	/** Undefined while nobody is signed in. */
	signedIn: SignedIn | undefined;

	/** Throws ClientError 'not-signed-in'. */
	require(): SignedIn {
		if (this.signedIn === undefined) throw new ClientError('not-signed-in', catalogue.account.signInFirst);
		return this.signedIn;
	}

	/** Somebody else; `name` is as the directory spells it. Throws ClientError: not-signed-in, bad-name. */
	person(typed: string): {readonly signedIn: SignedIn; readonly name: string} {
		const signedIn = this.require();
		const name = typedName(typed);
		refuseOwn(signedIn, name);
		return {signedIn, name};
	}

	/** For something that is to be sent in a conversation. Throws ClientError: not-signed-in, bad-name, blocked, identity-changed. */
	sender(conversation: ConversationId): SignedIn {
		const name = otherIn(conversation);
		const signedIn = this.require();
		refuseOwn(signedIn, name);
		if (signedIn.roster.isBlocked(name)) {
			throw new ClientError('blocked', catalogue.refusals.blocked(name));
		}

		if (signedIn.roster.identity(name) === 'changed') {
			throw new ClientError('identity-changed', catalogue.refusals.keyChanged(name));
		}

		return signedIn;
	}
}

function refuseOwn({name: own}: SignedIn, name: string): void {
	if (name === own) throw new ClientError('bad-name', catalogue.refusals.ownName);
}
