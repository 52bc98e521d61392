// What most commands have in common: the profile, the password, a client signed in, and leaving in order.
import process from 'node:process';
import {Client, ClientError} from '../client/facade.ts';
import {handleEndSignals} from '../os/end-signals.ts';
import {complain} from './streams.ts';
import {type PasswordSource, readPassword} from './password/read.ts';
import {clockLine} from './report.ts';

/** Shows the full-screen client, until the person leaves it. */
export type OpenScreen = (options: {readonly client: Client; readonly joinLink?: string | undefined}) => Promise<void>;

export type SignInOptions = {
	readonly profile: string;
	/** Of the UDP socket. */
	readonly port: number | undefined;
	readonly password: PasswordSource;
};

/** What `work` returns, done with a signed-in client; `stop` fires on a signal. Throws ClientError and Failure. */
export async function signedIn<Result>(
	{profile, port, password}: SignInOptions,
	work: (client: Client, stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
	return withClient({profile, port}, async client => {
		if (client.account === undefined) throw noAccountHere(profile);
		const secret = await readPassword(password, false);
		const stop = untilStopped();
		await client.signIn(secret);
		const clock = clockLine(client.snapshot().clockOffset);
		if (clock !== undefined) complain(clock);
		return work(client, stop);
	});
}

/** Opens the profile for `work` and closes it behind it. */
export async function withClient<Result>(
	{profile, port}: {readonly profile: string; readonly port?: number | undefined},
	work: (client: Client) => Promise<Result>,
): Promise<Result> {
	const client = Client.open({folder: profile, port, trace: process.env['SIMCHAT_TRACE']});
	try {
		return await work(client);
	} finally {
		await client.close();
	}
}

export function noAccountHere(profile: string): ClientError {
	return new ClientError(
		'no-account',
		`there is no account in ${profile}: make one with simchat sign-up LINK --name NAME, or name its folder with --profile`,
	);
}

/** Fires when this process is told to end; a second signal does not wait. */
export function untilStopped(): AbortSignal {
	const stopping = new AbortController();
	handleEndSignals((_signal, exitCode) => {
		if (stopping.signal.aborted) process.exit(exitCode);
		stopping.abort();
	});
	return stopping.signal;
}
