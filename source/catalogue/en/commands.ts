// What --help says of the commands and options of simchat. Words in capitals, as NAME, are names of what one types: they stay as they are.
export const commands = {
	program: 'private talk in a terminal, encrypted from end to end',
	/** Without a command. */
	alone:
		"opens the full-screen client; LINK, from a server's admin or from devices add, makes an account or joins yours",
	// Of each command, what it does.
	of: {
		'sign-up': 'makes an account on the server of LINK; an invite in it brings its name',
		send: 'sends a message; with - for TEXT it is read from standard input',
		reply:
			'answers a message of NAME; ID is what tail --json says of it; with - for TEXT it is read from standard input',
		edit: 'gives a message of yours another text, on both sides',
		delete: 'deletes a message of yours, on both sides',
		react: "says with an emoji what you think of a message; EMOJI may be its name, as :heart:, and '' takes it back",
		pin: 'pins a message for both',
		unpin: 'takes the pin off',
		timer: 'has new messages of both disappear so long after they were read',
		read: 'what NAME wrote is read, up to the message ID, or all of it',
		accept: 'makes a contact of a stranger who wrote first',
		block: 'takes nothing of NAME any more, who sees you offline',
		unblock: 'takes messages of NAME again',
		mute: 'no notifications for NAME',
		unmute: 'notifications for NAME again',
		nick: 'what you call NAME, seen by you alone; without NICKNAME: by the name again',
		away: 'tells contacts that you are away; without WHY: you are back',
		outbox: 'what waits to be delivered, or has failed',
		cancel: 'takes a message back that still waits',
		retry: 'queues a message again that has failed',
		'send-file': 'offers files, and waits until they are there',
		get: 'takes the newest file of NAME, or the one of the message ID; prints where it is saved',
		tail: 'prints messages as they come, until Ctrl-C',
		pipe: 'lines of standard input become messages, those of NAME come out as lines',
		run: 'runs a bot: calls the default export of FILE, a module of JavaScript, with what the commands can do',
		contacts: 'all contacts, and what is unread or not delivered yet',
		devices:
			'your devices: list, add, remove DEVICE, rename DEVICE LABEL, role DEVICE keeper|device, accept; add prints a link for one more',
		doctor: 'what was tried to reach server and contacts, and what to do; with NAME it looks for a way there',
		verify: 'shows the safety number, to be compared with NAME over another way',
		trust: 'takes a changed key of NAME',
		search: 'what was said, newest first; each word is the beginning of one',
		export: 'everything that was said, oldest first',
		forget: 'takes a conversation off this disk for good',
		check: 'reads all of the history, and tells what is damaged',
		keep: 'a device without a screen that takes what comes while your others are off; LINK adds it to the account, status asks the one that runs',
		backup: 'copies the profile into a new folder',
		restore: 'makes a profile of such a copy',
		recover: 'gets you into your account when every device is lost, by recovery words; with --make it makes them',
		password:
			'changes the password, or takes over one that was changed on another device; with --password-stdin the new one is the second line',
		whoami: 'the account of this profile',
		demo: 'a server, a bot and you on this machine; without a terminal one talk, and what was measured',
		completion: 'prints what completes these commands in bash, zsh or fish',
	},
	// Of each option, what it is for.
	options: {
		/** `folder`: the one that is used unless another is given. */
		profile: (folder: string) => `where account and messages are kept; ${folder} unless given`,
		name: 'of the account',
		port: 'the UDP port of this profile from now on, for a router that is told of it by hand',
		passwordStdin:
			'the first line of standard input is the password; else it is asked for on the terminal, or taken from SIMCHAT_PASSWORD',
		wait: 'how long to wait until a message is delivered, or a way is found; 10 unless given',
		id: 'prints the id of the message as soon as it is kept on this disk',
		accept: 'takes each file that a contact offers',
		since:
			'prints first what has come since then: from a day (2026-11-03), a time (2026-11-03T09:30) or ms since 1970 on, or behind the message with this ID',
		with: 'what was said with NAME alone',
		keeper: 'with devices add: for a device that is always on, and adds none itself',
		limit: 'how many messages at most; 50 unless given',
		linear: 'the client in lines, for screen readers and plain terminals; used by itself where TERM is unset or dumb',
		make: 'makes recovery words, and shows them once',
		remove: 'removes recovery words that you type, for good',
		text: 'lines to read, not JSON',
		out: 'into FILE, readable by you alone',
		force: 'replaces FILE when it is there',
		json: 'one JSON object a line; times are ms since 1970',
		yes: 'do not ask: the numbers have been compared; it is to go',
		hold: 'how long it holds what your other devices have: all, until-fetched or a number of DAYS; until-fetched unless given',
		maxSize: 'how large its history may become; what is over it is not taken, and comes again',
		strangers: 'takes messages of strangers, too; else those of contacts alone',
		passwordFile:
			'the first line of FILE is the password; $CREDENTIALS_DIRECTORY/password unless given, where systemd has put one',
	},
	notes: [
		'Commands work while the screen or another command has the profile open, too: that one does them; sign-up, run, backup, restore and a second screen do not.',
	],
	// By exit code, what it means.
	exits: {
		0: "done: a sent message is on its receiver's disk",
		64: 'wrong usage',
		65: 'bad input',
		66: 'no such file, or none that can be sent or taken',
		67: 'no such user or account',
		69: 'not possible now',
		70: 'a bot has failed',
		73: 'cannot create',
		74: 'a disk, or whoever reads the output, takes nothing more',
		75: 'not yet: it is kept, and goes out when simchat runs again; doctor: no way now',
		77: 'wrong password or no permission',
		78: 'damaged files',
	},
	// By environment variable, what it does.
	environment: {
		SIMCHAT_PASSWORD: 'the password, for scripts',
		SIMCHAT_TRACE:
			'a file for a line of JSON for each datagram that is dropped, and each error that nobody was told of',
		NO_COLOR: 'when it is set, the screen has no colours',
		XDG_DATA_HOME: 'where the folder of the profile is, unless it is ~/.local/share',
	},
	// By file, what is in it.
	files: {
		vault: 'in the folder of the profile: your identity key and your contacts’ keys, sealed under your password',
		'history.db': 'beside it: messages and contacts, encrypted as a whole',
		'settings.json': 'beside it, in clear: your name, the server with its key, and how you want the screen',
	},
};
