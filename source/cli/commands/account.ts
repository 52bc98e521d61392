// sign-up and whoami: the account of a profile.
import {print} from '../streams.ts';
import {readPassword} from '../password/read.ts';
import {type SignInOptions, noAccountHere, withClient} from '../with-client.ts';

export async function signUp({profile, port, password}: SignInOptions, link: string, name: string): Promise<void> {
	await withClient({profile, port}, async client => {
		await client.signUp(link, name, await readPassword(password, true));
		if (client.account !== undefined) await print(`${client.account.name} at ${client.account.server}`);
	});
}

export async function whoami(profile: string): Promise<void> {
	await withClient({profile}, async client => {
		if (client.account === undefined) throw noAccountHere(profile);
		await print(`${client.account.name} at ${client.account.server}`);
	});
}
