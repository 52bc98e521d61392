// backup and restore: the profile as a whole, copied while nothing else uses it.
import path from 'node:path';
import {ClientError, backUp, restore} from '../../client/facade.ts';
import {copiedAlone} from '../handover/handover-refusals.ts';
import {print} from '../streams.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Needs no password: what is secret stays sealed. */
export async function backUpProfile(profile: string, folder: string): Promise<void> {
	try {
		backUp(profile, path.resolve(folder));
	} catch (error) {
		throw error instanceof ClientError && error.code === 'profile-busy' ? copiedAlone(profile) : error;
	}

	await print(catalogue.history.copied(path.resolve(folder)));
}

export async function restoreProfile(profile: string, folder: string, password: PasswordSource): Promise<void> {
	await restore(path.resolve(folder), profile, await readPassword(password, false));
	await print(catalogue.history.restored(profile));
}
