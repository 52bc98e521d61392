// Changing the password, and taking over one that was changed on another device. Lines, unless they begin with a capital letter.
export const password = {
	// On the screen: title, what fields are called, keys with what they do, sentences.
	title: 'change the password',
	fields: {old: 'now', fresh: 'new', again: 'new, again'},
	hint: 'Enter goes on · Esc cancels',
	newerHint: 'Enter takes it over · Esc cancels',
	working: 'The keys are made from the password, and the server is asked.',
	newerIntro: 'The password was changed on another device. Type the new one: this device opens with it from then on.',

	// What was done.
	changed: 'the password is changed: your other devices want the new one at their next sign-in',
	takenOver: 'the new password is taken over: this device opens with it from now on',

	// Signing in. /password and simchat password stay.
	elsewhere:
		'this password opens the profile, but the account has another by now: it was changed on another device, or the server’s admin has reset the account. Type the new password here, or run simchat password',
	former:
		'this is the account’s new password, but the profile still opens with the former one: type that one once more here, or run simchat password',
	outOfDate: 'the password was changed on another device: /password or simchat password takes the new one over',

	// On the terminal; they end with a space.
	askNewer: 'New password, as on the other device: ',
	askFormer: 'Former password of this device: ',
	noSecond: 'the second line of standard input is the new password, and it is empty',

	// In the client in lines.
	notInLines: 'what is typed here can be read: run simchat password beside this',
};
