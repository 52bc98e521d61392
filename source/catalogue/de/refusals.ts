// Why something that a person asked for about messages and contacts is not done, and what to do. “That”: what was typed or chosen.
export const refusals = {
	noName:
		'das ist kein Name: einer hat 1 bis 32 Zeichen aus a–z, 0–9, Punkt, Unterstrich und Bindestrich und beginnt mit einem Buchstaben',
	ownName: 'das ist dein eigener Name: einen anderen wählen',
	unknownName: (name: string) => `diesen Namen gibt es im Verzeichnis nicht: ${name}`,
	notInList: (name: string) => `in deiner Liste gibt es ${name} nicht: eine Nachricht an ${name} ändert das`,
	blocked: (name: string) => `du hast ${name} blockiert: erst die Blockierung aufheben`,
	keyChanged: (name: string) =>
		`der Identitätsschlüssel von ${name} hat sich geändert: vielleicht liest jemand mit. Die Sicherheitsnummer mit ${name} vergleichen, dann den neuen Schlüssel mit verify annehmen, oder mit trust, wenn ein Vergleich nicht geht`,
	keyUnknown: (name: string) =>
		`der Schlüssel von ${name} ist noch nicht bekannt: erst eine Nachricht austauschen, dann die Sicherheitsnummer vergleichen`,
	offline: 'das Verzeichnis ist nicht erreichbar: noch einmal versuchen, sobald die Verbindung steht',
	tooManySearches: (seconds: number) => `zu viele Suchen: in ${seconds} s noch einmal versuchen`,
	nickname: (most: number) => `ein Spitzname hat 1 bis ${most} Zeichen`,
	away: (most: number) => `der Grund der Abwesenheit hat 1 bis ${most} Byte`,
	awayEnds:
		'mit nur einem Gerät bist du nur abwesend, solange simchat läuft: dies tun, während die Vollbildansicht, tail oder ein Bot läuft',
	emptyMessage: 'es gibt nichts zu senden: die Nachricht ist leer',
	longMessage: (bytes: number, most: number) =>
		`die Nachricht hat ${bytes} Byte, höchstens ${most} sind möglich: in Teilen senden`,
	messageGone: 'diese Nachricht gibt es nicht mehr',
	noMessage: (id: string, name: string) =>
		`mit ${name} gibt es keine Nachricht ${id}: tail --json und search --json nennen IDs`,
	nowhere: (id: string) => `mit niemandem aus deiner Liste gibt es eine Nachricht ${id}`,
	notOwn: (name: string) =>
		`diese Nachricht ist von ${name}: nur wer sie geschrieben hat, kann sie ändern oder löschen`,
	noOwnMessage: (id: string) => `keine eigene Nachricht hat die ID ${id}: outbox --json nennt IDs`,
	noFile: 'diese Nachricht bietet keine Datei an',
	longEmoji: 'das ist kein Emoji: es ist zu lang',
	wrongAct: (kind: string) => `das geht mit einer Nachricht nicht: ${kind}`,
	timer: 'eine Nachricht kann nach 1 Sekunde bis 365 Tagen verschwinden',
	longKey: (most: number) => `der Name davon hat über ${most} Zeichen: es wird nicht gespeichert`,
	longValue: (most: number) => `das sind mehr als ${most} Byte: es wird nicht gespeichert`,
	tooMuch: 'zu vieles ist schon gespeichert: dies nicht mehr',
};
