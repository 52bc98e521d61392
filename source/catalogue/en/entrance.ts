// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat: sign up',
	signInTitle: (name: string, server: string) => `simchat: sign in as ${name} at ${server}`,
	intro: 'simchat is an end-to-end encrypted messenger for the terminal. Messages go directly between computers.',
	/** What the fields are called: some 11 cells each, the longest makes the column. */
	fields: {
		'join link': 'join link',
		name: 'name',
		password: 'password',
		/** The password once more. */
		again: 'again',
		/** What this device is to be called. */
		device: 'device',
	},
	hint: 'Enter goes on · Tab moves · Ctrl-C quits',
	quitHint: 'Ctrl-C quits',
	/** The same hint as a sentence. */
	hintSentence: 'Enter goes on, Tab moves, Ctrl-C quits.',
	working: 'Making the key from the password, and asking the server …',
	/** Seconds until one may try again; behind a bar. */
	secondsLeft: (seconds: number) => `${seconds} s`,
	tooManyWrong: 'Too many wrong passwords.',
	comesBack: 'The form comes back by itself.',
	/** Lines, without a capital letter and a stop, that begin with no name. --profile DIR stays but for DIR. */
	different: 'the two passwords differ: type both again',
	forAnother: (name: string) =>
		`this profile is ${name}'s already: for a second account start simchat with --profile DIR`,
};
