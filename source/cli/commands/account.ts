// sign-up and whoami: the account of a profile.
import {accountIn, passwordWeakness} from '../../client/facade.ts';
import {complain, print} from '../streams.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {noAccountHere, withClient} from '../with-client.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

type NewProfile = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly password: PasswordSource;
};

export async function signUp({profile, port, password}: NewProfile, link: string, name: string): Promise<void> {
	await withClient({profile, port}, async client => {
		const secret = await readPassword(password, true);
		const weakness = await passwordWeakness(secret, [name]);
		if (weakness !== undefined) complain(catalogue.account.thePasswordIs(weakness));
		await client.signUp(link, name, secret);
		if (client.account !== undefined) await print(catalogue.account.nameAt(client.account.name, client.account.server));
	});
}

/** Another process may have the profile open. */
export async function whoami(profile: string): Promise<void> {
	const account = accountIn(profile);
	if (account !== undefined) return print(catalogue.account.nameAt(account.name, account.server));
	// A folder that cannot be one has an error of its own.
	await withClient({profile}, async () => {
		throw noAccountHere(profile);
	});
}
