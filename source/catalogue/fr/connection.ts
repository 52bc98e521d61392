// The way to the server, as commands and the client in lines tell of it. What follows `simchat: ` begins with a small letter.
export const connection = {
	problems: {
		unreachable: 'le serveur est injoignable',
		timeout: 'le serveur ne répond pas',
		closed: 'la connexion au serveur est perdue',
		busy: 'le serveur est occupé',
		shutdown: 'le serveur est en cours d’arrêt',
		protocol: 'le serveur a dit quelque chose que cette version ne comprend pas',
		displaced: 'une autre connexion avec ce compte a pris le relais',
		removed: 'le compte n’existe plus : demandez une invitation à l’administrateur',
		'device-removed': 'un autre appareil du compte a retiré celui-ci',
		credentials:
			'le mot de passe a été changé sur un autre appareil : /password ou simchat password reprend le nouveau',
		identity: 'le compte est maintenant celui d’un autre appareil : sa clé d’identité n’est pas celle de ce profil',
		'server-key': 'le serveur n’a pas la bonne clé',
	},
	impersonation: [
		'QUELQU’UN D’AUTRE RÉPOND PEUT-ÊTRE À LA PLACE DE VOTRE SERVEUR.',
		'Demandez à qui le gère, en personne ou par téléphone, si sa clé a été remplacée.',
		'Si ce n’est pas le cas, quelqu’un intercepte la connexion : ne continuez pas.',
	],
	tryingAgain: (problem: string) => `${problem} ; nouvel essai automatique`,
	notReached: 'le serveur n’est pas encore joint',
	udpSilent: 'rien ne revient du serveur par UDP',
	clockBehind: (time: string) =>
		`l’horloge de cet ordinateur retarde de ${time} sur celle du serveur : simchat en tient compte, mais mettez-la à l’heure`,
	clockAhead: (time: string) =>
		`l’horloge de cet ordinateur avance de ${time} sur celle du serveur : simchat en tient compte, mais mettez-la à l’heure`,
	days: (count: number) => `${count} jours`,
	hours: (count: number) => `${count} heures`,
	minutes: (count: number) => `${count} minutes`,
};
