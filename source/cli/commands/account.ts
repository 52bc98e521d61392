// sign-up and whoami: the account of a profile.
import {passwordWeakness} from '../../client/facade.ts';
import {complain, print} from '../streams.ts';
import {readPassword} from '../password/read.ts';
import {type SignInOptions, noAccountHere, withClient} from '../with-client.ts';

export async function signUp({profile, port, password}: SignInOptions, link: string, name: string): Promise<void> {
	await withClient({profile, port}, async client => {
		const secret = await readPassword(password, true);
		const weakness = await passwordWeakness(secret, [name]);
		if (weakness !== undefined) complain(`the password is ${weakness}`);
		await client.signUp(link, name, secret);
		if (client.account !== undefined) await print(`${client.account.name} at ${client.account.server}`);
	});
}

export async function whoami(profile: string): Promise<void> {
	await withClient({profile}, async client => {
		if (client.account === undefined) throw noAccountHere(profile);
		await print(`${client.account.name} at ${client.account.server}`);
	});
}
