// verify and trust: whether a contact's key is the contact's.
export const identity = {
	/** `NAME`: the contact's, in capitals. A line each. */
	warning: (NAME: string, name: string) => [
		`THE KEY OF ${NAME} HAS CHANGED.`,
		`Either ${name} has a new device or started over, or somebody else answers under this name.`,
		`This is the safety number of the new key. Compare it with ${name} in person or by telephone, not in this chat.`,
	],
	/** A question on the terminal; `terminal.yes` is the word that answers it. */
	askSame: (name: string) => `Does ${name} see the same number? Type yes: `,
	verified: (name: string) => `${name} is verified`,
	notVerified: (name: string) =>
		`${name} is not verified. If the numbers differ, someone may be intercepting: do not trust this key.`,
	unchanged: (name: string) => `the key of ${name} has not changed: there is nothing to decide`,
	/** A question on the terminal. */
	askTrust: (name: string) => `Take the new key of ${name} without comparing? Type yes: `,
	trusted: (name: string) => `the new key of ${name} is taken, and not verified`,
	notTrusted: (name: string) => `the new key of ${name} was not taken: nothing can be sent to ${name} until it is`,
	unknown: (name: string) => `nothing is known of the key of ${name} yet: exchange a message first`,
	noTerminal: 'there is no terminal to ask on: once you have compared the number, add --yes',
};
