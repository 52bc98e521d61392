// The commands of `simchat --linear` that are not those of the screen, or do something else here. Words in capitals are names of what one
// types behind a command, as in slash-commands.ts; in brackets it may be left out.
export const linearCommands = {
	help: (form: string, says: string) => `${form}: ${says}`,
	helpIntro: [
		'Was du schreibst, geht an die offene Unterhaltung.',
		'// beginnt eine Nachricht mit einem Schrägstrich. Eine leere Zeile wird nicht gesendet.',
		'Solange eine Zeile angefangen ist, wird nichts gemeldet.',
		'Neues wartet, bis du Enter drückst oder die Zeile gelöscht hast.',
	],
	openWords: '[NAME]',
	openHelp: 'mit NAME schreiben, oder mit wem Ungelesenes da ist; Ungelesenes wird vorgelesen',
	unreadHelp: 'von wem Ungelesenes da ist',
	lastWords: '[ANZAHL]',
	lastHelp: (messages: number) =>
		`die letzten ${messages} Nachrichten dieser Unterhaltung, oder so viele wie angegeben`,
	reactWords: 'EMOJI',
	searchWords: 'WÖRTER',
	listHelp: 'wer in deiner Liste ist, und wie es um jeden Kontakt steht',
	filesHelp: 'die Dateien dieser Unterhaltung, die angeboten oder unterwegs sind',
	doctorHelp: 'was versucht wurde, um das Verzeichnis und jeden Kontakt zu erreichen, und was zu tun ist',
	helpWords: '[BEFEHL]',
	helpHelp: 'alle Befehle, oder was einer davon tut',

	notInList: (name: string) => `${name} ist nicht in deiner Liste: /add fügt jemanden hinzu`,
	nothingUnread: 'nichts ist ungelesen',
	lastUsage: (most: number) => `so schreiben: /last 20, höchstens ${most}`,
	noneOpen: 'keine Unterhaltung ist offen',
	noFiles: 'hier ist keine Datei angeboten oder unterwegs',
	nothingSaid: 'hier wurde noch nichts geschrieben',
	listEmpty: 'niemand ist in deiner Liste: /add NAME fügt jemanden hinzu',
	reactUsage: 'so schreiben: /react :heart: oder /react und ein Emoji',
	searchUsage: 'so schreiben: /search WÖRTER',
	nothingFound: 'nichts gefunden',
	foundNewest: (messages: number) => `Die neuesten ${messages}, die neueste zuletzt:`,
	found: (messages: number) => `${messages} gefunden, die neueste zuletzt:`,
	noNames: (prefix: string) => `das Verzeichnis kennt keinen Namen, der mit ${prefix} beginnt`,
	nameThere: (name: string, presence: string) => `${name}, ${presence}`,
	moreNames: 'es gibt mehr: weitere Buchstaben des Namens eingeben',
	noCommand: (name: string) => `es gibt keinen Befehl /${name}: /help zählt alle auf`,

	noSafetyNumber: (name: string) =>
		`vor der ersten Nachricht gibt es keine Sicherheitsnummer: erst an ${name} schreiben`,
	safetyNumber: (name: string, lines: number) => `Die Sicherheitsnummer mit ${name}, in ${lines} Zeilen:`,
	compare: (name: string) =>
		`Mit ${name} persönlich oder am Telefon vergleichen, nicht in diesem Chat. Gleich: niemand liest mit. Verschieden: vielleicht liest jemand mit; hier nicht schreiben.`,
	keepUncompared: 'noch nicht verglichen',
	theyMatch: 'sie sind gleich',
	keyChangedMeanwhile: (name: string) =>
		`der Schlüssel hat sich inzwischen geändert: /verify ${name} zeigt die neue Nummer`,
	verified: (name: string) => `${name} ist verifiziert`,

	allDelivered: 'alles ist zugestellt',
	outboxWaiting: (name: string, quote: string) => `an ${name}, wartet: ${quote}`,
	outboxFailed: (name: string, quote: string, why: string) => `an ${name}, nicht gesendet, denn ${why}: ${quote}`,

	finding: (label: string, words: string) => `${label}: ${words}`,
	warning: (words: string) => `Achtung, ${words}`,
	problem: (words: string) => `FEHLER, ${words}`,
	nextStep: (step: string) => `nächster Schritt: ${step}`,
	nothingToMend: 'hier ist nichts zu beheben',
};
