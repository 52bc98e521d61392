// What --help prints around the tables of commands and options.
export const usage = {
	usage: 'Aufruf',
	options: 'Optionen',
	exitCodes: 'Exit-Codes',
	pageOfCommand: (program: string) => `${program} COMMAND --help gibt die Seite eines Befehls aus.`,
	help: 'gibt den Aufruf aus; hinter einem Befehl die Seite dieses Befehls',
	version: 'gibt die Version aus',
	onlyFor: (commands: string, says: string) => `${commands}: ${says}`,
};
