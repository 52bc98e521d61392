// The list of contacts, and names of the directory.
export const contacts = {
	/** In place of an empty list; NAME stands for a name. At most 14 cells. */
	addSomebody: '/add NAME',
	/** Nobody fits what is typed. At most 14 cells. */
	nobody: 'nobody',
	/** In the field above the list, while nothing is typed. At most 14 cells. */
	typeToFilter: 'type to filter',
	/** Names of the directory that begin with `prefix`: all of them, and the first of too many. */
	directory: (prefix: string) => `Directory: ${prefix}…`,
	directoryFirst: (prefix: string) => `Directory: ${prefix}… (the first of many)`,
	directoryAll: 'Directory',
	directoryAllFirst: 'Directory (the first of many)',
	directoryHint: '↑ ↓ choose · Enter adds · Esc closes',
};
