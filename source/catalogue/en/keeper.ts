// The keeper: the lines of its log, what it says of itself, and what is wrong with its options. No line names anybody or repeats what was said.
export const keeper = {
	/** `most`: MB. A line of the log, and where an error of the disk stands. */
	full: (most: number) =>
		`the history has the ${most} MB that --max-size allows: nothing more is taken, and what was sent comes again once there is room`,
	// Lines of the log, each behind its time. They begin with a small letter, and stand for themselves.
	log: {
		starts: {
			all: 'starts; holds everything',
			fetched: 'starts; holds what comes until every other device has it',
			days: (days: number) =>
				`starts; holds for ${days} days what every other device has, and the rest until they have it`,
		},
		joined: 'this device has joined the account',
		notKeeper:
			'the device log does not have this device as a keeper, so it holds everything: add a keeper with simchat devices add --keeper',
		signedIn: 'signed in',
		// So many messages and acts: from others, delivered to others, heard from the other devices of the account, removed here.
		came: (count: number) => `came: ${count}`,
		handedOn: (count: number) => `handed on: ${count}`,
		told: (count: number) => `from own devices: ${count}`,
		letGo: (count: number) => `let go, since every other device has it: ${count}`,
		disk: 'the disk takes nothing: what comes is not acknowledged, and comes again once there is room',
		diskWell: 'the disk takes what comes again',
		room: 'there is room in the history again',
		signsOff: 'signs off',
	},
	// Lines of `simchat keep status`; `there`: how many of them are online.
	status: {
		/** `time`: a local one, 2026-11-28 04:05:06. */
		since: (time: string) => `runs since ${time}`,
		contacts: (count: number, there: number) => `contacts: ${count}, there: ${there}`,
		devices: (count: number, there: number) => `other devices: ${count}, there: ${there}`,
		holds: (messages: number, waiting: number) => `messages: ${messages}, waiting to be delivered: ${waiting}`,
		/** `size`: MB, as 1.2. */
		size: (size: string) => `history: ${size} MB`,
		sizeOf: (size: string, most: number) => `history: ${size} MB of ${most} MB`,
	},
	// Errors follow `simchat: `. `folder`: of the profile.
	noneRuns: (folder: string) => `no keeper runs with ${folder}: start one with simchat keep`,
	otherProcess: 'the simchat that has this profile open is no keeper: end it, and start simchat keep',
	hold: (most: number) => `--hold takes all, until-fetched, or a number of days from 1 to ${most}`,
	maxSize: (most: number) => `--max-size takes MB, from 1 to ${most}`,
	/** `why`: the system's code, such as ENOENT; of systemd-notify in the last one. */
	noPasswordFile: (file: string, why: string) =>
		`cannot read the password from ${file} (${why}): make it readable, or give another file with --password-file`,
	emptyPasswordFile: (file: string) => `the first line of ${file} is the password, and it is empty`,
	noNotify: (why: string) =>
		`systemd cannot be told how this goes (${why}): install systemd-notify, or use Type=exec without a watchdog`,
};
