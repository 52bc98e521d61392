// Recovery words of whole clients, without a terminal: who makes them, and a second device that gets in by them.
import {setTimeout as pause} from 'node:timers/promises';
import {type ExecutionContext} from 'ava';
import {type RecoveredAccount, newRecovery} from '../../source/client/facade.ts';
import {within} from '../../tools/within.ts';
import {type Someone, passwordOf, someone} from './people.ts';

/** For which account words are made, once the directory has shown its log. */
export async function accountOf({client}: Pick<Someone, 'client'>): Promise<RecoveredAccount> {
	const look = async () => {
		for (;;) {
			const {account} = client.recovery;
			if (account !== undefined) return account;
			await pause(5);
		}
	};

	return within(look(), 60_000, () => 'the directory shows no log');
}

/** What is typed to recover the account, at the server of this link. */
export async function withWords(person: Pick<Someone, 'client'>, link: string) {
	const account = await accountOf(person);
	const {words, ...consent} = await newRecovery(account);
	await person.client.recovery.admit(consent);
	const {name, foundingKey} = account;
	return {consent, foundingKey, form: {link, name, password: passwordOf(name), words: words.join(' ')}};
}

/** A second device of the same account, beside the first. */
export async function secondDevice(
	t: ExecutionContext,
	first: Pick<Someone, 'client'>,
	link: string,
): Promise<Someone> {
	const {form} = await withWords(first, link);
	const second = await someone(t);
	await second.client.recover(form, {askLost: async () => []});
	return second;
}
