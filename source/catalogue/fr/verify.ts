// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `Numéro de sécurité avec ${name}`,
	hint: '↑ ↓ choisir · Enter · Esc ferme',
	escCloses: 'Esc ferme',
	noNumber: (name: string) =>
		`Il n’y a pas de numéro de sécurité avant le premier message : écrivez d’abord à ${name}.`,
	notYet: 'Pas encore comparé',
	match: 'Ils sont identiques : marquer la clé comme vérifiée',
	tooSmall: 'Agrandissez la fenêtre pour répondre.',
	advice: (name: string) =>
		`Lisez-le à ${name} en personne ou par téléphone, ou faites-vous lire le sien. S’il est identique, personne n’intercepte. S’il diffère, quelqu’un intercepte peut-être. Dans ce cas, n’écrivez pas ici.`,
	adviceWithCode: (name: string) =>
		`Lisez-le à ${name} en personne ou par téléphone, faites-vous lire le sien, ou scannez le code sur son écran. S’il est identique, personne n’intercepte. S’il diffère, quelqu’un intercepte peut-être. Dans ce cas, n’écrivez pas ici.`,
};
