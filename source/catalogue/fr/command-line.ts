// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	noCommand: (word: string, commands: string) =>
		`la commande ${word} n’existe pas : utilisez l’une de celles-ci : ${commands}`,
	noTerminal: (commands: string) =>
		`sans terminal il n’y a pas de plein écran : utilisez --linear, ou l’une de ces commandes : ${commands}`,
	flagNotFor: (flag: string, command: string) => `${flag} ne va pas avec ${command} : retirez-le`,
	flagNotForScreen: (flag: string) => `${flag} ne va pas avec le plein écran : retirez-le`,
	flagNotForLines: (flag: string) => `${flag} ne va pas avec le mode en lignes : retirez-le`,
	noFlag: (flag: string) =>
		`l’option ${flag} n’existe pas : retirez-la, ou mettez -- devant un texte qui commence par un tiret`,
	flagTwice: (flag: string) => `L’option ${flag} ne peut être donnée qu’une fois.`,
	noValue: (flag: string) => `${flag} demande une valeur`,
	password:
		'un mot de passe sur la ligne de commande est visible de tous sur cette machine : retirez --password et saisissez-le quand il est demandé, ou définissez SIMCHAT_PASSWORD, ou utilisez --password-stdin',
	usage: (form: string) => `utilisation : ${form}`,
	tooMany: (command: string, words: string, surplus: string) => `${command} accepte ${words} : retirez ${surplus}`,
	noWords: (command: string, surplus: string) => `${command} n’accepte pas d’argument : retirez ${surplus}`,
	noName: (command: string) =>
		`${command} demande un nom : simchat ${command} LINK --name NAME ; un lien avec invitation en fournit un`,
	shell: (shells: string) => `completion accepte l’un de ces shells : ${shells}`,
	wait: (most: number) => `--wait accepte des secondes, de 0 à ${most}`,
	since:
		'--since prend un jour (2026-11-03), une heure (2026-11-03T09:30, avec Z ou +01:00 si elle n’est pas d’ici), des ms depuis 1970 ou l’identifiant d’un message',
	duration: 'la durée est un nombre et une unité, comme 30s, 5m, 1h, 1d ou 1w ; ou off',
	port: (most: number) => `--port accepte un port UDP, de 1 à ${most}`,
	limit: (most: number) => `--limit accepte un nombre de messages, de 1 à ${most}`,
	seeHelp: 'Voir : simchat --help',
	longLine: (most: number) => `une ligne de l’entrée standard dépasse ${most} caractères`,
	longInput: (most: number) => `l’entrée standard dépasse ${most} caractères`,
	notText: 'l’entrée standard n’est pas du texte UTF-8',
};
