// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
export const search = {
	/** Conversations by letters of their names. */
	goTo: 'Go to',
	goToHint: 'letters find · ↑ ↓ choose · Enter opens · Esc closes',
	nobodyCalledThat: 'Nobody in your list is called that: /add NAME adds somebody.',
	/** Behind a name: messages that are not read yet. */
	unread: (count: number) => `${count} unread`,
	/** What was said, in all conversations and in one. */
	everywhere: 'Find everywhere',
	here: (name: string) => `Find in ${name}`,
	everywhereHint: '↑ ↓ · Enter opens · Tab: here · Esc closes',
	hereHint: '↑ ↓ · Enter opens · Tab: everywhere · Esc closes',
	nothingFound: 'Nothing was found.',
	/** In front of a message that was found: whom it was sent to. */
	to: (name: string) => `to ${name}`,
	/** Texts that were sent from this input before. */
	sentBefore: 'Sent before',
	sentBeforeHint: 'letters find · ↑ ↓ · Enter writes it · Esc closes',
	nothingSent: 'Nothing was sent from here yet.',
	nothingSentLikeThat: 'Nothing of that was sent from here.',
	/** The texts that a message had before it was edited. */
	edits: 'What it said before',
	editsHint: 'Esc closes',
};
