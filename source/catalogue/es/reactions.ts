// Reacting to a message with an emoji.
export const reactions = {
	title: 'Reacción',
	hint: 'letras buscan · ↑ ↓ elegir · Enter · Esc cierra',
	names: {
		'👍': 'sí',
		'❤️': 'amor',
		'👎': 'no',
		'🎉': 'viva',
		'😄': 'divertido',
		'😕': 'confusión',
		'👀': 'lo estoy mirando',
		'🚀': 'cohete',
		'🙏': 'gracias',
	},
	takeBack: (emoji: string) => `retirar ${emoji}`,
};
