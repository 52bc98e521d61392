// What is asked for on the terminal by commands.
export const terminal = {
	yes: 'ja',
	password: 'Passwort: ',
	newPassword: 'Neues Passwort: ',
	passwordAgain: 'Noch einmal: ',
	passwordsDiffer: 'die Passwörter sind verschieden: noch einmal versuchen',
	noPassword: 'die erste Zeile der Standardeingabe ist das Passwort, und sie ist leer',
	nobodyToAsk: (variable: string) =>
		`kein Terminal da, um nach dem Passwort zu fragen: ${variable} setzen oder --password-stdin verwenden`,
	cancelled: 'abgebrochen',
};
