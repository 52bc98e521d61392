// The commands of `simchat --linear` that are not those of the screen, or do something else here. Words in capitals are names of what one
// types behind a command, as in slash-commands.ts; in brackets it may be left out.
export const linearCommands = {
	/** What /help says of a command. `form`: as it is typed, such as `/open [NAME]`. */
	help: (form: string, says: string) => `${form}: ${says}`,
	helpIntro: [
		'What you type goes to the open conversation.',
		'// begins a message with a slash. An empty line is not sent.',
		'While a line is half typed nothing is said.',
		'What comes waits until you press Enter, or have erased the line.',
	],
	openWords: '[NAME]',
	openHelp: 'talk to NAME, or to who wrote and is not read yet; what is unread is read out',
	unreadHelp: 'who wrote what you have not read',
	lastWords: '[COUNT]',
	lastHelp: (messages: number) => `the last ${messages} messages of this conversation, or as many as you say`,
	reactWords: 'EMOJI',
	searchWords: 'WORDS',
	listHelp: 'who is in your list, and how it stands with each',
	filesHelp: 'the files of this conversation that are offered or under way',
	doctorHelp: 'what was tried to reach the directory and each contact, and what to do',
	helpWords: '[COMMAND]',
	helpHelp: 'all commands, or what one of them does',

	// Half sentences: a capital letter and a stop come by themselves.
	notInList: (name: string) => `${name} is not in your list: /add takes somebody into it`,
	nothingUnread: 'nothing is unread',
	lastUsage: (most: number) => `type it as /last 20, of ${most} at most`,
	noneOpen: 'no conversation is open',
	noFiles: 'no file is offered or under way here',
	nothingSaid: 'nothing was said here yet',
	listEmpty: 'nobody is in your list: /add NAME takes somebody in',
	reactUsage: 'type it as /react :heart: or /react and an emoji',
	searchUsage: 'type it as /search WORDS',
	nothingFound: 'nothing was found',
	foundNewest: (messages: number) => `The newest ${messages}, the newest last:`,
	found: (messages: number) => `${messages} found, the newest last:`,
	noNames: (prefix: string) => `the directory knows no name that begins with ${prefix}`,
	/** `presence`: one of `presence`. */
	nameThere: (name: string, presence: string) => `${name}, ${presence}`,
	moreNames: 'there are more: type more of the name',
	noCommand: (name: string) => `there is no command /${name}: /help lists them`,

	noSafetyNumber: (name: string) =>
		`there is no safety number before the first message: say something to ${name} first`,
	safetyNumber: (name: string, lines: number) => `The safety number with ${name}, in ${lines} lines:`,
	compare: (name: string) =>
		`Compare it with ${name} in person or on the telephone, not in this chat. Match: nobody is intercepting. No match: someone may be. Do not write here.`,
	keepUncompared: 'not compared yet',
	theyMatch: 'they match',
	keyChangedMeanwhile: (name: string) => `the key has changed meanwhile: /verify ${name} shows the new number`,
	verified: (name: string) => `${name} is verified`,

	allDelivered: 'everything has been delivered',
	// `quote`: the quoted text; `why`: one of `linear.failures`.
	outboxWaiting: (name: string, quote: string) => `to ${name}, waiting: ${quote}`,
	outboxFailed: (name: string, quote: string, why: string) => `to ${name}, not sent, because ${why}: ${quote}`,

	// What the doctor finds. `label` and `words` are of `doctor`.
	finding: (label: string, words: string) => `${label}: ${words}`,
	warning: (words: string) => `take care, ${words}`,
	problem: (words: string) => `PROBLEM, ${words}`,
	nextStep: (step: string) => `next step: ${step}`,
	nothingToMend: 'none, there is nothing to mend here',
};
