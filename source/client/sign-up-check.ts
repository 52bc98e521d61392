// What a person types to sign up or to join, looked at field by field before a server is asked: what is wrong with it, in words.
import {ClientError} from '../os/errors.ts';
import {addressText} from '../wire/address.ts';
import {parseDeviceLink} from '../wire/device-link.ts';
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
	/** What this device is to be called. */
	device: (typed: string) => (typed.trim() === '' ? catalogue.devices.noLabel : undefined),
	password: (typed: string) => problemOf(() => checkPassword(typed)),
} as const;

/** For whom the invite of a join link is; undefined when the link does not say so, or is none. */
export function invitedName(link: string): string | undefined {
	return parseJoinLink(link)?.name;
}

/** Which account a device link is of; undefined for anything else. */
export function deviceLinkIn(typed: string): {readonly name: string; readonly server: string} | undefined {
	const link = parseDeviceLink(typed);
	return link && {name: link.name, server: addressText(link)};
}

function problemOf(check: () => unknown): string | undefined {
	try {
		check();
	} catch (error) {
		if (error instanceof ClientError) return error.message;
		throw error;
	}
}
