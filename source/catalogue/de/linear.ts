// What `simchat --linear` says, for those who hear it or read it line by line: whole sentences, with capital letters and stops.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const linear = {
	listed: (parts: readonly string[]) => parts.join(', '),
	quoted: (text: string) => `„${text}“`,
	quotedPart: (text: string) => `„${text}“ und mehr`,

	noAccount: ['Dieses Profil hat noch kein Konto.', 'Ein Beitrittslink vom Admin eines Servers legt eines an.'],
	signingIn: (name: string, server: string) => `Anmeldung als ${name} auf ${server}.`,
	signedIn: (name: string, server: string) => `Angemeldet als ${name} auf ${server}.`,
	ctrlDQuits: 'Ctrl-D beendet.',
	ctrlCQuits: 'Noch einmal Ctrl-C beendet.',
	lineDropped: 'Die Zeile ist verworfen. Noch einmal Ctrl-C beendet.',
	goodbye: 'Auf Wiedersehen.',
	helpLists: '/help zählt die Befehle auf.',

	prompts: {
		'join link': 'Beitrittslink: ',
		name: 'Name: ',
		password: 'Passwort: ',
		again: 'Dasselbe Passwort noch einmal: ',
		device: 'Wie dieses Gerät heißt: ',
	},
	asking: 'Der Server wird gefragt.',
	locked: (seconds: number) =>
		`Zu viele falsche Passwörter. Ein neuer Versuch ist möglich in ${plural(seconds, {one: `${seconds} Sekunde`, other: `${seconds} Sekunden`})}.`,
	unlocked: 'Ein neuer Versuch ist jetzt möglich.',
	secondsLeft: (seconds: number) =>
		`Noch ${plural(seconds, {one: `${seconds} Sekunde`, other: `${seconds} Sekunden`})}.`,

	connected: 'Verbunden.',
	connectedAgain: 'Wieder verbunden.',
	retried: (problem: string) => `${problem}; neuer Versuch folgt von selbst`,
	stopped: 'Es wird nichts mehr gesendet oder empfangen. /quit beendet simchat.',

	noneOpen: 'Keine Unterhaltung ist offen. /open NAME öffnet eine, /list sagt, wer in deiner Liste ist.',
	nobodyInList: 'Noch ist niemand in deiner Liste. /add NAME fügt jemanden hinzu und öffnet die Unterhaltung.',
	closed: 'Keine Unterhaltung ist mehr offen.',
	talkingTo: (contact: string) => `Unterhaltung mit ${contact}.`,
	newFrom: (name: string) => `Neues von ${name}. /open ${name} liest es vor.`,
	mention: (name: string) => `${name} erwähnt dich. /open ${name} liest es vor.`,
	unread: (list: readonly string[]) => `Ungelesen: ${list.join('; ')}.`,
	unreadOf: (name: string, messages: number) => `${name} ${messages}`,
	unreadOfStranger: (name: string, messages: number) => `${name} ${messages}, nicht in deiner Liste`,
	lost: (count: number) =>
		plural(count, {
			one: `${count} Zeile mit Neuem kam zu schnell und wurde ausgelassen.`,
			other: `${count} Zeilen mit Neuem kamen zu schnell und wurden ausgelassen.`,
		}),

	isNow: (name: string, presence: string) => `${name}: ${presence}.`,
	isAway: (name: string, why: string) => `${name} ist abwesend: ${why}`,
	isBack: (name: string) => `${name} ist zurück.`,
	keys: {unknown: '', pinned: 'nicht verifiziert', verified: 'verifiziert', changed: 'SCHLÜSSEL GEÄNDERT'},
	called: (nickname: string) => `genannt ${nickname}`,
	blocked: 'blockiert',
	request: 'nicht in deiner Liste, möchte schreiben',
	away: (why: string) => `abwesend: ${why}`,
	muted: 'stumm',
	timer: (time: string) => `Nachrichten verschwinden ${time} nach dem Lesen`,
	unreadCount: (messages: number) => `${messages} ungelesen`,
	undeliveredCount: (messages: number) => `${messages} nicht zugestellt`,

	keyWarning: (name: string) => [
		`WARNUNG: Der Schlüssel von ${name} hat sich geändert.`,
		`Entweder hat ${name} ein neues Gerät, oder jemand anderes antwortet unter diesem Namen.`,
		`An ${name} wird nichts gesendet, bis du entscheidest.`,
	],
	keyChoices: (name: string) =>
		`/verify ${name} zeigt die Nummer zum Vergleichen. /trust ${name} nimmt den neuen Schlüssel ohne Vergleich an.`,
	requestWarning: (name: string) => `${name} ist nicht in deiner Liste und hat dir geschrieben.`,
	requestReads: (name: string) =>
		`/open ${name} liest es vor. /accept ${name} erlaubt dir zu antworten. /block ${name} lässt nichts mehr durch.`,
	requestChoices: (name: string) => `/accept ${name} erlaubt dir zu antworten. /block ${name} lässt nichts mehr durch.`,

	you: 'du',
	action: ', Aktion',
	at: (time: string) => `, ${time}`,
	dayAndTime: (day: string, time: string) => `${day} ${time}`,
	replyingTo: (quote: string) => `, Antwort auf ${quote}`,
	replyingToMessage: ', Antwort auf eine Nachricht',
	disappears: (time: string) => `, verschwindet ${time} nach dem Lesen`,
	edited: ', bearbeitet',
	states: {
		queued: ', wartet',
		sent: ', unterwegs',
		delivered: ', zugestellt',
		read: ', gelesen',
		failed: ', nicht gesendet',
	},
	reaction: (emoji: string, from: string) => `, ${emoji} von ${from}`,
	reactionOfYours: (emoji: string) => `, ${emoji} von dir`,
	deleted: (head: string) => `${head}, gelöscht.`,
	message: (head: string, text: string) => `${head}: ${text}`,
	to: (whom: string, message: string) => `an ${whom}, ${message}`,

	acts: {
		edited: (name: string, text: string) => `${name} hat eine Nachricht geändert: ${text}`,
		deleted: (name: string) => `${name} hat eine Nachricht gelöscht.`,
		reacted: (name: string, emoji: string) => `${name} hat mit ${emoji} reagiert.`,
		reactedTo: (name: string, emoji: string, text: string) => `${name} hat mit ${emoji} reagiert: ${text}.`,
		reactionGone: (name: string) => `${name} hat eine Reaktion zurückgenommen.`,
		reactionGoneFrom: (name: string, text: string) => `${name} hat eine Reaktion zurückgenommen: ${text}.`,
		timer: (name: string, seconds: number) => `${name} lässt Nachrichten ${seconds} s nach dem Lesen verschwinden.`,
		timerOff: (name: string) => `${name} lässt Nachrichten nicht mehr verschwinden.`,
		pinned: (name: string) => `${name} hat eine Nachricht angeheftet.`,
		pinnedThis: (name: string, text: string) => `${name} hat eine Nachricht angeheftet: ${text}.`,
		unpinned: (name: string) => `${name} hat die angeheftete Nachricht gelöst.`,
		unpinnedThis: (name: string, text: string) => `${name} hat die angeheftete Nachricht gelöst: ${text}.`,
	},
	fileOffered: (head: string, file: string, size: string) =>
		`${head} bietet eine Datei an, ${file}, ${size}. /get holt sie.`,
	fileOfferedByYou: (head: string, file: string, size: string) => `${head}, Datei angeboten: ${file}, ${size}.`,
	files: {
		accepted: (name: string, file: string) => `${name} will die Datei ${file}.`,
		declined: (name: string, file: string) => `${name} lehnt die Datei ${file} ab.`,
		received: (name: string, file: string) => `${name} hat die Datei ${file}.`,
		stopped: (name: string, file: string) => `${name} hat die Datei ${file} abgebrochen.`,
	},
	fileSaved: (file: string, path: string) => `Die Datei ${file} ist da, gespeichert als ${path}.`,
	fileFailed: (file: string, why: string) => `die Datei ${file} ist gescheitert: ${why}`,
	fileProgress: (file: string, progress: string) => `Die Datei ${file}: ${progress}.`,

	delivered: 'Zugestellt.',
	deliveredTo: (whom: string) => `Zugestellt an ${whom}.`,
	deliveredCount: (messages: number) => `Zugestellt: ${messages} Nachrichten.`,
	deliveredCountTo: (whom: string, messages: number) => `Zugestellt an ${whom}: ${messages} Nachrichten.`,
	read: 'Gelesen.',
	readBy: (whom: string) => `Gelesen von ${whom}.`,
	readCount: (messages: number) => `Gelesen: ${messages} Nachrichten.`,
	readCountBy: (whom: string, messages: number) => `Gelesen von ${whom}: ${messages} Nachrichten.`,
	notSent: (quote: string, why: string) => `nicht gesendet: ${quote}, denn ${why}`,
	notDelivered: (why: string) => `noch nicht zugestellt: ${why}`,
	goesOut: 'Die Nachricht ist gespeichert und wird von selbst gesendet.',
	waitingAtStart: (messages: number) =>
		`${plural(messages, {one: `${messages} Nachricht ist`, other: `${messages} Nachrichten sind`})} noch nicht zugestellt. /outbox zeigt, was wartet.`,
	waitingAtEnd: (messages: number) =>
		plural(messages, {
			one: `${messages} Nachricht ist noch nicht zugestellt; sie ist gespeichert und wird gesendet, wenn simchat wieder läuft.`,
			other: `${messages} Nachrichten sind noch nicht zugestellt; sie sind gespeichert und werden gesendet, wenn simchat wieder läuft.`,
		}),
	/** Behind `denn`: main clauses. */
	failures: {
		'identity-changed': (name: string) => `der Schlüssel von ${name} hat sich geändert`,
		blocked: (name: string) => `${name} ist blockiert`,
		cancelled: () => 'sie wurde zurückgenommen',
		refused: (name: string) => `das simchat von ${name} kann sie nicht lesen`,
	},
	failed: 'es ist fehlgeschlagen',

	changing: (quote: string) =>
		`${quote} wird geändert. Den neuen Text eingeben. Eine leere Zeile lässt alles, wie es ist.`,
	replying: (quote: string) => `Antwort auf ${quote}. Die Antwort eingeben. Eine leere Zeile bricht ab.`,
	notSentKey: (name: string) => `Nicht gesendet: Der Schlüssel von ${name} hat sich geändert.`,
	notSentRequest: (name: string) => `Nicht gesendet: ${name} ist nicht in deiner Liste.`,
	youTyped: (quote: string) => `vorher eingegeben: ${quote}`,
	keepUnsent: 'nicht senden',
	sendIt: 'senden',

	answer: (typed: string, answer: string) => `${typed} eingeben für: ${answer}.`,
	otherwise: (keep: string) => `Alles andere heißt: ${keep}.`,

	done: 'erledigt',
	leftAsItIs: 'so gelassen',
	changed: 'geändert',
	notThere: 'das gibt es nicht mehr',
	nobodyToSendTo: 'noch kein Empfänger: /open NAME oder /add NAME öffnet eine Unterhaltung',
	noCommand: (name: string) =>
		`es gibt keinen Befehl /${name}: /help zählt alle auf, und // beginnt eine Nachricht mit einem Schrägstrich`,
};
