// Reacting to a message with an emoji.
export const reactions = {
	title: 'Reaktion',
	hint: 'Tippen sucht · ↑ ↓ wählen · Enter · Esc schließt',
	names: {
		'👍': 'ja',
		'❤️': 'Liebe',
		'👎': 'nein',
		'🎉': 'hurra',
		'😄': 'lustig',
		'😕': 'verwirrt',
		'👀': 'ich sehe es mir an',
		'🚀': 'Rakete',
		'🙏': 'danke',
	},
	takeBack: (emoji: string) => `${emoji} zurücknehmen`,
};
