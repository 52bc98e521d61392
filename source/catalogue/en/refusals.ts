// Why something that a person asked for about messages and contacts is not done, and what to do. “That”: what was typed or chosen.
export const refusals = {
	noName: 'that is no name: one has 1 to 32 of a–z, 0–9, dot, underscore and hyphen, and starts with a letter',
	ownName: 'that is your own name: choose somebody else',
	unknownName: (name: string) => `no such name in the directory: ${name}`,
	notInList: (name: string) => `there is no ${name} in your list: a message to ${name} adds them`,
	blocked: (name: string) => `you have blocked ${name}: unblock them first`,
	keyChanged: (name: string) =>
		`the identity key of ${name} has changed: someone may be intercepting. Compare the safety number with ${name}, then take the new key with verify, or with trust if you cannot compare`,
	keyUnknown: (name: string) =>
		`nothing is known of ${name}'s key yet: exchange a message first, then compare the safety number`,
	offline: 'the directory is out of reach: try again once you are connected',
	tooManySearches: (seconds: number) => `too many searches: try again in ${seconds} s`,
	nickname: (most: number) => `a nickname has 1 to ${most} characters`,
	/** `most`: bytes of the reason. */
	away: (most: number) => `why you are away takes 1 to ${most} bytes`,
	awayEnds: 'with one device you are away only while simchat runs: say it while the screen, a tail or a bot does',
	emptyMessage: 'there is nothing to send: the message is empty',
	longMessage: (bytes: number, most: number) =>
		`the message has ${bytes} bytes, and ${most} is the most: send it in parts`,
	messageGone: 'that message is not there any more',
	/** `id`: as it was typed. */
	noMessage: (id: string, name: string) =>
		`there is no message ${id} with ${name}: tail --json and search --json tell ids`,
	nowhere: (id: string) => `there is no message ${id} with anybody in your list`,
	notOwn: (name: string) => `that message is ${name}’s: only its author edits or deletes it`,
	noOwnMessage: (id: string) => `no message of yours has the id ${id}: outbox --json tells ids`,
	noFile: 'that message offers no file',
	longEmoji: 'that is no emoji: it is too long',
	/** `kind`: a word for experts that stays as it is. */
	wrongAct: (kind: string) => `that is nothing to do with a message: ${kind}`,
	timer: 'a message can disappear after 1 second to 365 days',
	// What the screen remembers.
	longKey: (most: number) => `that has a name of over ${most} characters: it is not remembered`,
	longValue: (most: number) => `that is more than ${most} bytes: it is not remembered`,
	tooMuch: 'too many things are remembered already: this one is not',
};
