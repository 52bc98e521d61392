// password: changes the password of the account, or takes over one that was changed on another device.
import {type Client, ClientError, passwordWeakness} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Where the profile is open and signed in to. Throws ClientError and what `io` throws. */
export async function changePassword(client: Client, old: string, fresh: string, io: CommandIo): Promise<void> {
	const {connection, account} = client.snapshot();
	const isTakenOver = connection.state === 'stopped' && connection.problem === 'credentials';
	const weakness = await passwordWeakness(fresh, account === undefined ? [] : [account.name]);
	if (weakness !== undefined) io.complain(catalogue.account.thePasswordIs(weakness));
	await (isTakenOver ? client.takePassword(fresh) : client.changePassword(old, fresh));
	await io.print(isTakenOver ? catalogue.password.takenOver : catalogue.password.changed);
}

/**
 * Where nobody has signed in: `old` opens the profile, or the account, or both. `former` asks for the former password of this device. Throws
 * ClientError, and what `io` and `former` throw.
 */
export async function changePasswordAlone(
	client: Client,
	{old, fresh, former}: {readonly old: string; readonly fresh: string; readonly former: () => Promise<string>},
	io: CommandIo,
): Promise<void> {
	try {
		await client.signIn(old);
	} catch (error) {
		const code = error instanceof ClientError ? error.code : undefined;
		if (!(error instanceof ClientError) || (code !== 'password-changed' && code !== 'former-password')) throw error;
		io.complain(error.message);
		// What was given as the new one is the account's; or what was given as the old one is, and then another follows.
		await client.signIn(code === 'password-changed' ? fresh : await former());
		await io.print(catalogue.password.takenOver);
		if (code === 'password-changed') return;
	}

	await changePassword(client, old, fresh, io);
}
