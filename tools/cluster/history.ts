// What was acknowledged to people while a database failed over, beside what it holds in the end.
import {Buffer} from 'node:buffer';
import {type Row} from '../../source/server/store/postgresql-database.ts';
import {identityOf} from '../members/directory-client.ts';

/** One name, and what was acknowledged of it. */
export type Life = {
	readonly name: string;
	isInvited: boolean;
	/** Devices for which an account was made: with one invite, by two at once. */
	readonly made: string[];
	/** A new password that was asked for, and whether it was acknowledged. */
	verifier: Buffer | undefined;
	isChanged: boolean;
	hasBlocked: boolean;
	isOver: boolean;
};

/** Rows of their tables: `accounts` whole, of the others whose they are. */
export type Kept = {
	readonly accounts: readonly Row[];
	readonly invites: readonly Row[];
	readonly blocks: readonly Row[];
};

export function newLife(name: string): Life {
	return {
		name,
		isInvited: false,
		made: [],
		verifier: undefined,
		isChanged: false,
		hasBlocked: false,
		isOver: false,
	};
}

/** What was acknowledged and is not so, in words. */
export function lostOf(lives: readonly Life[], {accounts, invites, blocks}: Kept): string[] {
	const accountOf = new Map(accounts.map(row => [String(row['name']), row]));
	const invited = new Set(invites.map(row => String(row['name'])));
	const blocking = new Set(blocks.map(row => String(row['owner'])));
	return lives.flatMap(({name, isInvited, made, verifier, isChanged, hasBlocked}) => {
		const account = accountOf.get(name);
		const [device] = made;
		const wrong: string[] = [];
		if (made.length > 1) wrong.push(`two accounts were made of ${name}'s invite`);
		if (isInvited && account === undefined && !invited.has(name)) wrong.push(`${name}'s invite is gone`);
		if (account !== undefined && invited.has(name)) wrong.push(`${name}'s invite may be used again`);
		if (device !== undefined && !isSame(account?.['identity_key'], identityOf({name, device}).publicKey)) {
			wrong.push(`${name}'s account is not there`);
		}

		if (isChanged && !isSame(account?.['verifier'], verifier)) wrong.push(`${name}'s new password does not count`);
		if (hasBlocked && !blocking.has(name)) wrong.push(`${name} blocks nobody`);
		return wrong;
	});
}

function isSame(stored: unknown, acknowledged: Buffer | undefined): boolean {
	return Buffer.isBuffer(stored) && acknowledged !== undefined && acknowledged.equals(stored);
}
