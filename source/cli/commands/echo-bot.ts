// echo-bot: the other side of the demo. It makes its account and answers every message with the same text.
import {ClientError} from '../../client/facade.ts';
import {complain, print} from '../streams.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {untilStopped, withClient} from '../with-client.ts';
import {stoppedFailure} from '../report.ts';
import {until} from '../until.ts';
import {whenThereIsTime} from '../demo/when-there-is-time.ts';

/** Says so on standard output when it is ready, and runs until it is told to end. */
export async function echoBot(profile: string, link: string, name: string, password: PasswordSource): Promise<void> {
	const stop = untilStopped();
	await withClient({profile}, async client => {
		const secret = await readPassword(password, true);
		await whenThereIsTime(async () => client.signUp(link, name, secret));
		client.onMessage(({conversation, text}) => {
			try {
				client.send(conversation, text);
			} catch (error) {
				if (!(error instanceof ClientError)) throw error;
				complain(error.message);
			}
		});
		await until(client, ({connection, reflexive}) => connection.state === 'online' && reflexive !== undefined, {stop});
		await print('ready');
		await until(client, now => stoppedFailure(now) !== undefined, {stop});
		const failure = stoppedFailure(client.snapshot());
		if (failure !== undefined) throw failure;
	});
}
