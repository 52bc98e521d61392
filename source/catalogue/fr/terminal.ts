// What is asked for on the terminal by commands.
export const terminal = {
	yes: 'oui',
	password: 'Mot de passe : ',
	newPassword: 'Nouveau mot de passe : ',
	passwordAgain: 'Encore une fois : ',
	passwordsDiffer: 'les mots de passe diffèrent : réessayez',
	noPassword: 'la première ligne de l’entrée standard est le mot de passe, et elle est vide',
	nobodyToAsk: (variable: string) =>
		`il n’y a pas de terminal où demander le mot de passe : définissez ${variable}, ou utilisez --password-stdin`,
	cancelled: 'annulé',
};
