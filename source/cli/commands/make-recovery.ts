// recover --make and --remove: the words by which an account is recovered. They are made and shown where the command was started, and nowhere
// else; those that are removed are typed there.
import {setTimeout as pause} from 'node:timers/promises';
import {type Client, ClientError, type RecoveredAccount} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {minute} from '../lines.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** How long to wait until the directory has shown the device log, and between looks, ms. */
const TOLD_WAIT_MS = 10_000;
const LOOK_MS = 50;

/** New words for the account: shown where the command was started, and asked back, before the log has their key. Throws Failure and ClientError. */
export async function makeRecovery(client: Client, io: CommandIo): Promise<void> {
	const account = await knownAccount(client, io);
	const {made} = client.recovery;
	if (made.length > 0) io.complain(catalogue.recovery.thereAlready(minute(Math.max(...made))));
	const consent = await io.newWords(account);
	if (consent === undefined) throw new Failure(EXIT_CODES.usage, catalogue.recovery.noTerminal);
	await client.recovery.admit(consent);
	await io.print(catalogue.recovery.made(account.name));
}

/** Words that somebody has typed are good for nothing any more. Throws ClientError. */
export async function removeRecovery(client: Client, words: string, io: CommandIo): Promise<void> {
	await knownAccount(client, io);
	await client.recovery.remove(words);
	await io.print(catalogue.recovery.removed);
}

/** Waits until the directory has shown the device log. Throws ClientError. */
async function knownAccount(client: Client, io: CommandIo): Promise<RecoveredAccount> {
	const end = performance.now() + TOLD_WAIT_MS;
	while (performance.now() < end && !io.stop.aborted && client.snapshot().connection.state !== 'stopped') {
		const {account} = client.recovery;
		if (account !== undefined) return account;
		await pause(LOOK_MS);
	}

	throw new ClientError('unreachable', catalogue.recovery.offline);
}
