// Which store a server uses: a file in its data directory, or a PostgreSQL database that several share. The driver is loaded only for that.
import path from 'node:path';
import {type Random} from '../../crypto/random.ts';
import {type DirectoryStore} from './directory-store.ts';
import {type OnClosed} from './open-store.ts';
import {openStore} from './sqlite-store.ts';

export const DATABASE = 'directory.db';

/** `store`: the URL of a database, in place of the file in `data`. */
export type StorePlace = {readonly data: string; readonly store?: string};

/** Throws StoreError. */
export async function openPlace(
	{data, store}: StorePlace,
	random: Random,
	onClosed?: OnClosed,
): Promise<DirectoryStore> {
	if (store === undefined) return openStore(path.join(data, DATABASE), random, onClosed);
	const {openSharedStore} = await import('./postgresql-store.ts');
	return openSharedStore(store, random);
}
