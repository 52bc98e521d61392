// What is asked for on the terminal by commands.
export const terminal = {
	/** What is typed to say yes, in small letters. The questions ask for it. The English word does it in every language, too. */
	yes: 'yes',
	password: 'Password: ',
	newPassword: 'New password: ',
	passwordAgain: 'The same again: ',
	passwordsDiffer: 'the passwords differ: try again',
	noPassword: 'the first line of standard input is the password, and it is empty',
	/** `variable`: of the environment. */
	nobodyToAsk: (variable: string) =>
		`there is no terminal to ask for the password on: set ${variable}, or use --password-stdin`,
	cancelled: 'cancelled',
};
