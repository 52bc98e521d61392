// What a person types to sign up, looked at field by field before a server is asked: what is wrong with it, in words.
import {ClientError} from '../os/errors.ts';
import {parseJoinLink} from '../wire/join-link.ts';
import {checkPassword} from './login-errors.ts';
import {typedLink} from './sign-up.ts';
import {typedName} from './typed-name.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Each says what is wrong, or undefined when nothing is. */
export const signUpCheck = {
	link: (typed: string) => problemOf(() => typedLink(typed)),
	/** `link`: what stands in the field of the join link. */
	name(typed: string, link: string): string | undefined {
		const invited = invitedName(link);
		return problemOf(() => {
			const name = typedName(typed);
			if (invited === undefined || name === invited) return;
			throw new ClientError('bad-name', catalogue.account.inviteFor(invited));
		});
	},
	password: (typed: string) => problemOf(() => checkPassword(typed)),
} as const;

/** For whom the invite of a join link is; undefined when the link does not say so, or is none. */
export function invitedName(link: string): string | undefined {
	return parseJoinLink(link)?.name;
}

function problemOf(check: () => unknown): string | undefined {
	try {
		check();
	} catch (error) {
		if (error instanceof ClientError) return error.message;
		throw error;
	}
}
