// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	/** `text`: the new one, which may have several lines. */
	edited: (name: string, text: string) => `${name} changed a message: ${text}`,
	deleted: (name: string) => `${name} deleted a message`,
	reacted: (name: string, emoji: string) => `${name} reacted with ${emoji}`,
	reactionGone: (name: string) => `${name} took a reaction back`,
	/** `seconds`: more than 0. */
	timer: (name: string, seconds: number) => `${name} has messages disappear ${seconds} s after they were read`,
	timerOff: (name: string) => `${name} has messages stay`,
	pinned: (name: string) => `${name} pinned a message`,
	unpinned: (name: string) => `${name} took the pin off`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} takes the file`,
		declined: (name: string) => `${name} does not want the file`,
		received: (name: string) => `${name} has the file`,
		stopped: (name: string) => `${name} stopped the file`,
	},
};
