// verify and trust: whether a contact's key is the contact's. The person decides; this shows what to compare.
import {type Client} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';

const GROUPS_IN_A_LINE = 4;

/** Shows the safety number and marks the key as compared, when it is. Throws Failure and ClientError. */
export async function verifyContact(client: Client, account: string, isSure: boolean, io: CommandIo): Promise<void> {
	const number = safetyNumberOf(client, account);
	if (hasChanged(client, account)) io.complain(warning(account));
	await io.print(grid(number));
	const matches = isSure || (await ask(io, `Does ${account} see the same number? Type yes: `));
	if (!matches) {
		throw new Failure(
			EXIT_CODES.unavailable,
			`${account} is not verified. If the numbers differ, someone may be intercepting: do not trust this key.`,
		);
	}

	client.verify(account);
	await io.print(`${account} is verified`);
}

/** Takes a changed key without a comparison. Throws Failure and ClientError. */
export async function trustContact(client: Client, account: string, isSure: boolean, io: CommandIo): Promise<void> {
	const number = safetyNumberOf(client, account);
	if (!hasChanged(client, account)) {
		await io.print(`the key of ${account} has not changed: there is nothing to decide`);
		return;
	}

	io.complain(warning(account));
	await io.print(grid(number));
	if (!isSure && !(await ask(io, `Take the new key of ${account} without comparing? Type yes: `))) {
		throw new Failure(
			EXIT_CODES.unavailable,
			`the new key of ${account} was not taken: nothing can be sent to ${account} until it is`,
		);
	}

	client.trust(account);
	await io.print(`the new key of ${account} is taken, and not verified`);
}

/** 12 groups of 5 digits as 3 lines of 4. */
export function grid(number: string): string {
	const groups = number.match(/\d{5}/g) ?? [];
	const lines = Array.from({length: Math.ceil(groups.length / GROUPS_IN_A_LINE)}, (_, line) =>
		groups.slice(line * GROUPS_IN_A_LINE, (line + 1) * GROUPS_IN_A_LINE).join(' '),
	);
	return lines.map(line => `  ${line}`).join('\n');
}

function safetyNumberOf(client: Client, account: string): string {
	const number = client.safetyNumber(account);
	if (number !== undefined) return number;
	throw new Failure(EXIT_CODES.noUser, `nothing is known of the key of ${account} yet: exchange a message first`);
}

function hasChanged(client: Client, account: string): boolean {
	return client.snapshot().contacts.some(({name, identity}) => name === account && identity === 'changed');
}

function warning(account: string): string {
	return `THE KEY OF ${account.toUpperCase()} HAS CHANGED.
  Either ${account} has a new device or started over, or somebody else answers under this name.
  This is the safety number of the new key. Compare it with ${account} in person or by telephone, not in this chat.`;
}

async function ask(io: CommandIo, question: string): Promise<boolean> {
	const answer = await io.askYes(question);
	if (answer !== undefined) return answer;
	throw new Failure(EXIT_CODES.usage, 'there is no terminal to ask on: once you have compared the number, add --yes');
}
