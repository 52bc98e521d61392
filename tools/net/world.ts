// All that a run needs: the internet, homes, a directory server and people with accounts, removed together.
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';
import {Directory} from './directory.ts';
import {type Doors} from './doors.ts';
import {type Home, type HomeKind, Homes} from './homes.ts';
import {Internet} from './internet.ts';
import {type Namespace} from './lab.ts';
import {Person} from './person.ts';
import {type Wire} from './wire.ts';

/** A home of its own for one person. */
export type Resident = {readonly person: Person; readonly home: Home};

/** Unless given: the one directory, found by its usual name; the client of now; nobody blocked. */
export type PersonOptions = {
	readonly directory?: Directory;
	/** Name or address that leads to it. */
	readonly server?: string;
	readonly client?: string;
	readonly blocked?: readonly string[];
};

export class World {
	readonly doors: Doors;
	readonly internet: Internet;
	readonly homes: Homes;
	readonly directory: Directory;
	readonly folder: string;

	private constructor(doors: Doors, internet: Internet, directory: Directory, folder: string) {
		this.doors = doors;
		this.internet = internet;
		this.homes = new Homes(internet);
		this.directory = directory;
		this.folder = folder;
	}

	/** The caller closes it. Throws when the lab or the server does not come up, and leaves nothing then. */
	static async open(doors: Doors): Promise<World> {
		const internet = new Internet();
		const folder = makeTemporaryFolder();
		try {
			return new World(doors, internet, await Directory.start(internet.server, doors.server, folder), folder);
		} catch (error) {
			await internet.lab.close();
			removeFolder(folder);
			throw error;
		}
	}

	/** Somebody new in a home of this kind, with an account at the server, to whom these names are contacts. */
	async resident(name: string, kind: HomeKind, wire?: Wire, contacts: readonly string[] = []): Promise<Resident> {
		const home = this.homes.add(name, kind, wire === undefined ? {} : {wire});
		return {person: await this.person(name, home.hosts[0]!, {blocked: contacts.map(each => `+${each}`)}), home};
	}

	/** Somebody new at a host that is there, with an account. */
	async person(name: string, host: Namespace, options: PersonOptions = {}): Promise<Person> {
		const {directory = this.directory, server = 'chat.test', client = this.doors.client, blocked = []} = options;
		const person = new Person({name, host, directory}, {folder: this.folder, client});
		// What the build of now writes into a profile, an older one need not read.
		const script = client === this.doors.client ? this.doors.signUp : undefined;
		await person.signUp(server, script, blocked);
		return person;
	}

	async close(): Promise<void> {
		await this.internet.lab.close();
		removeFolder(this.folder);
	}
}
