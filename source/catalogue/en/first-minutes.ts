// What a newcomer is told: sentences.
export const firstMinutes = {
	/** In place of a conversation, while nobody is in the list. The first line is a title. NAME stands for a name. */
	nobody: [
		'Nobody is in your list yet.',
		'/add NAME adds somebody, by the name of their account.',
		'/who shows the names that the server knows.',
		'F1 shows every key and command, and Ctrl-C twice quits.',
	] as readonly string[],
	/** In place of the messages with `name`, while there are none. The first line is a title. */
	nothingYet: (name: string): readonly string[] => [
		`Nothing has been said with ${name} yet.`,
		`Type a message and press Enter: it goes to ${name}, encrypted.`,
		`/verify shows a number to compare: is it really ${name}?`,
		'F1 shows every key and command, and Ctrl-C twice quits.',
	],
	/** In front of what is explained once. */
	tip: 'Tip',
	/** Explained when it is seen for the first time: signs behind own messages, a contact that is not verified, a stranger who writes. */
	message: (name: string) =>
		`✓ means sent, ✓✓ stored on the computer of ${name}, and ✓R read. ◷ waits until both of you are online. Esc puts this away.`,
	unverified: (name: string) =>
		`You have not verified ${name}: until then you are trusting the server about who ${name} is. /verify shows a number to compare. Esc puts this away.`,
	stranger: (name: string) =>
		`A stranger, ${name}, has written: that is the + on the left. They learn nothing from you until you /accept, /block or /remove them. Esc puts this away.`,
};
