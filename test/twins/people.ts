// People with whole clients on this machine: a profile in a directory that goes away, real sockets, a quick scrypt.
import path from 'node:path';
import {type ExecutionContext} from 'ava';
import {Client, type ClientOptions} from '../../source/client/facade.ts';
import {type Contact, type Message} from '../../source/client/snapshot.ts';
import {patiently} from '../../tools/members/patiently.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {saltsInOrder, stretchOnce} from './stretched-once.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

stretchOnce();

/** The least that a client accepts from a server: tests make many accounts. */
export const quickScrypt = {logN: 15, r: 8, p: 1} as const;

export type Someone = {
	readonly client: Client;
	readonly folder: string;
	readonly inbox: Message[];
	contact(name: string): Contact | undefined;
	/** The states of own messages to `name`, in order. */
	states(name: string): string[];
	/** Resolves when the snapshot satisfies `condition`; rejects after `limit` ms. */
	until(condition: () => boolean, what: string, limit?: number): Promise<void>;
};

export async function someone(t: ExecutionContext, options: Partial<ClientOptions> = {}): Promise<Someone> {
	const folder = options.folder ?? path.join(temporaryFolder(t), 'profile');
	const client = Client.open({
		scrypt: quickScrypt,
		entropy: {...systemEntropy, salt: saltsInOrder()},
		...options,
		folder,
	});
	const inbox: Message[] = [];
	client.onMessage(message => inbox.push(message));
	t.teardown(async () => client.close());
	const contact = (name: string) => client.snapshot().contacts.find(each => each.name === name);
	return {
		client,
		folder,
		inbox,
		contact,
		states(name) {
			const messages = client.snapshot().conversations.get(talkWith(name))?.messages ?? [];
			return messages.filter(({direction}) => direction === 'out').map(({state}) => state);
		},
		async until(condition, what, limit = 120_000) {
			if (condition()) return;
			await new Promise<void>((resolve, reject) => {
				const finish = (end: () => void) => {
					unsubscribe();
					clearTimeout(timer);
					end();
				};

				const timer = setTimeout(() => finish(() => reject(new Error(`it never came true: ${what}`))), limit);
				const unsubscribe = client.subscribe(() => {
					if (condition()) finish(resolve);
				});
			});
		},
	};
}

/** Signed up and reachable. */
export async function signedUp(
	t: ExecutionContext,
	joinLink: string,
	name: string,
	options: Partial<ClientOptions> = {},
): Promise<Someone> {
	const person = await someone(t, options);
	await patiently(async () => person.client.signUp(joinLink, name, passwordOf(name)));
	await reachable(person);
	return person;
}

export async function reachable(person: Someone): Promise<void> {
	const {client} = person;
	await person.until(() => client.snapshot().reflexive !== undefined, 'the directory sees the UDP socket');
}

export function passwordOf(name: string): string {
	return `correct horse ${name}`;
}
