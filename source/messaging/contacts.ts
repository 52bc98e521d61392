// Who is in the list of contacts: each change is kept in the roster, told to the directory, and holds for what is under way with them.
import {foundingDevice} from '../channel/device.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type ContactTrust} from './contact-trust.ts';
import {talkWith} from './conversation.ts';
import {type Conversations} from './conversations.ts';
import {type FollowedLogs} from './followed-logs.ts';
import {type Exchanges} from './exchanges.ts';
import {type Roster} from './roster.ts';

export type ContactsOptions = {
	readonly roster: Roster;
	readonly trust: ContactTrust;
	readonly conversations: Conversations;
	readonly exchanges: Exchanges;
	readonly followedLogs: FollowedLogs;
	readonly directory: Pick<DirectoryConnection, 'watch' | 'unwatch' | 'block'>;
	readonly clock: LocalClock;
};

export class Contacts {
	readonly #options: ContactsOptions;

	constructor(options: ContactsOptions) {
		this.#options = options;
	}

	/** Shows everybody in the list, and takes up again what is under way with them. */
	open(): void {
		const {roster, conversations, directory} = this.#options;
		const {names} = roster;
		conversations.open(names.map(name => talkWith(name)));
		for (const name of names) this.#takeUp(name);
		// The directory may not have heard of what was decided while it was out of reach.
		for (const name of names) if (roster.isBlocked(name)) directory.block(name, true);
	}

	/** The list has changed on the disk, as another device of the account has it. */
	reload(): void {
		const {roster, trust, conversations, exchanges, followedLogs, directory} = this.#options;
		const {added, gone} = roster.reload();
		for (const name of gone) {
			followedLogs.leave(name);
			directory.unwatch([name]);
			exchanges.exchange(foundingDevice(name)).leave();
		}

		for (const name of added) followedLogs.follow(name);
		conversations.open(added.map(name => talkWith(name)));
		for (const name of added) this.#takeUp(name);
		for (const name of roster.names) trust.apply(name);
	}

	/** Takes an account into the list, as a request where a stranger wrote first, and watches it. */
	add(name: string, request = false): void {
		const {roster, conversations, followedLogs, clock} = this.#options;
		if (roster.has(name)) return;
		roster.add(name, clock.now(), request);
		followedLogs.follow(name);
		conversations.open([talkWith(name)]);
		this.#takeUp(name);
	}

	/** Takes somebody off the list. What was said stays on the disk. */
	remove(name: string): void {
		const {roster, exchanges, followedLogs, directory} = this.#options;
		if (roster.isBlocked(name)) directory.block(name, false);
		followedLogs.leave(name);
		directory.unwatch([name]);
		exchanges.exchange(foundingDevice(name)).leave();
		roster.remove(name);
	}

	/** A stranger becomes a contact. */
	accept(name: string): void {
		const {roster, exchanges} = this.#options;
		if (!roster.isRequest(name)) return;
		roster.accept(name);
		exchanges.exchange(foundingDevice(name)).tellIfAway();
	}

	/** Blocked: nothing of theirs is taken, and to them we seem offline. */
	block(name: string, blocked: boolean): void {
		const {roster, trust, directory, clock} = this.#options;
		roster.block(name, blocked, clock.now());
		directory.block(name, blocked);
		trust.apply(name);
	}

	/** Their waiting messages, their presence, and whether they may be talked to. */
	#takeUp(name: string): void {
		const {trust, conversations, exchanges, directory} = this.#options;
		const talk = talkWith(name);
		exchanges.queue(talk, conversations.outbox(talk));
		directory.watch([name]);
		trust.apply(name);
	}
}
