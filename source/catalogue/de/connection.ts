// The way to the server, as commands and the client in lines tell of it. What follows `simchat: ` begins with a small letter.
export const connection = {
	problems: {
		unreachable: 'der Server ist nicht erreichbar',
		timeout: 'der Server antwortet nicht',
		closed: 'die Verbindung zum Server ist abgebrochen',
		busy: 'der Server ist ausgelastet',
		shutdown: 'der Server wird angehalten',
		protocol: 'der Server hat etwas gesendet, das diese Version nicht versteht',
		displaced: 'eine andere Anmeldung mit diesem Konto hat übernommen',
		removed: 'das Konto gibt es nicht mehr: den Admin um eine Einladung bitten',
		'device-removed': 'ein anderes Gerät des Kontos hat dieses entfernt',
		credentials:
			'das Passwort wurde auf einem anderen Gerät geändert: /password oder simchat password übernimmt das neue',
		identity: 'das Konto gehört jetzt zu einem anderen Gerät: Sein Identitätsschlüssel ist nicht der dieses Profils',
		'server-key': 'der Server hat den falschen Schlüssel',
	},
	impersonation: [
		'VIELLEICHT ANTWORTET JEMAND ANDERES ANSTELLE DEINES SERVERS.',
		'Persönlich oder am Telefon den Betreiber fragen, ob der Schlüssel ersetzt wurde.',
		'Wenn nicht, fängt jemand die Verbindung ab: nicht weitermachen.',
	],
	tryingAgain: (problem: string) => `${problem}; neuer Versuch folgt von selbst`,
	notReached: 'der Server ist noch nicht erreicht',
	udpSilent: 'über UDP kommt vom Server nichts zurück',
	clockBehind: (time: string) =>
		`die Uhr dieses Rechners geht gegenüber dem Server ${time} nach: simchat gleicht es aus, aber die Uhr sollte gestellt werden`,
	clockAhead: (time: string) =>
		`die Uhr dieses Rechners geht gegenüber dem Server ${time} vor: simchat gleicht es aus, aber die Uhr sollte gestellt werden`,
	days: (count: number) => `${count} Tage`,
	hours: (count: number) => `${count} Stunden`,
	minutes: (count: number) => `${count} Minuten`,
};
