// verify and trust: whether a contact's key is the contact's.
export const identity = {
	warning: (NAME: string, name: string) => [
		`DER SCHLÜSSEL VON ${NAME} HAT SICH GEÄNDERT.`,
		`${name} hat ein neues Gerät oder hat neu angefangen, oder jemand anderes antwortet unter diesem Namen.`,
		`Dies ist die Sicherheitsnummer des neuen Schlüssels. Mit ${name} persönlich oder am Telefon vergleichen, nicht in diesem Chat.`,
	],
	askSame: (name: string) => `Sieht ${name} dieselbe Nummer? Zum Bestätigen „ja“ eingeben: `,
	verified: (name: string) => `${name} ist verifiziert`,
	notVerified: (name: string) =>
		`${name} ist nicht verifiziert. Sind die Nummern verschieden, liest vielleicht jemand mit: diesem Schlüssel nicht vertrauen.`,
	unchanged: (name: string) => `der Schlüssel von ${name} hat sich nicht geändert: es gibt nichts zu entscheiden`,
	askTrust: (name: string) => `Den neuen Schlüssel von ${name} ohne Vergleich annehmen? Zum Bestätigen „ja“ eingeben: `,
	trusted: (name: string) => `der neue Schlüssel von ${name} ist angenommen, aber nicht verifiziert`,
	notTrusted: (name: string) =>
		`der neue Schlüssel von ${name} wurde nicht angenommen: bis dahin kann nichts an ${name} gesendet werden`,
	unknown: (name: string) => `der Schlüssel von ${name} ist noch nicht bekannt: erst eine Nachricht austauschen`,
	noTerminal: 'kein Terminal zum Fragen da: nach dem Vergleich der Nummer --yes hinzufügen',
};
