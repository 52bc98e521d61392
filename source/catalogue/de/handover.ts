// A command that finds its profile open in another simchat, and what keeps that one from doing it. “It”: the other simchat.
export const handover = {
	refused: (folder: string, why: string) => `ein anderes simchat benutzt ${folder}: ${why}`,
	nobodyHere: 'dort ist niemand angemeldet: dort anmelden oder es beenden',
	otherVersion: 'es hat eine andere Version: es beenden oder mit --profile einen anderen Ordner wählen',
	unproven: 'es kennt den Schlüssel des Tresors nicht: es beenden',
	noAnswer: 'es antwortet nicht, und nichts wurde getan: mit fg fortsetzen, wenn es angehalten ist, oder beenden',
	ownPort: 'sein Port ist offen: ohne --port führt es den Befehl aus; um den Port zu ändern, es erst beenden',
	copiedAlone:
		'ein Profil wird kopiert, wenn niemand es benutzt: jenes beenden (Ctrl-C beendet tail), dann noch einmal versuchen',
	botAlone:
		'ein Bot läuft in dem Prozess, der das Profil geöffnet hat: jenen beenden oder dem Bot ein eigenes Konto geben',
	silent: (folder: string, outcome: string) =>
		`ein anderes simchat hat ${folder} benutzt und antwortet nicht mehr: ${outcome}`,
	ended: (folder: string, outcome: string) => `ein anderes simchat hat ${folder} benutzt und ist beendet: ${outcome}`,
	outcomes: {
		unknown: 'ob alles erledigt wurde, ist nicht bekannt: nachsehen und noch einmal versuchen',
		kept: 'die letzte Nachricht liegt auf diesem Datenträger und wird gesendet, wenn simchat läuft',
		unsure: 'ob die letzte Nachricht gespeichert ist, ist nicht bekannt: vor dem erneuten Senden nachsehen',
	},
	wrongPassword: 'falsches Passwort: das offene Profil hat ein anderes; noch einmal versuchen',
	notDone: 'das andere simchat hat es nicht getan',
};
