// What most commands have in common: the profile, the password, a client signed in, and leaving in order.
import process from 'node:process';
import {Client, ClientError, type ClientOptions} from '../client/facade.ts';
import {handleEndSignals} from '../os/end-signals.ts';
import {type CommandIo} from './command-io.ts';
import {type Holder, holdFor} from './handover/holder.ts';
import {clockLine} from './report.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Shows the full-screen client, until the person leaves it. */
export type OpenScreen = (options: {readonly client: Client; readonly joinLink?: string | undefined}) => Promise<void>;

/** Talks in lines; `nextLine` reads standard input where that is not done key by key. */
export type OpenLinear = (options: {
	readonly client: Client;
	readonly joinLink?: string | undefined;
	readonly nextLine: () => Promise<string | undefined>;
	/** How long what a script sends is waited for at the end of its input. */
	readonly waitMs: number;
}) => Promise<void>;

/** How the client is opened for a person; `openScreen` is undefined where there is no terminal that text can be put in its place on. */
export type Views = {
	/** Both standard streams are a terminal. */
	readonly isTerminal: boolean;
	readonly openScreen: OpenScreen | undefined;
	readonly openLinear: OpenLinear;
};

export type SignInOptions = {
	readonly profile: string;
	/** Of the UDP socket. */
	readonly port: number | undefined;
	readonly password: () => Promise<string>;
	/** Signals go there from the first call on. */
	readonly io: () => CommandIo;
};

/** What `work` returns, done with a signed-in client. Throws ClientError and Failure. */
export async function signedIn<Result>(
	{profile, port, password, io}: SignInOptions,
	work: (client: Client) => Promise<Result>,
): Promise<Result> {
	return withClient({profile, port}, async client => {
		if (client.account === undefined) throw noAccountHere(profile);
		const secret = await password();
		const {complain} = io();
		await client.signIn(secret);
		const clock = clockLine(client.snapshot().clockOffset);
		if (clock !== undefined) complain(clock);
		return work(client);
	});
}

/** Opens the profile for `work` and closes it behind it; meanwhile the commands of other processes are done, too. */
export async function withClient<Result>(
	{profile, port, keeper}: Pick<ClientOptions, 'port' | 'keeper'> & {readonly profile: string},
	work: (client: Client) => Promise<Result>,
): Promise<Result> {
	const client = Client.open({folder: profile, port, keeper, trace: process.env['SIMCHAT_TRACE']});
	let holder: Holder | undefined;
	try {
		holder = await holdFor(client, profile);
		return await work(client);
	} finally {
		holder?.close();
		await client.close();
	}
}

export function noAccountHere(profile: string): ClientError {
	return new ClientError('no-account', catalogue.account.noneInYet(profile));
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
