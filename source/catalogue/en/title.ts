// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	/** There are no notifications of this person. */
	muted: 'muted',
	/** `text`: of the message that both have pinned. */
	pinned: (text: string) => `pinned: ${text}`,
	/** Behind the name: what the person calls somebody, their nickname. */
	nickname: (name: string, nickname: string) => `${name} “${nickname}”`,
	/** Of a stranger who wrote first. */
	wantsToTalk: 'wants to talk',
	/** `why`: what they say of themselves. */
	away: (why: string) => `away: ${why}`,
	online: 'online',
	offline: 'offline',
	/** Online is only a keeper of theirs; and the same on a narrow screen, in some 9 cells. */
	onlyKeeper: 'a keeper is there',
	keeper: 'keeper',
	/** The directory says nothing of them, and messages reach them all the same. */
	connected: 'connected',
	/** Whether they are online; and the same on a narrow screen, in some 9 cells. */
	presenceUnknown: 'presence unknown',
	unknown: 'unknown',
	/** Of their identity key. */
	blocked: 'blocked',
	verified: 'verified',
	keyChanged: 'key changed',
	notVerified: 'not verified',
};
