// Mots de récupération : les créer, et entrer grâce à eux quand tous les appareils sont perdus.
export const recovery = {
	usage: 'usage : simchat recover LINK --name NAME, ou simchat recover --make|--remove',
	unknownWord: (place: number) =>
		`le mot ${place} n’est pas dans la liste : vérifiez son orthographe ; les mots sont anglais`,
	wordCount: (count: number) => `les mots de récupération sont 24, et il y en a ici ${count}`,
	checksum:
		'chaque mot est dans la liste, mais ensemble ce ne sont pas des mots de récupération : cherchez un mot mal lu, ou deux mots intervertis',
	notHeld: (name: string, place: string) =>
		`ce ne sont pas les mots de récupération de ${name} sur ${place} : ils sont d’un autre compte, ont été retirés, ou le serveur montre une liste d’appareils qui n’est pas celle du compte ; rien n’a été remis`,
	badLog: (place: string, flaw: string) =>
		`${place} montre une liste d’appareils qui n’est pas juste (${flaw}) : rien n’en est cru ; demandez à son admin`,
	full: 'le compte n’a plus de place pour un autre appareil : dites d’un appareil perdu qu’il l’est, ou demandez à l’admin de réinitialiser le compte',
	cut: 'la connexion a pris fin avant que cet appareil soit admis : réessayez avec les mêmes mots',
	noRoom: 'il n’y a pas de place pour des mots de récupération parmi vos appareils : retirez-en un d’abord',
	keeperMakesNone: 'un keeper ne crée pas de mots de récupération : créez-les sur un autre appareil',
	notTaken: 'le serveur n’a pas accepté les mots de récupération, et ils ne valent rien : réessayez',
	offline: 'le serveur est hors d’atteinte : réessayez une fois connecté',
	thereAlready: (when: string) =>
		`il y a déjà des mots de récupération, créés ${when} : ils restent valables à côté des nouveaux`,
	copy: (name: string) =>
		`Mots de récupération de ${name}. Copiez-les sur papier, dans cet ordre : ils ne sont montrés que cette fois. Qui les a avec votre mot de passe, c’est vous.`,
	enterGoesOn: 'Appuyez sur Enter une fois qu’ils sont sur papier : ',
	askWord: (place: number, all: number) => `Mot ${place} sur ${all} : `,
	otherWord: 'C’était un autre mot. Regardez encore une fois.',
	made: (name: string) =>
		`${name} a maintenant des mots de récupération : quand tous les appareils sont perdus, simchat recover les demande, avec votre mot de passe et le lien du serveur`,
	noTerminal: 'les mots de récupération ne sont montrés que sur un terminal, et il n’y en a pas',
	typeWords: 'Vos mots de récupération, l’un après l’autre ou tous à la fois. Enter seul revient d’un mot.',
	nobodyToAsk:
		'il n’y a pas de terminal où demander les mots : avec --password-stdin, ils sont la deuxième ligne de l’entrée standard',
	roles: {device: 'appareil', keeper: 'keeper'},
	askLost: (role: string, id: string, when: string) =>
		`Est-il perdu et à retirer : ${role} ${id}, ajouté ${when} ? Tapez yes ou oui : `,
	stays: (role: string, id: string, when: string) => `il reste : ${role} ${id}, ajouté ${when}`,
	notAllRemoved: 'tous les appareils perdus ne sont pas retirés : regardez simchat devices, et retirez-y les autres',
	title: 'mots de récupération',
	copyHint: 'Enter : ils sont sur papier · Esc arrête',
	askHint: 'Enter continue · Esc arrête',
	wait: 'Le serveur est interrogé.',
	tooSmall: 'Agrandissez la fenêtre : il n’y a pas de place pour 24 mots.',
	notInLines:
		'ce qui est dit ici reste sur le terminal : lancez à côté simchat recover --make, qui montre les mots une fois',

	// Taking words away: lines, then title, sentence and keys of the screen.
	notRemoved: 'le serveur n’a pas accepté le retrait : réessayez',
	notOfThisAccount: (name: string) =>
		`ce ne sont plus des mots de récupération de ${name} : ils sont d’un autre compte, ou déjà retirés`,
	removed: 'ces mots de récupération sont retirés : personne n’entre plus par eux',
	removeTitle: 'retirer des mots de récupération',
	removeWords: 'Tapez les 24 mots qui ne doivent plus rien valoir. Les autres que vous avez restent.',
	removeHint: 'Enter les retire · Esc arrête',
};
