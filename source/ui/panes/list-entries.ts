// The entries of the list: contacts; with a filter those that fit it, and below them names of the directory.
import {type Contact} from '../../client/snapshot.ts';

/** A name that the directory knows. */
export type DirectoryName = {readonly name: string; readonly online: boolean};

export type ListEntry =
	| {readonly kind: 'contact'; readonly name: string; readonly contact: Contact; /** From 0. */ readonly place: number}
	| ({readonly kind: 'found'} & DirectoryName);

export function listEntries(
	contacts: readonly Contact[],
	filter: string,
	found: readonly DirectoryName[],
): ListEntry[] {
	const all = contacts.map((contact, place): ListEntry => ({kind: 'contact', name: contact.name, contact, place}));
	if (filter === '') return all;
	const known = new Set(contacts.map(({name}) => name));
	const others = found.filter(({name}) => !known.has(name) && name.startsWith(filter));
	return [
		...all.filter(({name}) => name.includes(filter)),
		...others.map((entry): ListEntry => ({kind: 'found', ...entry})),
	];
}
