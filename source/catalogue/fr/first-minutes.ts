// What a newcomer is told: sentences.
export const firstMinutes = {
	nobody: [
		'Personne n’est encore dans votre liste.',
		'/add NOM ajoute quelqu’un, par le nom de son compte.',
		'/who affiche les noms que le serveur connaît.',
		'F1 affiche touches et commandes, et Ctrl-C deux fois quitte.',
	] as readonly string[],
	nothingYet: (name: string): readonly string[] => [
		`Pas encore de messages avec ${name}.`,
		`Écrivez un message et tapez Enter : il part chiffré vers ${name}.`,
		`/verify affiche un numéro à comparer : est-ce vraiment ${name} ?`,
		'F1 affiche touches et commandes, et Ctrl-C deux fois quitte.',
	],
	tip: 'Conseil',
	message: (name: string) =>
		`✓ veut dire envoyé, ✓✓ enregistré sur l’ordinateur de ${name}, et ✓R lu. ◷ attend que vous soyez tous deux en ligne. Esc masque ceci.`,
	unverified: (name: string) =>
		`Vous n’avez pas vérifié ${name} : en attendant, vous vous fiez au serveur pour savoir qui est ${name}. /verify affiche un numéro à comparer. Esc masque ceci.`,
	stranger: (name: string) =>
		`Une personne inconnue, ${name}, a écrit : c’est le + à gauche. Elle n’apprend rien de vous avant votre /accept, /block ou /remove. Esc masque ceci.`,
};
