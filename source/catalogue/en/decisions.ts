// What must be decided, and the answers. Headings in capital letters, where this language has them; titles and answers without a stop; the rest are sentences.
export const decisions = {
	/** Above a question. */
	sure: 'Sure?',
	hint: '↑ ↓ choose · Enter · Esc cancels',
	/** A stranger wrote first. `strangerLine` in at most 59 cells. */
	strangerLine: 'STRANGER: /accept or /block',
	strangerHeading: (name: string) => `${name} WANTS TO TALK`,
	stranger:
		'They are not in your list, and learn nothing from you until you decide: /accept to talk, /block to hear no more, /remove to delete the request.',
	/** A contact has another identity key than before. `keyLine` in at most 59 cells. */
	keyLine: 'KEY CHANGED: /verify',
	keyHeading: (name: string) => `THE KEY OF ${name} HAS CHANGED`,
	key: (name: string) =>
		`Nothing is sent: ${name} has another identity key than before. That happens with a new device, and when someone is intercepting. /verify shows the number to compare with ${name}; /trust takes the new key without comparing.`,
	/** Why a message that was written is not sent. */
	goOnWriting: 'Go on writing',
	keyRefusalTitle: (name: string) => `Not sent: the key of ${name} has changed`,
	keyRefusal: (name: string) =>
		`Nothing is sent to ${name} until you decide about the new key. What you wrote stays in the input.`,
	compare: 'Compare the safety number',
	trustWithoutComparing: 'Trust the new key without comparing',
	strangerRefusalTitle: (name: string) => `Not sent: ${name} is not in your list`,
	strangerRefusal: 'They learn nothing from you until you decide. What you wrote stays in the input.',
	accept: (name: string) => `Accept ${name}`,
	block: (name: string) => `Block ${name}`,
	/** Deleting a message: `quoted` is its text in quotation marks. On both sides, and where it was taken back before it left. */
	deleteBoth: (quoted: string, name: string) => `Delete ${quoted} here and on the disk of ${name}?`,
	deleteHere: (quoted: string) => `Delete ${quoted} here?`,
	keepIt: 'Keep it',
	deleteItBoth: 'Delete it on both sides',
	deleteIt: 'Delete it',
	/** A message that is not delivered: `quoted` is its text in quotation marks. */
	undelivered: (quoted: string, name: string) => `${quoted} to ${name}`,
	leaveIt: 'Leave it as it is',
	sendAgain: 'Send it again',
	takeBack: 'Take it back',
	goToIt: 'Go to it',
	/** A file that is under way; `quoted` is its name in quotation marks. Theirs, and ours to `name`. */
	stopTheirs: (quoted: string) => `Stop ${quoted}? What has come of it is deleted.`,
	stopOurs: (quoted: string, name: string) => `Stop ${quoted}? ${name} gets nothing more of it.`,
	goOn: 'Let it go on',
	stopIt: 'Stop it',
	/** Taking a new key without comparing. */
	trust: (name: string) =>
		`Trust the new key of ${name} without comparing it? Until you compare, you are trusting the server about who ${name} is. /verify shows the number to compare.`,
	doNotTrust: 'Do not trust it yet',
	trustNewKey: 'Trust the new key',
	/** A link in a message. */
	openLink: (url: string) => `Open ${url} outside of simchat?`,
	doNotOpen: 'Do not open it',
	openIt: 'Open it',
	/** Taking somebody off the list. */
	remove: (name: string) => `Take ${name} off the list? What was said stays, and /add brings both back.`,
	keepInList: (name: string) => `Keep ${name} in the list`,
	takeOffList: (name: string) => `Take ${name} off the list`,
	/** Deleting a conversation. */
	forget: (name: string) =>
		`Delete everything that was said with ${name} from this disk, for good? Their disk keeps its own.`,
	keepEverything: 'Keep everything',
	deleteEverything: 'Delete everything here',
	/** The known server has another key: a full page. The headings are about danger. */
	serverKeyHeading: 'SOMEBODY ELSE MAY BE ANSWERING IN PLACE OF YOUR SERVER',
	serverKeyLater: (server: string) => `The server at ${server} has another key than the one that you joined with.`,
	serverKey:
		'Your password has not been sent, and nothing goes on from here. Ask whoever runs the server, in person or by telephone, whether its key was replaced. If it was, they give you a new join link for a new profile. If it was not, somebody is intercepting the connection.',
	ctrlCQuits: 'Ctrl-C quits.',
};
