// What a profile keeps in clear, in settings.json: which account it is, a lockout the server told of, our UDP
// port, and how the screen is to be.
import {Buffer} from 'node:buffer';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import Conf from 'conf';
import * as z from 'zod/mini';
import {addressText} from '../wire/address.ts';
import {isName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {cannotWrite, replaceFile, syncFile} from '../os/files.ts';
import {DEFAULTS, type Preferences, chosen, preferencesSchema, issueText} from './preferences.ts';
import {type Profile} from './profile.ts';
import {catalogue} from '../catalogue/catalogue.ts';

const name = z.string().check(z.refine(isName));
const portField = z.int().check(z.minimum(1), z.maximum(65_535));
const account = z.strictObject({
	name,
	host: z.string().check(z.minLength(1), z.maxLength(253)),
	port: portField,
	serverKey: z.string().check(z.regex(/^[\da-f]{64}$/)),
});
const contact = z.strictObject({name, blocked: z.boolean(), addedAt: z.number()});
const settings = z.strictObject({
	account: z.optional(account),
	/** Of a profile from before the history kept them. */
	contacts: z.optional(z.array(contact)),
	lockedUntil: z.optional(z.number()),
	/** Of our UDP socket. A value that is none is as good as no value, and the next start writes another. */
	port: z.catch(z.optional(portField), undefined),
	/** The person has chosen it. */
	portByHand: z.catch(z.optional(z.boolean()), undefined),
	screen: z.optional(preferencesSchema),
});

type Values = z.infer<typeof settings>;

/** The server key in 64 hex digits. */
export type AccountSettings = z.infer<typeof account>;
/** `addedAt` in local ms. */
export type ContactSettings = z.infer<typeof contact>;

/** Everything here is on the disk when a call returns; it throws ClientError 'disk' when it is not. */
export class Settings {
	readonly #conf: Conf;
	#values: Values;

	constructor(conf: Conf, values: Values) {
		this.#conf = conf;
		this.#values = values;
	}

	get account(): AccountSettings | undefined {
		return this.#values.account;
	}

	/** Those that a former version has left here, in clear. */
	get contacts(): readonly ContactSettings[] {
		return this.#values.contacts ?? [];
	}

	/** Local ms. */
	get lockedUntil(): number | undefined {
		return this.#values.lockedUntil;
	}

	/** The UDP port of this profile; undefined until it has one. */
	get port(): number | undefined {
		return this.#values.port;
	}

	/** Whether the person has named that port, as one does for a router that is told of it by hand. */
	get isPortByHand(): boolean {
		return this.#values.portByHand === true;
	}

	/** What the person has not chosen is as the defaults are. */
	get preferences(): Preferences {
		return this.#values.screen ?? DEFAULTS;
	}

	setPreferences(change: Partial<Preferences>): void {
		this.#put({screen: {...this.preferences, ...change}});
	}

	setAccount(value: AccountSettings): void {
		this.#put({account: value});
	}

	setLockedUntil(lockedUntil: number): void {
		this.#put({lockedUntil});
	}

	setPort(port: number, isByHand: boolean): void {
		if (this.port !== port || this.isPortByHand !== isByHand) this.#put({port, portByHand: isByHand || undefined});
	}

	/** They are somewhere else now. */
	forgetContacts(): void {
		if (this.#values.contacts !== undefined) this.#put({contacts: undefined});
	}

	#put(change: {readonly [Field in keyof Values]?: Values[Field] | undefined}): void {
		const values = settings.parse({...this.#values, ...change});
		const stored = storedOf(values);
		const {path: file} = this.#conf;
		try {
			this.#conf.store = stored;
			// Conf takes what a full disk cut short for written.
			if (readFileSync(file, 'utf8') !== serialize(stored)) throw new Error(catalogue.files.diskFull);
			syncFile(file);
		} catch (error) {
			restore(file, storedOf(this.#values));
			throw cannotWrite(file, error);
		}

		this.#values = values;
	}
}

/** Throws ClientError 'damaged', and leaves the file as it is. */
export function openSettings({folder}: Pick<Profile, 'folder'>): Settings {
	const file = path.join(folder, 'settings.json');
	const {conf, read} = readSettings(folder, file);
	if (read.success) return new Settings(conf, read.data);
	const {issues} = read.error;
	// Words about a preference, where nothing else is wrong.
	const [wrong] = issues.every(issue => issue.path[0] === 'screen') ? issues : [];
	const words =
		wrong === undefined ? catalogue.files.settingsDamaged(file) : catalogue.files.settingWrong(file, issueText(wrong));
	throw new ClientError('damaged', words, {cause: read.error});
}

function readSettings(folder: string, file: string) {
	try {
		const conf = new Conf({
			cwd: folder,
			configName: 'settings',
			configFileMode: 0o600,
			clearInvalidConfig: false,
			accessPropertiesByDotNotation: false,
			serialize,
			deserialize,
		});
		return {conf, read: settings.safeParse(conf.store)};
	} catch (error) {
		throw new ClientError('damaged', catalogue.files.settingsDamaged(file), {cause: error});
	}
}

/** The account of a profile that another process may have open: nothing is locked. Throws ClientError 'damaged'. */
export function accountIn(folder: string): {readonly name: string; readonly server: string} | undefined {
	const value = existsSync(path.join(folder, 'settings.json')) ? openSettings({folder}).account : undefined;
	return value && {name: value.name, server: addressText(value)};
}

/** Preferences are written as far as they differ from the defaults. */
function storedOf({screen, ...values}: Values): Record<string, unknown> {
	const own = screen === undefined ? {} : chosen(screen);
	return Object.keys(own).length === 0 ? values : {...values, screen: own};
}

function restore(file: string, values: Record<string, unknown>): void {
	try {
		replaceFile(file, Buffer.from(serialize(values)));
	} catch {
		// The first error says what is wrong, and the values are still here to be written with the next change.
	}
}

function serialize(values: unknown): string {
	return `${JSON.stringify(values, undefined, '\t')}\n`;
}

/** Conf would take any JSON that is no object for an empty store. */
function deserialize(text: string): Record<string, unknown> {
	const value: unknown = JSON.parse(text);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
	return value as Record<string, unknown>;
}
