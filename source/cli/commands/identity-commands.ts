// verify and trust: whether a contact's key is the contact's. The person decides; this shows what to compare.
import {type Client} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

const GROUPS_IN_A_LINE = 4;

/** Shows the safety number and marks the key as compared, when it is. Throws Failure and ClientError. */
export async function verifyContact(client: Client, account: string, isSure: boolean, io: CommandIo): Promise<void> {
	const number = safetyNumberOf(client, account);
	if (hasChanged(client, account)) io.complain(warning(account));
	await io.print(grid(number));
	const matches = isSure || (await ask(io, catalogue.identity.askSame(account)));
	if (!matches) {
		throw new Failure(EXIT_CODES.unavailable, catalogue.identity.notVerified(account));
	}

	client.verify(account);
	await io.print(catalogue.identity.verified(account));
}

/** Takes a changed key without a comparison. Throws Failure and ClientError. */
export async function trustContact(client: Client, account: string, isSure: boolean, io: CommandIo): Promise<void> {
	const number = safetyNumberOf(client, account);
	if (!hasChanged(client, account)) {
		await io.print(catalogue.identity.unchanged(account));
		return;
	}

	io.complain(warning(account));
	await io.print(grid(number));
	if (!isSure && !(await ask(io, catalogue.identity.askTrust(account)))) {
		throw new Failure(EXIT_CODES.unavailable, catalogue.identity.notTrusted(account));
	}

	client.trust(account);
	await io.print(catalogue.identity.trusted(account));
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
	throw new Failure(EXIT_CODES.noUser, catalogue.identity.unknown(account));
}

function hasChanged(client: Client, account: string): boolean {
	return client.snapshot().contacts.some(({name, identity}) => name === account && identity === 'changed');
}

function warning(account: string): string {
	return catalogue.identity.warning(account.toUpperCase(), account).join('\n  ');
}

async function ask(io: CommandIo, question: string): Promise<boolean> {
	const answer = await io.askYes(question);
	if (answer !== undefined) return answer;
	throw new Failure(EXIT_CODES.usage, catalogue.identity.noTerminal);
}
