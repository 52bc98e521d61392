// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	/** `commands`: their names, with commas between them. */
	noCommand: (word: string, commands: string) => `there is no command ${word}: use one of ${commands}`,
	/** The same where the full-screen client cannot run. */
	noTerminal: (commands: string) =>
		`there is no full-screen client without a terminal: use --linear, or one of ${commands}`,
	// `flag`: as it is typed, such as --wait.
	flagNotFor: (flag: string, command: string) => `${flag} is not for ${command}: leave it out`,
	flagNotForScreen: (flag: string) => `${flag} is not for the full-screen client: leave it out`,
	flagNotForLines: (flag: string) => `${flag} is not for the client in lines: leave it out`,
	noFlag: (flag: string) => `there is no flag ${flag}: leave it out, or put -- before a text that begins with a dash`,
	flagTwice: (flag: string) => `The flag ${flag} can only be set once.`,
	noValue: (flag: string) => `${flag} needs a value`,
	password:
		'a password on the command line is seen by everyone on this machine: leave out --password and type it when you are asked, or set SIMCHAT_PASSWORD, or use --password-stdin',
	/** `form`: the whole command, such as `simchat send NAME TEXT…`. */
	usage: (form: string) => `usage: ${form}`,
	/** `words`: those that the command takes, such as `NAME`; `surplus`: one that is too many. */
	tooMany: (command: string, words: string, surplus: string) => `${command} takes ${words}: leave out ${surplus}`,
	noWords: (command: string, surplus: string) => `${command} takes no words: leave out ${surplus}`,
	noName: (command: string) =>
		`${command} needs a name: simchat ${command} LINK --name NAME; a link with an invite brings one`,
	/** `shells`: their names, with commas between them. */
	shell: (shells: string) => `completion takes one of ${shells}`,
	wait: (most: number) => `--wait takes seconds, from 0 to ${most}`,
	since:
		'--since takes a day (2026-11-03), a time (2026-11-03T09:30, with Z or +01:00 where it is not of here), ms since 1970, or the id of a message',
	duration: 'how long takes a number and a unit, as 30s, 5m, 1h, 1d or 1w; or off',
	port: (most: number) => `--port takes a UDP port, from 1 to ${most}`,
	limit: (most: number) => `--limit takes a number of messages, from 1 to ${most}`,
	/** Stands on the line behind any of these. */
	seeHelp: 'See: simchat --help',
	// Of standard input. `most`: so many UTF-16 units.
	longLine: (most: number) => `a line of standard input is longer than ${most} characters`,
	longInput: (most: number) => `standard input is longer than ${most} characters`,
	notText: 'standard input is not UTF-8 text',
};
