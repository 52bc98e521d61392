// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `Sicherheitsnummer mit ${name}`,
	hint: '↑ ↓ wählen · Enter · Esc schließt',
	escCloses: 'Esc schließt',
	noNumber: (name: string) => `Vor der ersten Nachricht gibt es keine Sicherheitsnummer: erst an ${name} schreiben.`,
	notYet: 'Noch nicht verglichen',
	match: 'Sie sind gleich: Schlüssel als verifiziert markieren',
	tooSmall: 'Zum Antworten das Fenster vergrößern.',
	advice: (name: string) =>
		`Die Nummer persönlich oder am Telefon mit ${name} vergleichen: vorlesen oder vorlesen lassen. Gleich: niemand liest mit. Verschieden: vielleicht liest jemand mit. Dann hier nicht schreiben.`,
	adviceWithCode: (name: string) =>
		`Die Nummer persönlich oder am Telefon mit ${name} vergleichen: vorlesen, vorlesen lassen oder den Code auf dem anderen Bildschirm scannen. Gleich: niemand liest mit. Verschieden: vielleicht liest jemand mit. Dann hier nicht schreiben.`,
};
