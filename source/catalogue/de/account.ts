// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const account = {
	nameAt: (name: string, server: string) => `${name} auf ${server}`,
	none: 'dieses Profil hat noch kein Konto: mit einem Beitrittslink vom Admin eines Servers registrieren',
	noneIn: (folder: string) => `in ${folder} ist kein Konto: den Ordner eines Kontos mit --profile angeben`,
	noneInYet: (folder: string) =>
		`in ${folder} ist kein Konto: mit simchat sign-up LINK --name NAME eines anlegen oder seinen Ordner mit --profile angeben`,
	signInFirst: 'erst anmelden',

	isAnothers: (name: string, server: string) =>
		`dieses Profil gehört ${name} auf ${server}: für ein zweites Konto mit --profile einen anderen Ordner wählen`,
	noLink: 'das ist kein Beitrittslink: einer sieht aus wie simchat://host:port/#key, der Admin des Servers hat ihn',
	begun: (vault: string) =>
		`in diesem Profil wurde eine Registrierung mit einem anderen Passwort begonnen: jenes Passwort verwenden oder ${vault} löschen und neu anfangen`,
	inviteFor: (name: string) => `die Einladung gilt für ${name}: für einen anderen Namen den Admin des Servers fragen`,
	nameTaken: 'dieser Name ist vergeben: einen anderen wählen',
	inviteInvalid:
		'die Einladung gilt nicht für diesen Namen oder ist verbraucht: den Admin des Servers um eine neue bitten',
	registrationClosed: 'dieser Server nimmt keine neuen Konten an: seinen Admin fragen',

	wrongPassword: 'falsches Passwort: es öffnet den Tresor dieses Geräts nicht',
	wrongPasswordAgain: 'falsches Passwort: es öffnet den Tresor dieses Geräts nicht; noch einmal versuchen',
	wrongVaultPassword: 'falsches Passwort: der Tresor hat ein anderes; noch einmal versuchen',
	triesLeft: (tries: number) =>
		`falsches Passwort: noch ${plural(tries, {one: `${tries} Versuch`, other: `${tries} Versuche`})} bis zu einer Pause von 60 s`,
	locked: (seconds: number) => `zu viele falsche Passwörter: in ${seconds} s noch einmal versuchen`,
	passwordEmpty: 'das Passwort ist leer: mindestens ein Zeichen eingeben',
	passwordCharacter:
		'das Passwort enthält ein Steuerzeichen, ein unsichtbares oder ein nicht zugewiesenes Zeichen: ohne dieses noch einmal eingeben',
	thePasswordIs: (weakness: string) => `das Passwort ist ${weakness}`,
	weak: (time: string) =>
		`schwach: Wer dieses Profil kopiert, errät es ${time} und liest dann Schlüssel und Nachrichten. Vier zufällige Wörter sind besser.`,
	withinAMinute: 'binnen einer Minute',
	inMinutes: (count: number) => `in etwa ${plural(count, {one: `${count} Minute`, other: `${count} Minuten`})}`,
	inHours: (count: number) => `in etwa ${plural(count, {one: `${count} Stunde`, other: `${count} Stunden`})}`,
	inDays: (count: number) => `in etwa ${plural(count, {one: `${count} Tag`, other: `${count} Tagen`})}`,
	tooManyChanges: (seconds: number) => `zu viele Änderungen: in ${seconds} s noch einmal versuchen`,
	changeOffline: 'das Verzeichnis ist nicht erreichbar: das Passwort ändern, sobald die Verbindung steht',

	unreachable: (place: string) => `unter ${place} antwortet niemand: Adresse, Netz und Server prüfen`,
	timeout: (place: string) => `${place} antwortet nicht rechtzeitig: später noch einmal versuchen`,
	closed: (place: string) => `${place} hat die Verbindung geschlossen: später noch einmal versuchen`,
	later: (place: string, seconds: number) => `${place} lehnt vorerst ab: in ${seconds} s noch einmal versuchen`,
	memory: (place: string) =>
		`${place} verlangt für die Ableitung aus dem Passwort mehr Speicher, als frei ist: andere Programme beenden und noch einmal versuchen`,
	otherProtocol: (place: string, flaw: string) =>
		`${place} spricht nicht unser Protokoll (${flaw}): Ist das ein simchat-Server dieser Version?`,
	notUnderstood: (place: string) => `${place} hat uns nicht verstanden: Ist das ein simchat-Server dieser Version?`,
	serverKey: (place: string) =>
		`WARNUNG: ${place} ist nicht der Server, bei dem du dich registriert hast: Er hat dessen Schlüssel nicht. Vielleicht gibt sich jemand für ihn aus. Es wurde nichts gesendet, was dabei hilft. Sagt der Admin, dass der Schlüssel ersetzt wurde, ihn um einen neuen Beitrittslink bitten`,
	otherDevice:
		'das Passwort stimmt, aber das Konto gehört zu einem anderen Gerät: Sein Identitätsschlüssel wurde ersetzt. Den Admin des Servers bitten, das Konto zurückzusetzen',
	gone: 'dieses Konto gibt es auf dem Server nicht mehr: seinen Admin fragen',
	deviceRemoved: 'ein anderes Gerät dieses Kontos hat dieses entfernt: dort als neues Gerät wieder hinzufügen',

	portOfSystem: (port: number, from: number) =>
		`UDP-Port ${port} gehört dem System: mit --port einen von ${from} bis 65535 wählen`,
	portUnusable: (port: number, code: string) =>
		`UDP-Port ${port} lässt sich nicht öffnen (${code}): mit --port einen anderen wählen`,
	portTaken: (port: number) =>
		`UDP-Port ${port} ist von einem anderen Programm belegt: dieses beenden oder mit --port einen anderen wählen`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`UDP-Port ${port} ist von ${program} belegt (Prozess ${pid}): dieses Programm beenden oder mit --port einen anderen wählen`,
};
