// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
export const lines = {
	/** The author of one's own messages. */
	me: 'me',
	/** The same where it is to be seen whom they were for. */
	meTo: (name: string) => `me → ${name}`,
	// Of a contact, in one row with two spaces between what is said.
	presence: {online: 'online', keeper: 'keeper', offline: 'offline', unknown: 'unknown'},
	/** Of its key: not known yet; taken at the first contact; compared; another one than before. */
	keys: {unknown: 'key unknown', pinned: 'key pinned', verified: 'key verified', changed: 'key changed'},
	/** `nickname`: what the person here calls the contact. */
	called: (nickname: string) => `called ${nickname}`,
	request: 'wants to talk',
	/** `why`: in the contact's own words. */
	away: (why: string) => `away: ${why}`,
	blocked: 'blocked',
	unread: (messages: number) => `${messages} unread`,
	undelivered: (messages: number) => `${messages} not delivered`,
	/** Behind `simchat: `, when changes come faster than they are read. */
	changeLost: 'nobody reads the output: a change of a message is not printed',
	/** `problem`: that the disk takes nothing. */
	comesAgain: (problem: string) => `${problem}; what comes meanwhile comes again`,
};
