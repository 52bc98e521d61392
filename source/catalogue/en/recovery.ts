// Recovery words: making them, and getting in by them when every device is lost. Lines, unless they begin with a capital letter.
export const recovery = {
	usage: 'usage: simchat recover LINK --name NAME, or simchat recover --make|--remove',
	/** `place`: of the word, from 1. */
	unknownWord: (place: number) => `word ${place} is none of the list: look how it is spelled; the words are English`,
	wordCount: (count: number) => `recovery words are 24, and these are ${count}`,
	checksum:
		'each word is one of the list, but together they are no recovery words: look for one that was misread, or for two that changed places',
	notHeld: (name: string, place: string) =>
		`these are not the recovery words of ${name} at ${place}: they are another account’s, or were taken away, or the server shows a list of devices that is not the account’s; nothing was handed in`,
	/** `flaw`: a word for experts that stays as it is. */
	badLog: (place: string, flaw: string) =>
		`${place} shows a list of devices that is not right (${flaw}): nothing of it is believed; ask its admin`,
	full: 'the account has no room for another device: say of a lost one that it is lost, or ask the server’s admin for a reset',
	cut: 'the connection ended before this device was in: try again with the same words',
	noRoom: 'there is no room for recovery words among your devices: remove a device first',
	keeperMakesNone: 'a keeper makes no recovery words: make them on another device',
	notTaken: 'the server did not take the recovery words, and they are worth nothing: try again',
	offline: 'the server is out of reach: try again once you are connected',

	// Making them.
	/** `when`: day and time. */
	thereAlready: (when: string) => `there are recovery words already, made ${when}: they stay good beside the new ones`,
	/** Above the words; some 160 cells. */
	copy: (name: string) =>
		`Recovery words of ${name}. Copy them to paper, in this order: they are shown this once. Whoever has them and your password is you.`,
	enterGoesOn: 'Press Enter once they are on paper: ',
	askWord: (place: number, all: number) => `Word ${place} of ${all}: `,
	otherWord: 'That was another word. Look once more.',
	made: (name: string) =>
		`${name} has recovery words now: when every device is lost, simchat recover wants them, your password and the server’s link`,
	noTerminal: 'recovery words are shown on a terminal alone, and there is none',

	// Getting in by them. Questions end with a space; yes stays, and so does the word that the language has for it.
	typeWords: 'Your recovery words, one after the other or all at once. Enter alone goes back by one.',
	nobodyToAsk:
		'there is no terminal to ask for the words on: with --password-stdin they are the second line of standard input',
	roles: {device: 'device', keeper: 'keeper'},
	askLost: (role: string, id: string, when: string) =>
		`Is this ${role} lost, and to be removed: ${id}, added ${when}? Type yes: `,
	stays: (role: string, id: string, when: string) => `it stays: ${role} ${id}, added ${when}`,
	notAllRemoved: 'not every lost device is removed: look at simchat devices, and remove the others there',

	// On the screen: title, keys with what they do, sentences.
	title: 'recovery words',
	copyHint: 'Enter: they are on paper · Esc ends it',
	askHint: 'Enter goes on · Esc ends it',
	wait: 'The server is asked.',
	tooSmall: 'Make the window larger: it has no room for 24 words.',

	// In the client in lines.
	notInLines:
		'what is said here stays on the terminal: run simchat recover --make beside this, which shows the words once',

	// Taking words away: lines, then title, sentence and keys of the screen.
	notRemoved: 'the server did not take the removal: try again',
	notOfThisAccount: (name: string) =>
		`these are no recovery words of ${name} any more: they are another account’s, or were removed before`,
	removed: 'these recovery words are removed: nobody gets in by them any more',
	removeTitle: 'remove recovery words',
	removeWords: 'Type the 24 words that are to be good for nothing any more. Others that you have stay.',
	removeHint: 'Enter removes them · Esc ends it',
};
