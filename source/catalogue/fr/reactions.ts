// Reacting to a message with an emoji.
export const reactions = {
	title: 'Réaction',
	hint: 'lettres : chercher · ↑ ↓ choisir · Enter · Esc ferme',
	names: {
		'👍': 'oui',
		'❤️': 'amour',
		'👎': 'non',
		'🎉': 'hourra',
		'😄': 'drôle',
		'😕': 'perplexe',
		'👀': 'je regarde',
		'🚀': 'fusée',
		'🙏': 'merci',
	},
	takeBack: (emoji: string) => `retirer ${emoji}`,
};
