// What --help prints around the tables of commands and options.
export const usage = {
	usage: 'Uso',
	options: 'Opciones',
	exitCodes: 'Códigos de salida',
	pageOfCommand: (program: string) => `${program} COMMAND --help muestra la página de un comando.`,
	help: 'muestra cómo se usa; detrás de un comando, la página de ese comando',
	version: 'muestra la versión',
	onlyFor: (commands: string, says: string) => `${commands}: ${says}`,
};
