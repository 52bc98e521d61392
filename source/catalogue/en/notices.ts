// What happened, in the line above the input until the next key. Lines without a capital letter and without a stop, for the screen makes sentences of
// them; so none may begin with a name, which is spelled as it is.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const notices = {
	/** How a command is to be typed. Commands, dates, yesterday, off and --verbose stay. */
	usage: {
		msg: 'usage: /msg NAME',
		add: 'usage: /add NAME',
		devices:
			'usage: /devices, /devices add, /devices remove DEVICE, /devices rename DEVICE LABEL or /devices role DEVICE keeper|device',
		doctor: 'usage: /doctor or /doctor --verbose',
		me: 'usage: /me TEXT',
		send: 'usage: /send FILE',
		pin: 'usage: /pin or /pin off',
		goto: 'usage: /goto 2026-11-03 or /goto yesterday',
	},
	noCommand: (name: string) => `there is no command /${name}: F1 lists them, and // begins a message with a slash`,
	/** People. */
	asking: (name: string) => `asking the directory for ${name} …`,
	notKnownYet: (name: string) => `the directory is out of reach: whether there is a ${name} is not known yet`,
	noNameBegins: (prefix: string) => `no name in the directory begins with ${prefix}`,
	nameSomebody: 'name somebody: no conversation is open',
	notInList: (name: string) => `there is no ${name} in your list`,
	blocked: (name: string) => `you blocked ${name}`,
	unblocked: (name: string) => `you unblocked ${name}`,
	keyUnchanged: (name: string) => `the key of ${name} has not changed`,
	trusted: (name: string) => `the new key of ${name} is trusted without comparing`,
	noRequest: (name: string) => `there is no request of ${name}`,
	accepted: (name: string) => `you accepted ${name}`,
	acceptedEnterSends: (name: string) => `you accepted ${name}: Enter sends`,
	nickname: (name: string, nickname: string) => `you call ${name} “${nickname}” now`,
	noNickname: (name: string) => `you call ${name} by their name again`,
	muted: (name: string) => `you muted ${name}: no notifications`,
	unmuted: (name: string) => `you unmuted ${name}`,
	verified: (name: string) => `you have verified ${name}`,
	changedMeanwhile: 'the key has changed meanwhile: compare this number',
	back: 'you are back',
	away: (why: string) => `contacts see that you are away: ${why}`,
	/** Messages. */
	isDeleted: 'this message is deleted',
	onlyOwnEdited: 'only your own messages can be edited',
	onlyOwnDeleted: 'only your own messages can be deleted',
	notEdited: 'this message was not edited',
	noSuchMessage: 'there is no such message here',
	noMessageYet: 'there is no message here yet',
	nothingToSelect: 'there is no message to select yet',
	noLink: 'there is no link in this message',
	/** Files. `size`: such as 3.1 MB; `file`: its name; `name`: who offers it, or what was typed. */
	readingFile: (file: string, size: string) => `reading ${file}, ${size} …`,
	gettingFile: (file: string) => `getting ${file}`,
	declinedFile: (file: string) => `you declined ${file}`,
	noFileOffered: 'no file is offered here',
	noFileUnderWay: 'no file is under way here',
	noFileCalled: (name: string) => `no file here is called ${name}`,
	fileIsHere: (path: string) => `the file is here already: ${path}`,
	fileComes: 'the file is on its way already',
	fileStopped: (name: string) => `the file was stopped by ${name}: ask for it to be sent again`,
	noFileEdit: 'a file cannot be edited: delete it, and send another one',
	onlyFailed: 'only what failed can be sent again',
	onlyWaiting: 'only what still waits can be taken back',
	isGone: 'this message is gone, or too far back to be shown',
	/** It was gone to. `key` selects it. A whole sentence. */
	marked: (key: string) => `▌ marks it, and ${key} selects it.`,
	shownPlain: 'shown plain, as it was typed',
	shownWithMarkup: 'shown with its markup',
	opening: (url: string) => `opening ${url}`,
	noOpener: 'no program here opens links: y copies it',
	/** What was done with a text that was copied. The command stays. */
	copied: {
		sent: 'sent to the terminal’s clipboard (OSC 52)',
		tmux: 'in tmux’s buffer, and sent to the terminal',
		'asked-tmux': 'this needs a setting of tmux: set -g set-clipboard on',
		'too-long': 'too long for the terminal’s clipboard',
	},
	/** `typed`: letters between colons, as in :smile: */
	noEmoji: (typed: string) => `no emoji is called ${typed}`,
	/** Conversations. `day` and `shown` are days as time.ts has them, `duration` one of its durations. */
	noConversation: 'no conversation is open',
	noConversationNumber: 'there is no conversation with that number',
	nothingPinned: 'nothing is pinned',
	nothingUnread: 'nothing is unread',
	nobodyToSendTo: 'nobody to send to yet: /msg NAME opens a conversation',
	stays: 'messages stay; change it as /timer 1h, or /timer off',
	disappears: (duration: string) =>
		`messages disappear ${duration} after they were read; change it as /timer 1h, or /timer off`,
	staysNow: 'messages stay from here on',
	disappearsNow: (duration: string) => `messages disappear ${duration} after they were read`,
	nothingSince: (day: string) => `nothing on ${day} or later`,
	nothingOn: (day: string, shown: string) => `nothing on ${day}: showing ${shown}`,
	/** Writing. */
	isFull: 'a message holds no more than this',
	pasted: (lines: number) =>
		plural(lines, {
			one: `${lines} line was pasted: Enter sends it`,
			other: `${lines} lines were pasted: Enter sends them`,
		}),
	editorMissing: (editor: string) => `the editor ${editor} does not start: set $EDITOR to one that is installed`,
	editorGaveUp: (editor: string) => `the editor ${editor} gave up, and the draft is as it was`,
	editorTookFile: (editor: string) => `the editor ${editor} has taken the file away, and the draft is as it was`,
	/** The screen. `names`: all themes. */
	themes: (names: string) => `themes: ${names}`,
	/** A whole sentence. */
	ctrlCAgainQuits: 'Ctrl-C again quits.',
	largerForAll: 'make the window larger first: not all of this is shown',
	largerForDigits: 'make the window larger first: not all digits are shown',
	/** The connection to the server. */
	connecting: 'connecting …',
	connectingIn: (seconds: number) => `connecting in ${seconds} s: the server asked for this pause`,
	connectedAlready: 'connected already',
	connectingAlready: 'connecting already',
	/** What the desktop shows of a message, beside the title simchat; no name is changed there. */
	notification: {
		message: (name: string) => `a message from ${name}`,
		mention: (name: string) => `${name} has mentioned you`,
	},
};
