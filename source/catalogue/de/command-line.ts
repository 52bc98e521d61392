// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	noCommand: (word: string, commands: string) =>
		`es gibt keinen Befehl ${word}: einen von diesen verwenden: ${commands}`,
	noTerminal: (commands: string) =>
		`ohne Terminal gibt es keine Vollbildansicht: --linear verwenden oder einen dieser Befehle: ${commands}`,
	flagNotFor: (flag: string, command: string) => `${flag} gehört nicht zu ${command}: weglassen`,
	flagNotForScreen: (flag: string) => `${flag} gehört nicht zur Vollbildansicht: weglassen`,
	flagNotForLines: (flag: string) => `${flag} gehört nicht zur Zeilenansicht: weglassen`,
	noFlag: (flag: string) =>
		`es gibt keine Option ${flag}: weglassen oder -- vor einen Text setzen, der mit einem Strich beginnt`,
	flagTwice: (flag: string) => `Die Option ${flag} darf nur einmal angegeben werden.`,
	noValue: (flag: string) => `${flag} braucht einen Wert`,
	password:
		'ein Passwort in der Befehlszeile sehen alle auf diesem Rechner: --password weglassen und es auf Nachfrage eingeben, SIMCHAT_PASSWORD setzen oder --password-stdin verwenden',
	usage: (form: string) => `Aufruf: ${form}`,
	tooMany: (command: string, words: string, surplus: string) => `${command} nimmt ${words}: ${surplus} weglassen`,
	noWords: (command: string, surplus: string) => `${command} nimmt keine Argumente: ${surplus} weglassen`,
	noName: (command: string) =>
		`${command} braucht einen Namen: simchat ${command} LINK --name NAME; ein Link mit Einladung bringt einen mit`,
	shell: (shells: string) => `completion nimmt eine von ${shells}`,
	wait: (most: number) => `--wait nimmt Sekunden von 0 bis ${most}`,
	since:
		'--since nimmt einen Tag (2026-11-03), eine Zeit (2026-11-03T09:30, mit Z oder +01:00, wenn sie nicht von hier ist), ms seit 1970 oder die ID einer Nachricht',
	duration: 'die Dauer ist eine Zahl mit Einheit, etwa 30s, 5m, 1h, 1d oder 1w; oder off',
	port: (most: number) => `--port nimmt einen UDP-Port von 1 bis ${most}`,
	limit: (most: number) => `--limit nimmt eine Anzahl Nachrichten von 1 bis ${most}`,
	seeHelp: 'Siehe: simchat --help',
	longLine: (most: number) => `eine Zeile der Standardeingabe ist länger als ${most} Zeichen`,
	longInput: (most: number) => `die Standardeingabe ist länger als ${most} Zeichen`,
	notText: 'die Standardeingabe ist kein UTF-8-Text',
};
