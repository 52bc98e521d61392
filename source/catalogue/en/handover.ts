// A command that finds its profile open in another simchat, and what keeps that one from doing it. “It”: the other simchat.
export const handover = {
	/** `why`: one of those below. */
	refused: (folder: string, why: string) => `another simchat uses ${folder}: ${why}`,
	nobodyHere: 'nobody has signed in there: sign in there, or quit it',
	otherVersion: 'it is of another version: quit it, or choose another folder with --profile',
	unproven: 'it does not know the key of the vault: quit it',
	noAnswer: 'it does not answer, and nothing was done: continue it with fg if it is stopped, or end it',
	ownPort: 'its port is open: leave out --port and it does the command, or quit it first to change the port',
	copiedAlone: 'a profile is copied while nobody uses it: quit that one (Ctrl-C ends a tail), then try again',
	botAlone: 'a bot runs in the process that has the profile: quit that one, or give the bot an account of its own',
	/** Both of them while a command was under way. `outcome`: one of `outcomes`. */
	silent: (folder: string, outcome: string) =>
		`another simchat used ${folder}, and it does not answer any more: ${outcome}`,
	ended: (folder: string, outcome: string) => `another simchat used ${folder}, and it has ended: ${outcome}`,
	outcomes: {
		unknown: 'it is not known whether all of it was done: look, and try again',
		kept: 'the last message is kept on this disk, and goes out when simchat runs',
		unsure: 'it is not known whether the last message is kept: look before you send it again',
	},
	wrongPassword: 'wrong password: the profile that is open has another; try again',
	notDone: 'the other simchat did not do it',
};
