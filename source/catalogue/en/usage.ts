// What --help prints around the tables of commands and options.
export const usage = {
	// Titles.
	usage: 'Usage',
	options: 'Options',
	exitCodes: 'Exit codes',
	/** `program`: simchat. COMMAND stays as it is. */
	pageOfCommand: (program: string) => `${program} COMMAND --help prints the page of a command.`,
	/** Of the options --help and --version. */
	help: 'prints how it is used; behind a command, the page of that command',
	version: 'prints the version',
	/** Of an option that some commands alone have. `commands`: their names, with commas between them. */
	onlyFor: (commands: string, says: string) => `${commands}: ${says}`,
};
