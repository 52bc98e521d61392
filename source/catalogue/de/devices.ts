// The devices of the own account: which there are, adding, removing and naming them, joining by a link.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const devices = {
	noLink: 'das ist kein Gerätelink: mit /devices auf einem vorhandenen Gerät einen erzeugen',
	noLabel: 'dieses Gerät braucht einen eigenen Namen: eingeben, wie es heißen soll',
	keeperMayNot: 'ein Keeper fügt keine Geräte hinzu und entfernt keine: auf einem anderen Gerät tun',
	offline: 'der Server ist nicht erreichbar: noch einmal versuchen, sobald die Verbindung steht',
	recoveryStays: 'Wiederherstellungswörter entfernen nur sich selbst',
	lastStays: 'das ist das letzte Gerät deines Kontos: vor dem Entfernen ein anderes hinzufügen',
	notTaken: 'die Liste deiner Geräte lässt diese Änderung nicht mehr zu: ansehen und noch einmal versuchen',
	later: (seconds: number) => `zu viele Änderungen: in ${seconds} s noch einmal versuchen`,
	unknown: (typed: string) => `du hast kein Gerät ${typed}: siehe simchat devices`,
	several: (typed: string) => `auf ${typed} passen mehrere Geräte: mehr von der Kennung eingeben`,
	notTold: 'der Server hat deine Geräte noch nicht genannt: noch einmal versuchen, sobald die Verbindung steht',
	otherAccount: (name: string) =>
		`der Server zeigt ein anderes Konto ${name} als das im Link: nicht weitermachen und den Admin des Servers fragen`,
	joinStopped: 'noch nicht beigetreten: mit demselben Link geht es weiter, solange er gilt',
	unanswered:
		'seit 10 Minuten hat niemand geantwortet: der Link ist verbraucht, zu alt oder von jemand anderem; einen neuen erzeugen',
	joinCut: 'die Verbindung ist vor dem Beitritt abgebrochen: mit demselben Link noch einmal versuchen',
	joinTitle: (name: string, server: string) => `simchat: als ${name} auf ${server} beitreten`,
	joinIntro: (name: string) => `Dies wird ein weiteres Gerät von ${name}. Das Passwort ist das des Kontos.`,
	joinAsked:
		'Warten auf das Gerät, das den Link erzeugt hat. Geschieht nichts, ist der Link verbraucht oder älter als 10 Minuten: dort einen neuen erzeugen.',
	joinAbsent:
		'Keines deiner Geräte, das dieses einlassen könnte, ist online. simchat auf dem öffnen, das den Link erzeugt hat; hier wird von selbst wieder gefragt.',
	joinHint: 'Esc geht zurück · Ctrl-C beendet',
	roles: {device: '', keeper: 'Keeper', recovery: 'Wiederherstellungswörter'},
	unnamed: (id: string) => `ohne Namen (${id})`,
	thisOne: 'dieses Gerät',
	added: (when: string) => `hinzugefügt ${when}`,
	addedBy: (when: string, by: string) => `hinzugefügt ${when} von ${by}`,
	title: 'deine Geräte',
	hint: 'a neu · k Keeper · r Name · o Rolle · d entfernen',
	keeperHint: 'r umbenennen · Esc schließt',
	addTitle: 'Gerät hinzufügen',
	addKeeperTitle: 'Keeper hinzufügen',
	addHint: 'y kopiert den Link · Esc beendet ihn',
	addedHint: 'Esc schließt',
	addWords:
		'Auf dem neuen Gerät simchat starten und diesen Link dort einfügen; es fragt nach deinem Passwort. Wer beides hat, wird dein Gerät.',
	addKeeperWords:
		'Auf der Maschine, die immer läuft, simchat keep starten und diesen Link dort einfügen. Ein Keeper liest deine Nachrichten und kann keine Geräte hinzufügen.',
	tooSmall: 'Das Fenster vergrößern, um den Link zu sehen, oder mit y kopieren.',
	timeLeft: (time: string) => `Gilt noch ${time} und für ein Gerät.`,
	wrongTries: (left: number) =>
		`Jemand mit deinem Passwort hat mit einem anderen Link gefragt; ${plural(left, {one: `noch ${left} Versuch beendet`, other: `noch ${left} Versuche beenden`})} diesen.`,
	joined: (label: string) => `beigetreten: ${label}`,
	over: {
		guessed:
			'der Link ist beendet: jemand mit deinem Passwort, aber ohne den Link, hat es dreimal versucht; das Passwort ändern',
		late: 'der Link ist zu alt, und niemand ist beigetreten',
		full: 'für ein weiteres Gerät ist kein Platz: erst eines entfernen',
		refused: 'das Gerät konnte nicht hinzugefügt werden: einen neuen Link erzeugen',
		replaced: 'statt dieses Links wurde ein anderer erzeugt',
	},
	renameTitle: (label: string) => `${label} umbenennen`,
	renameHint: 'Enter speichert · Esc bricht ab',
	remove: (label: string) => `${label} entfernen? Es wird sofort abgemeldet, kommt nie zurück und behält, was es hat.`,
	removeThis: 'Dieses Gerät entfernen? Es wird sofort abgemeldet, kommt nie zurück und behält, was es hat.',
	keepIt: 'behalten',
	removeIt: 'entfernen',
	removed: (label: string) => `entfernt: ${label}`,
	renamed: (label: string) => `umbenannt: ${label}`,
	news: {
		add: (label: string, by: string, when: string) =>
			`NEUES GERÄT deines Kontos: ${label}, hinzugefügt von ${by}, ${when}. Warst du das nicht, entferne es: /devices`,
		remove: (label: string, by: string, when: string) =>
			`Aus deinen Geräten entfernt: ${label}, von ${by}, ${when}. Siehe /devices`,
		role: (label: string, by: string, when: string) => `Andere Rolle für ${label}, von ${by}, ${when}. Siehe /devices`,
	},
	more: (count: number) =>
		`${plural(count, {one: `${count} weitere Änderung`, other: `${count} weitere Änderungen`})} deiner Geräte: /devices`,
	contradicted: (name: string) =>
		`${name} sieht eine andere Liste deiner Geräte als diese: Der Server belügt vielleicht einen von euch. Vergleiche /devices auf allen deinen Geräten und frage ${name}`,
	alarm:
		'Der Server zeigt EINE ANDERE LISTE DEINER GERÄTE als die hier bekannte. Nichts davon wird geglaubt. Den Admin des Servers fragen.',
	waiting: 'warten auf das neue Gerät; der Link gilt 10 Minuten und für ein Gerät, Ctrl-C beendet ihn',
	nobodyJoined: 'niemand ist beigetreten, und der Link ist beendet',
	askRemove: (label: string, id: string) =>
		`${label} (${id}) entfernen? Es kommt nie zurück. Zum Bestätigen „ja“ eingeben: `,
	notRemoved: (label: string) => `es bleibt: ${label}`,
	askNobody: 'kein Terminal zum Fragen da: mit --yes wird es entfernt',
	usage:
		'Eingabe: simchat devices [list | add [--keeper] | remove DEVICE | rename DEVICE LABEL | role DEVICE keeper|device | accept]',

	// Last seen, and other roles. `when`: day and time.
	lastSeen: (when: string) => `zuletzt da ${when}`,
	madeRole: {
		keeper: (label: string) => `jetzt ein Keeper: ${label}`,
		device: (label: string) => `kein Keeper mehr: ${label}`,
	},
	askRole: {
		keeper: (label: string) =>
			`${label} zum Keeper machen? Er fügt keine Geräte mehr hinzu, entfernt keine und gibt ab, was die anderen haben.`,
		device: (label: string) =>
			`${label} zu einem Gerät wie den anderen machen? Es kann dann Geräte hinzufügen und entfernen und gibt nichts mehr ab.`,
	},
	makeIt: 'ändern',

	// A list that is not the known one, once somebody has looked into it.
	alarmHint: 'Drücke t, wenn du der Sache nachgegangen bist.',
	differences: {
		missing: (label: string) => `nicht in der Liste des Servers: ${label}`,
		there: (label: string) => `nur in der Liste des Servers: ${label}`,
		'other-role': (label: string) => `mit anderer Rolle in der Liste des Servers: ${label}`,
	},
	noDifference: 'die Liste des Servers hat dieselben Geräte, mit einer anderen Vorgeschichte',
	otherFounder:
		'die Liste des Servers beginnt mit einem anderen Schlüssel als dein Konto oder ist ohne dieses Gerät: sie lässt sich nicht übernehmen; den Admin des Servers fragen',
	askAccept:
		'Die Liste des Servers ab jetzt gelten lassen? Wenn du nicht weißt, warum sie anders ist, frage erst den Admin des Servers.',
	askAcceptYes: 'die Liste des Servers ab jetzt gelten lassen? Tippe ja oder yes: ',
	askLooked: (name: string) => `Ist klar, warum ${name} eine andere Liste sah? Dann wird es nicht noch einmal gesagt.`,
	askLookedYes: (name: string) => `ist klar, warum ${name} eine andere Liste sah? Tippe ja oder yes: `,
	acceptIt: 'es ist klar',
	accepted: 'die Liste deiner Geräte gilt, wie sie jetzt ist',
	notAccepted: 'nichts ist übernommen, und die Warnung bleibt',
	nothingToAccept: 'hier ist nichts zu übernehmen: die Liste deiner Geräte ist die bekannte',

	// What a new device gets. Lines, but for the last.
	copying: (label: string) =>
		`was du hast, geht jetzt an ${label}: warte, bis alles dort ist; Ctrl-C beendet das Warten`,
	copied: (label: string) => `alles ist dort: ${label}`,
	notCopied: (label: string) =>
		`noch ist nicht alles dort: ${label} bekommt den Rest, solange ein anderes deiner Geräte läuft`,
	copiesWhileOn: 'Es bekommt, was du hast, solange dieses simchat läuft.',
};
