// Wiederherstellungswörter: sie anlegen und mit ihnen hineinkommen, wenn jedes Gerät verloren ist.
export const recovery = {
	usage: 'Aufruf: simchat recover LINK --name NAME oder simchat recover --make|--remove',
	unknownWord: (place: number) =>
		`Wort ${place} steht nicht auf der Liste: die Schreibweise prüfen; die Wörter sind englisch`,
	wordCount: (count: number) => `Wiederherstellungswörter sind 24, und das sind ${count}`,
	checksum:
		'jedes Wort steht auf der Liste, aber zusammen sind es keine Wiederherstellungswörter: eines wurde falsch gelesen, oder zwei sind vertauscht',
	notHeld: (name: string, place: string) =>
		`das sind nicht die Wiederherstellungswörter von ${name} auf ${place}: Sie gehören zu einem anderen Konto, wurden entfernt, oder der Server zeigt eine Geräteliste, die nicht die des Kontos ist; es wurde nichts eingereicht`,
	badLog: (place: string, flaw: string) =>
		`${place} zeigt eine Geräteliste, die nicht stimmt (${flaw}): nichts davon wird geglaubt; den Admin fragen`,
	full: 'das Konto hat keinen Platz für ein weiteres Gerät: ein verlorenes als verloren angeben oder den Admin bitten, das Konto zurückzusetzen',
	cut: 'die Verbindung endete, bevor dieses Gerät dabei war: mit denselben Wörtern noch einmal versuchen',
	noRoom: 'unter deinen Geräten ist kein Platz für Wiederherstellungswörter: erst ein Gerät entfernen',
	keeperMakesNone: 'ein Keeper legt keine Wiederherstellungswörter an: auf einem anderen Gerät anlegen',
	notTaken: 'der Server hat die Wiederherstellungswörter nicht angenommen, sie sind nichts wert: noch einmal versuchen',
	offline: 'der Server ist nicht erreichbar: noch einmal versuchen, sobald die Verbindung steht',
	thereAlready: (when: string) =>
		`es gibt schon Wiederherstellungswörter, angelegt ${when}: sie gelten neben den neuen weiter`,
	copy: (name: string) =>
		`Wiederherstellungswörter von ${name}. Schreib sie in dieser Reihenfolge auf Papier: Sie werden nur dieses eine Mal gezeigt. Wer sie und dein Passwort hat, ist du.`,
	enterGoesOn: 'Enter drücken, sobald sie auf Papier stehen: ',
	askWord: (place: number, all: number) => `Wort ${place} von ${all}: `,
	otherWord: 'Das war ein anderes Wort. Sieh noch einmal nach.',
	made: (name: string) =>
		`${name} hat jetzt Wiederherstellungswörter: Ist jedes Gerät verloren, verlangt simchat recover sie, das Passwort und den Link des Servers`,
	noTerminal: 'Wiederherstellungswörter werden nur auf einem Terminal gezeigt, und hier ist keines',
	typeWords:
		'Deine Wiederherstellungswörter, eines nach dem anderen oder alle auf einmal. Enter allein geht eines zurück.',
	nobodyToAsk:
		'es gibt kein Terminal, auf dem nach den Wörtern gefragt werden kann: mit --password-stdin sind sie die zweite Zeile der Standardeingabe',
	roles: {device: 'Gerät', keeper: 'Keeper'},
	askLost: (role: string, id: string, when: string) =>
		`Verloren und zu entfernen: ${role} ${id}, hinzugefügt ${when}? Tippe yes oder ja: `,
	stays: (role: string, id: string, when: string) => `bleibt: ${role} ${id}, hinzugefügt ${when}`,
	notAllRemoved:
		'nicht jedes verlorene Gerät ist entfernt: mit simchat devices nachsehen und die übrigen dort entfernen',
	title: 'Wiederherstellungswörter',
	copyHint: 'Enter: sie stehen auf Papier · Esc bricht ab',
	askHint: 'Enter weiter · Esc bricht ab',
	wait: 'Der Server wird gefragt.',
	tooSmall: 'Mach das Fenster größer: Für 24 Wörter ist kein Platz.',
	notInLines:
		'was hier gesagt wird, bleibt auf dem Terminal: daneben simchat recover --make aufrufen, das die Wörter einmal zeigt',

	// Taking words away: lines, then title, sentence and keys of the screen.
	notRemoved: 'der Server hat das Entfernen nicht angenommen: noch einmal versuchen',
	notOfThisAccount: (name: string) =>
		`das sind keine Wiederherstellungswörter von ${name} mehr: sie gehören zu einem anderen Konto oder sind schon entfernt`,
	removed: 'diese Wiederherstellungswörter sind entfernt: niemand kommt mehr mit ihnen hinein',
	removeTitle: 'Wiederherstellungswörter entfernen',
	removeWords: 'Tippe die 24 Wörter, die nichts mehr gelten sollen. Andere, die du hast, bleiben.',
	removeHint: 'Enter entfernt sie · Esc beendet es',
};
