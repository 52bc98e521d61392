// Reacting to a message with an emoji.
export const reactions = {
	title: 'Reaction',
	hint: 'letters find · ↑ ↓ choose · Enter · Esc closes',
	/** What the usual ones mean, behind each. */
	names: {
		'👍': 'yes',
		'❤️': 'love',
		'👎': 'no',
		'🎉': 'hooray',
		'😄': 'funny',
		'😕': 'confused',
		'👀': 'I am looking',
		'🚀': 'rocket',
		'🙏': 'thank you',
	},
	/** To have one’s own reaction no more. */
	takeBack: (emoji: string) => `take ${emoji} back`,
};
