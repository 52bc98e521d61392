// What `simchat --linear` says, for those who hear it or read it line by line: whole sentences, with capital letters and stops.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const linear = {
	/** Parts of one sentence. */
	listed: (parts: readonly string[]) => parts.join(', '),
	/** A part of a text, as it is quoted, and where more follows. */
	quoted: (text: string) => `"${text}"`,
	quotedPart: (text: string) => `"${text}" and more`,

	// At the start and at the end.
	noAccount: ['This profile has no account yet.', 'A join link from the admin of a server makes one.'],
	signingIn: (name: string, server: string) => `Signing in as ${name} at ${server}.`,
	signedIn: (name: string, server: string) => `Signed in as ${name} at ${server}.`,
	ctrlDQuits: 'Ctrl-D quits.',
	ctrlCQuits: 'Ctrl-C again quits.',
	lineDropped: 'The line is dropped. Ctrl-C again quits.',
	goodbye: 'Goodbye.',
	helpLists: '/help lists the commands.',

	// Signing up and in: what is asked for, and a space.
	prompts: {
		'join link': 'Join link: ',
		name: 'Name: ',
		password: 'Password: ',
		again: 'The same password again: ',
		device: 'What this device is called: ',
	},
	asking: 'Asking the server.',
	locked: (seconds: number) =>
		`Too many wrong passwords. You can try again in ${plural(seconds, {one: `${seconds} second`, other: `${seconds} seconds`})}.`,
	unlocked: 'You can try again now.',
	secondsLeft: (seconds: number) => `${plural(seconds, {one: `${seconds} second`, other: `${seconds} seconds`})} left.`,

	// The connection. `problem`: one of `connection.problems`.
	connected: 'Connected.',
	connectedAgain: 'Connected again.',
	retried: (problem: string) => `${problem}, and is tried again by itself`,
	stopped: 'Nothing is sent or received any more. /quit ends simchat.',

	// Conversations.
	noneOpen: 'No conversation is open. /open NAME opens one, /list says who is in your list.',
	nobodyInList: 'Nobody is in your list yet. /add NAME takes somebody in, and opens the conversation.',
	closed: 'No conversation is open any more.',
	/** `contact`: its name and how it stands with it, with commas between them. */
	talkingTo: (contact: string) => `Talking to ${contact}.`,
	newFrom: (name: string) => `New from ${name}. /open ${name} reads it.`,
	mention: (name: string) => `${name} mentions you. /open ${name} reads it.`,
	/** `list`: of `unreadOf` and `unreadOfStranger`. */
	unread: (list: readonly string[]) => `Unread: ${list.join('; ')}.`,
	unreadOf: (name: string, messages: number) => `${name} ${messages}`,
	unreadOfStranger: (name: string, messages: number) => `${name} ${messages}, not in your list`,
	/** Lines of news. */
	lost: (count: number) =>
		plural(count, {
			one: `${count} line of news came too fast and was left out.`,
			other: `${count} lines of news came too fast and were left out.`,
		}),

	// Contacts. `presence`: one of `presence`.
	isNow: (name: string, presence: string) => `${name} is ${presence}.`,
	isAway: (name: string, why: string) => `${name} is away: ${why}`,
	isBack: (name: string) => `${name} is back.`,
	keys: {unknown: '', pinned: 'not verified', verified: 'verified', changed: 'KEY CHANGED'},
	called: (nickname: string) => `called ${nickname}`,
	blocked: 'blocked',
	request: 'not in your list, wants to talk',
	away: (why: string) => `away: ${why}`,
	muted: 'muted',
	/** `time`: such as `1 day`. */
	timer: (time: string) => `messages disappear ${time} after they were read`,
	unreadCount: (messages: number) => `${messages} unread`,
	undeliveredCount: (messages: number) => `${messages} not delivered`,

	// A key that has changed, and somebody who is not in the list.
	keyWarning: (name: string) => [
		`WARNING: the key of ${name} has changed.`,
		`Either ${name} has a new device, or somebody else answers under this name.`,
		`Nothing is sent to ${name} until you decide.`,
	],
	keyChoices: (name: string) =>
		`/verify ${name} shows the number to compare. /trust ${name} takes the new key without comparing.`,
	requestWarning: (name: string) => `${name}, who is not in your list, wrote to you.`,
	requestReads: (name: string) =>
		`/open ${name} reads it. /accept ${name} lets you answer. /block ${name} takes nothing more.`,
	requestChoices: (name: string) => `/accept ${name} lets you answer. /block ${name} takes nothing more.`,

	// Messages: `alice, action, 12:01, replying to "…": text`. What stands behind the author begins with its own comma.
	you: 'you',
	action: ', action',
	/** `time`: with the day before it where it is not today's. */
	at: (time: string) => `, ${time}`,
	dayAndTime: (day: string, time: string) => `${day} ${time}`,
	/** `quote`: a quoted text. */
	replyingTo: (quote: string) => `, replying to ${quote}`,
	replyingToMessage: ', replying to a message',
	/** `time`: such as `1 day`. */
	disappears: (time: string) => `, disappears after ${time}`,
	edited: ', edited',
	states: {
		queued: ', waiting',
		sent: ', on its way',
		delivered: ', delivered',
		read: ', read',
		failed: ', not sent',
	},
	reaction: (emoji: string, from: string) => `, ${emoji} from ${from}`,
	reactionOfYours: (emoji: string) => `, ${emoji} from you`,
	/** `head`: the author and what stands behind them. `whom`: whom an own message was for. */
	deleted: (head: string) => `${head}, deleted.`,
	message: (head: string, text: string) => `${head}: ${text}`,
	to: (whom: string, message: string) => `to ${whom}, ${message}`,

	/** What a contact did. `text`: the message's, quoted where it is not new. */
	acts: {
		edited: (name: string, text: string) => `${name} changed a message: ${text}`,
		deleted: (name: string) => `${name} deleted a message.`,
		reacted: (name: string, emoji: string) => `${name} reacted with ${emoji}.`,
		reactedTo: (name: string, emoji: string, text: string) => `${name} reacted with ${emoji}: ${text}.`,
		reactionGone: (name: string) => `${name} took a reaction back.`,
		reactionGoneFrom: (name: string, text: string) => `${name} took a reaction back: ${text}.`,
		timer: (name: string, seconds: number) => `${name} has messages disappear ${seconds} s after they were read.`,
		timerOff: (name: string) => `${name} has messages stay.`,
		pinned: (name: string) => `${name} pinned a message.`,
		pinnedThis: (name: string, text: string) => `${name} pinned a message: ${text}.`,
		unpinned: (name: string) => `${name} took the pin off.`,
		unpinnedThis: (name: string, text: string) => `${name} took the pin off: ${text}.`,
	},

	// Files. `head`: the author and what stands behind them, and `you` of own ones; `size`: such as 3.1 MB.
	fileOffered: (head: string, file: string, size: string) => `${head} offers a file, ${file}, ${size}. /get gets it.`,
	fileOfferedByYou: (head: string, file: string, size: string) => `${head} offer a file, ${file}, ${size}.`,
	/** What the contact says of one of ours, or of one of theirs. */
	files: {
		accepted: (name: string, file: string) => `${name} wants the file ${file}.`,
		declined: (name: string, file: string) => `${name} declines the file ${file}.`,
		received: (name: string, file: string) => `${name} has the file ${file}.`,
		stopped: (name: string, file: string) => `${name} stopped the file ${file}.`,
	},
	fileSaved: (file: string, path: string) => `The file ${file} is here, saved as ${path}.`,
	/** `why`: one of `transfers.problems`. */
	fileFailed: (file: string, why: string) => `the file ${file} has failed: ${why}`,
	/** `progress`: how far and how fast, such as 42 %, 2.1 MB/s, 3 min left. */
	fileProgress: (file: string, progress: string) => `The file ${file}: ${progress}.`,

	// What becomes of own messages. `whom`: who is not talked to just now.
	delivered: 'Delivered.',
	deliveredTo: (whom: string) => `Delivered to ${whom}.`,
	deliveredCount: (messages: number) => `Delivered: ${messages} messages.`,
	deliveredCountTo: (whom: string, messages: number) => `Delivered to ${whom}: ${messages} messages.`,
	read: 'Read.',
	readBy: (whom: string) => `Read by ${whom}.`,
	readCount: (messages: number) => `Read: ${messages} messages.`,
	readCountBy: (whom: string, messages: number) => `Read by ${whom}: ${messages} messages.`,
	/** `quote`: the quoted text; `why`: one of `failures`. */
	notSent: (quote: string, why: string) => `not sent: ${quote}, because ${why}`,
	/** `why`: one of `sending.waiting`, or of `connection.problems`. */
	notDelivered: (why: string) => `not delivered yet: ${why}`,
	goesOut: 'It is kept, and goes out by itself.',
	waitingAtStart: (messages: number) =>
		`${plural(messages, {one: `${messages} message is`, other: `${messages} messages are`})} not delivered yet. /outbox lists them.`,
	waitingAtEnd: (messages: number) =>
		`${plural(messages, {one: `${messages} message is`, other: `${messages} messages are`})} not delivered yet, kept, and sent when simchat runs again.`,
	/** Behind `because`. */
	failures: {
		'identity-changed': (name: string) => `the key of ${name} has changed`,
		blocked: (name: string) => `${name} is blocked`,
		cancelled: () => 'it was taken back',
		refused: (name: string) => `the simchat of ${name} cannot read it`,
	},
	failed: 'it failed',

	// What is typed.
	changing: (quote: string) => `Changing ${quote}. Type the new text. An empty line leaves it as it is.`,
	replying: (quote: string) => `Replying to ${quote}. Type the answer. An empty line stops that.`,
	notSentKey: (name: string) => `Not sent: the key of ${name} has changed.`,
	notSentRequest: (name: string) => `Not sent: ${name} is not in your list.`,
	youTyped: (quote: string) => `you typed before: ${quote}`,
	keepUnsent: 'not sent',
	sendIt: 'send it',

	// A question: what is typed for each answer, and what happens otherwise.
	/** `typed`: `yes`, or a number; `answer`: what happens then. */
	answer: (typed: string, answer: string) => `Type ${typed} for: ${answer}.`,
	otherwise: (keep: string) => `Anything else means: ${keep}.`,

	// Single words and half sentences: a capital letter and a stop come by themselves.
	done: 'done',
	leftAsItIs: 'left as it is',
	changed: 'changed',
	notThere: 'it is not there any more',
	nobodyToSendTo: 'nobody to send to yet: /open NAME or /add NAME opens a conversation',
	noCommand: (name: string) => `there is no command /${name}: /help lists them, and // begins a message with a slash`,
};
