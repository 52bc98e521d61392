// contacts: who they are, who is there, and what is unread or on its way.
import {type Client} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {contactLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {until} from '../until.ts';

/** How long to wait for the server to say who is online. */
const PRESENCE_WAIT_MS = 3000;

export async function listContacts(client: Client, asJson: boolean, io: CommandIo): Promise<void> {
	await until(
		client,
		({connection, contacts}) => connection.state !== 'online' || contacts.every(({presence}) => presence !== 'unknown'),
		{withinMs: PRESENCE_WAIT_MS, stop: io.stop},
	);
	for (const contact of client.snapshot().contacts) {
		const {path: _, typing: __, ...told} = contact;
		await io.print(asJson ? jsonLine(told) : contactLine(contact));
	}
}
