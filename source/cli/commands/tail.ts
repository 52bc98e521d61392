// tail: what comes in, one line a message, until the process is told to end.
import {type Client, ClientError, type SaidFrom} from '../../client/facade.ts';
import {contactIn} from '../../client/snapshot.ts';
import {type CommandIo} from '../command-io.ts';
import {type Follower, followAccount} from '../follow.ts';
import {changeLine, devicesLine, messageLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {problemWords} from '../report.ts';
import {stopped} from '../until.ts';
import {messageAnywhere} from '../verbs.ts';
import {changeEvent, messageEvent} from '../watch.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Of messages that are kept: from that time on, server ms; or behind the message with this id. */
export type Since = {readonly time: number} | {readonly id: string};

export type TailOptions = {
	readonly json: boolean;
	readonly since?: Since | undefined;
	/** Whether each file that a contact offers is taken. */
	readonly accepts?: boolean | undefined;
};

/**
 * Prints what is unread, or all that has come since then; then what comes. Printed is read. Throws Failure when the connection ends for
 * good, ClientError, and OutputError when nobody takes the output: what was not printed then comes with the next tail.
 */
export async function tail(client: Client, {json, since, accepts = false}: TailOptions, io: CommandIo): Promise<void> {
	const from = since && fromOf(client, since);
	const printer = json ? inJson(io) : inWords(client, io);
	const follower = accepts ? takingFiles(client, printer, io) : printer;
	await Promise.race([followAccount(client, follower, io, from), stopped(io.stop)]);
}

function fromOf(client: Client, since: Since): SaidFrom {
	if ('time' in since) return since;
	return {after: messageAnywhere(client, since.id)};
}

/** Takes what contacts offer, once it is told of; of strangers nothing. */
function takingFiles(client: Client, printer: Follower, {complain}: CommandIo): Follower {
	return {
		...printer,
		async message(message) {
			await printer.message(message);
			const {conversation, id, file} = message;
			if (file === undefined || contactIn(client.snapshot(), conversation)?.request === true) return;
			try {
				await client.files.take(conversation, id);
			} catch (error) {
				if (!(error instanceof ClientError)) throw error;
				complain(error.message);
			}
		},
	};
}

const inJson = ({print}: CommandIo): Follower => ({
	message: async message => print(jsonLine(messageEvent(message))),
	change: async change => print(jsonLine(changeEvent(change))),
	event: async event => print(jsonLine(event)),
});

const inWords = (client: Client, {print, complain}: CommandIo): Follower => ({
	message: async message => print(messageLine(message)),
	async change(change) {
		const line = changeLine(change);
		if (line !== undefined) await print(line);
	},
	async event(event) {
		if (event.type === 'devices') await print(devicesLine(event));
		const {disk} = client.snapshot();
		if (event.type === 'disk' && disk !== undefined) complain(catalogue.lines.comesAgain(disk.message));
		if (event.type !== 'connection' || event.state !== 'waiting' || event.problem === undefined) return;
		complain(catalogue.connection.tryingAgain(problemWords(event.problem)));
	},
});
