// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat : inscription',
	signInTitle: (name: string, server: string) => `simchat : ${name} sur ${server}`,
	intro:
		'simchat est une messagerie chiffrée de bout en bout pour le terminal. Les messages vont directement d’un ordinateur à l’autre.',
	fields: {
		'join link': 'lien d’accès',
		name: 'nom',
		password: 'mot de passe',
		again: 'répéter',
		device: 'appareil',
	},
	hint: 'Enter continue · Tab change · Ctrl-C quitte',
	quitHint: 'Ctrl-C quitte',
	hintSentence: 'Enter continue, Tab change de champ, Ctrl-C quitte.',
	working: 'Calcul de la clé à partir du mot de passe, et échange avec le serveur…',
	secondsLeft: (seconds: number) => `${seconds} s`,
	tooManyWrong: 'Trop de mots de passe incorrects.',
	comesBack: 'Le formulaire revient de lui-même.',
	different: 'les deux mots de passe diffèrent : à retaper',
	forAnother: (name: string) =>
		`ce profil est déjà celui de ${name} : pour un second compte, lancez simchat avec --profile DIR`,
};
