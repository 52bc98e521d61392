// The way to the server, as commands and the client in lines tell of it. What follows `simchat: ` begins with a small letter.
export const connection = {
	/** What stops a connection, or keeps it waiting. They stand alone, or in the functions below and in `sending`. */
	problems: {
		unreachable: 'the server is out of reach',
		timeout: 'the server does not answer',
		closed: 'the connection to the server is gone',
		busy: 'the server is busy',
		shutdown: 'the server is being stopped',
		protocol: 'the server said something that this version does not understand',
		displaced: 'another sign-in with this account took over',
		removed: 'the account is not there any more: ask the administrator for an invite',
		'device-removed': 'another device of the account has removed this one',
		credentials: 'the password was changed on another device: /password or simchat password takes the new one over',
		identity: 'the account belongs to another device now: its identity key is not the one of this profile',
		'server-key': 'the server has the wrong key',
	},
	/** Stands below whatever says that a server has the wrong key. A line each. */
	impersonation: [
		'SOMEBODY ELSE MAY BE ANSWERING IN THE PLACE OF YOUR SERVER.',
		'Ask whoever runs it, in person or by telephone, whether its key was replaced.',
		'If it was not, somebody is intercepting the connection: do not go on.',
	],
	/** `problem`: one of the problems above. */
	tryingAgain: (problem: string) => `${problem}; trying again by itself`,
	notReached: 'the server is not reached yet',
	udpSilent: 'nothing comes back from the server over UDP',
	// `time`: one of the times below.
	clockBehind: (time: string) =>
		`the clock of this computer is ${time} behind the server’s: simchat allows for it, but do set it right`,
	clockAhead: (time: string) =>
		`the clock of this computer is ${time} ahead of the server’s: simchat allows for it, but do set it right`,
	// 2 or more each.
	days: (count: number) => `${count} days`,
	hours: (count: number) => `${count} hours`,
	minutes: (count: number) => `${count} minutes`,
};
