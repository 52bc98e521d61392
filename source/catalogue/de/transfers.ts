// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `${file} gibt es nicht: Pfad prüfen`,
		folder: (file: string) => `${file} ist ein Ordner: erst packen, etwa mit tar, und das Archiv senden`,
		special: (file: string) => `${file} ist keine Datei mit Inhalt: Pipes, Sockets und Geräte lassen sich nicht senden`,
		unreadable: (file: string) => `${file} lässt sich nicht lesen: lesbar machen oder eine andere Datei senden`,
		changed: (file: string) =>
			`${file} wurde beim Lesen verändert: noch einmal versuchen, wenn niemand mehr hineinschreibt`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': 'auf diesem Datenträger ist zu wenig Platz: Platz schaffen und die Datei noch einmal holen',
		folder:
			'in den Download-Ordner lässt sich nicht schreiben: beschreibbar machen oder einen anderen wählen (downloads in den Einstellungen) und noch einmal holen',
		limit: 'die Datei ist größer als die Grenze in den Einstellungen (fileLimit): Grenze erhöhen und noch einmal holen',
		changed: 'die Datei wurde beim Absender verändert: um erneutes Senden bitten',
		unreadable: 'die Datei lässt sich beim Absender nicht lesen: um erneutes Senden bitten',
		missing: 'der Absender hat die Datei nicht mehr: um erneutes Senden bitten',
		damaged: 'was ankam, ist nicht, was angeboten wurde: noch einmal holen oder um erneutes Senden bitten',
		disk: 'der Datenträger hat sie nicht angenommen: den Datenträger prüfen und noch einmal holen',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) =>
			`die Datei ist ${name} angeboten und noch nicht ganz dort: es geht weiter, wenn simchat wieder läuft`,
		declined: (name: string) => `${name} möchte die Datei nicht`,
		stopped: (name: string) => `die Datei wurde abgebrochen: noch einmal anbieten, wenn ${name} sie haben soll`,
		comesLater: (name: string) =>
			`die Datei ist noch nicht hier: sie kommt von selbst, wenn simchat hier und bei ${name} läuft`,
		noOffer: (name: string) => `${name} hat keine Datei angeboten`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `Datei: ${file}, ${bytes} Byte`,
};
