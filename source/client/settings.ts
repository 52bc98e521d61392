// What a profile keeps in clear, in settings.json: which account it is, who is in the list, and a lockout the server told of.
import Conf from 'conf';
import {z} from 'zod';
import {isName} from '../wire/name.ts';
import {ClientError} from './errors.ts';
import {reasonOf} from './files.ts';
import {type Profile} from './profile.ts';

const name = z.string().refine(isName);
const account = z.strictObject({
	name,
	host: z.string().min(1).max(253),
	port: z.int().min(1).max(65_535),
	serverKey: z.string().regex(/^[\da-f]{64}$/),
});
const contact = z.strictObject({name, blocked: z.boolean(), addedAt: z.number()});
const settings = z.strictObject({
	account: account.optional(),
	contacts: z.array(contact).default([]),
	lockedUntil: z.number().optional(),
});

/** The server key in 64 hex digits. */
export type AccountSettings = z.infer<typeof account>;
/** `addedAt` in local ms. */
export type ContactSettings = z.infer<typeof contact>;

/** Everything here is on the disk when a call returns; it throws ClientError 'disk' when it is not. */
export class Settings {
	readonly #conf: Conf;
	#values: z.infer<typeof settings>;

	constructor(conf: Conf, values: z.infer<typeof settings>) {
		this.#conf = conf;
		this.#values = values;
	}

	get account(): AccountSettings | undefined {
		return this.#values.account;
	}

	/** By name. */
	get contacts(): readonly ContactSettings[] {
		return this.#values.contacts;
	}

	/** Local ms. */
	get lockedUntil(): number | undefined {
		return this.#values.lockedUntil;
	}

	setAccount(value: AccountSettings): void {
		this.#put({account: value});
	}

	setLockedUntil(lockedUntil: number): void {
		this.#put({lockedUntil});
	}

	/** Adds a contact or replaces the one of that name. */
	putContact(value: ContactSettings): void {
		const others = this.#values.contacts.filter(each => each.name !== value.name);
		this.#put({contacts: [...others, value].toSorted((a, b) => (a.name < b.name ? -1 : 1))});
	}

	removeContact(gone: string): void {
		this.#put({contacts: this.#values.contacts.filter(each => each.name !== gone)});
	}

	#put(change: Partial<z.infer<typeof settings>>): void {
		const values = {...this.#values, ...change};
		try {
			this.#conf.store = values;
		} catch (error) {
			throw new ClientError(
				'disk',
				`cannot write ${this.#conf.path} (${reasonOf(error)}): make room or make it writable; the old file stands`,
				{cause: error},
			);
		}

		this.#values = values;
	}
}

/** Throws ClientError 'damaged', and leaves the file as it is. */
export function openSettings({folder}: Profile): Settings {
	let file = folder;
	try {
		const conf = new Conf({
			cwd: folder,
			configName: 'settings',
			configFileMode: 0o600,
			clearInvalidConfig: false,
			accessPropertiesByDotNotation: false,
			projectName: 'simchat',
		});
		file = conf.path;
		return new Settings(conf, settings.parse(conf.store));
	} catch (error) {
		throw new ClientError(
			'damaged',
			`${file === folder ? `${folder}/settings.json` : file} is damaged and was left as it is: put a copy in its place, or repair it by hand; without it the profile does not know its account`,
			{cause: error},
		);
	}
}
