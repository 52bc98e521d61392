// What --help prints around the tables of commands and options.
export const usage = {
	usage: 'Utilisation',
	options: 'Options',
	exitCodes: 'Codes de sortie',
	pageOfCommand: (program: string) => `${program} COMMAND --help affiche la page d’une commande.`,
	help: 'affiche l’utilisation ; après une commande, la page de cette commande',
	version: 'affiche la version',
	onlyFor: (commands: string, says: string) => `${commands} : ${says}`,
};
