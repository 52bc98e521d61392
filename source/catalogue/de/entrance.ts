// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat: registrieren',
	signInTitle: (name: string, server: string) => `simchat: anmelden als ${name} auf ${server}`,
	intro:
		'simchat ist ein Ende-zu-Ende-verschlüsselter Messenger für das Terminal. Nachrichten gehen direkt von Rechner zu Rechner.',
	fields: {
		'join link': 'Beitrittslink',
		name: 'Name',
		password: 'Passwort',
		again: 'wiederholen',
		device: 'Gerät',
	},
	hint: 'Enter weiter · Tab wechselt · Ctrl-C beendet',
	quitHint: 'Ctrl-C beendet',
	hintSentence: 'Enter geht weiter, Tab wechselt, Ctrl-C beendet.',
	working: 'Der Schlüssel wird aus dem Passwort abgeleitet und der Server gefragt …',
	secondsLeft: (seconds: number) => `${seconds} s`,
	tooManyWrong: 'Zu viele falsche Passwörter.',
	comesBack: 'Das Formular kommt von selbst wieder.',
	different: 'die beiden Passwörter sind verschieden: beide neu eingeben',
	forAnother: (name: string) =>
		`dieses Profil gehört schon ${name}: für ein zweites Konto simchat mit --profile DIR starten`,
};
