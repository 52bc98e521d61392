// The devices of the own account: which there are, adding, removing and naming them, joining by a link.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const devices = {
	// Refusals: lines, without a capital letter and a stop, that begin with no name. /devices and simchat devices stay as they are.
	noLink: 'that is no device link: make one with /devices on a device that you have',
	noLabel: 'this device needs a name of its own: type what you call it',
	keeperMayNot: 'a keeper neither adds nor removes devices: do it on another device',
	offline: 'the server is out of reach: try again once you are connected',
	recoveryStays: 'recovery words are removed by themselves alone',
	lastStays: 'this is the last device of your account: add another one before you remove it',
	notTaken: 'the list of your devices takes no such change any more: look at it, and try again',
	later: (seconds: number) => `too many changes: try again in ${seconds} s`,
	unknown: (typed: string) => `there is no device ${typed} of yours: see simchat devices`,
	several: (typed: string) => `several devices fit ${typed}: type more of the id`,
	notTold: 'the server has not told of your devices: try again once you are connected',

	// Joining: lines.
	otherAccount: (name: string) =>
		`the server shows another account ${name} than the one in the link: do not go on, and ask the server’s admin`,
	joinStopped: 'you have not joined yet: the same link goes on while it is good',
	unanswered:
		'nobody has answered for 10 minutes: the link was used, is too old, or is of somebody else; make another one',
	joinCut: 'the connection ended before you were let in: try again with the same link',
	/** Title of the form; some 60 cells. */
	joinTitle: (name: string, server: string) => `simchat: join as ${name} at ${server}`,
	joinIntro: (name: string) => `This becomes one more device of ${name}. The password is that of the account.`,
	joinAsked:
		'Waiting for the device that made the link. If nothing comes of it, the link was used before or is older than 10 minutes: make another one there.',
	joinAbsent:
		'No device of yours is online that could let this one in. Open simchat on the one that made the link; this one asks again by itself.',
	joinHint: 'Esc goes back · Ctrl-C quits',

	// What a device is. Words beside its name.
	roles: {device: '', keeper: 'keeper', recovery: 'recovery words'},
	/** A device without a name. `id`: the first digits of its id. */
	unnamed: (id: string) => `unnamed (${id})`,
	thisOne: 'this device',
	added: (when: string) => `added ${when}`,
	addedBy: (when: string, by: string) => `added ${when} by ${by}`,

	// The list. `hint`: keys and what they do, at most 53 cells; the letters stay.
	title: 'your devices',
	hint: 'a adds · k a keeper · r renames · o role · d removes',
	keeperHint: 'r renames · Esc closes',

	// A link for one more device. Sentences, but for titles and hints.
	addTitle: 'add a device',
	addKeeperTitle: 'add a keeper',
	addHint: 'y copies the link · Esc ends it',
	addedHint: 'Esc closes',
	addWords:
		'Start simchat on the new device and paste this link there; it asks for your password. Whoever has both becomes a device of yours.',
	addKeeperWords:
		'Start simchat keep on the machine that is always on and paste this link there. A keeper reads your messages and cannot add devices.',
	tooSmall: 'Make the window larger to see the link, or press y to copy it.',
	/** `time`: minutes and seconds, as 9:59. */
	timeLeft: (time: string) => `Good for ${time} and one device.`,
	wrongTries: (left: number) =>
		`Somebody with your password asked by another link; ${plural(left, {one: `${left} more try ends`, other: `${left} more tries end`})} this one.`,
	// What became of it: lines.
	joined: (label: string) => `joined: ${label}`,
	over: {
		guessed:
			'the link has ended: somebody who has your password and not the link tried it three times; change the password',
		late: 'the link is too old, and nobody has joined',
		full: 'there is no room for one more device: remove one first',
		refused: 'the device could not be added: make another link',
		replaced: 'another link was made in the place of this one',
	},

	// Renaming and removing.
	renameTitle: (label: string) => `rename ${label}`,
	renameHint: 'Enter saves · Esc cancels',
	remove: (label: string) => `Remove ${label}? It is signed out at once, never comes back, and keeps what it has.`,
	removeThis: 'Remove this device? It is signed out at once, never comes back, and keeps what it has.',
	keepIt: 'keep it',
	removeIt: 'remove it',
	/** Lines. */
	removed: (label: string) => `removed: ${label}`,
	renamed: (label: string) => `renamed: ${label}`,

	// What other devices have done, above the input until it is looked at. `when`: day and time.
	news: {
		add: (label: string, by: string, when: string) =>
			`NEW DEVICE of your account: ${label}, added by ${by}, ${when}. If that was not you, remove it: /devices`,
		remove: (label: string, by: string, when: string) =>
			`Removed from your devices: ${label}, by ${by}, ${when}. See /devices`,
		role: (label: string, by: string, when: string) => `Another role for ${label}, by ${by}, ${when}. See /devices`,
	},
	more: (count: number) =>
		`${plural(count, {one: `${count} more change`, other: `${count} more changes`})} of your devices: /devices`,
	/** A contact says so. */
	contradicted: (name: string) =>
		`${name} was shown another list of your devices than this one: the server may be lying to one of you. Compare /devices on all of yours, and ask ${name}`,
	alarm:
		'The server shows ANOTHER LIST OF YOUR DEVICES than the one known here. Nothing of it is believed. Ask the server’s admin.',

	// What simchat devices prints: lines.
	waiting: 'waiting for the new device; the link is good for 10 minutes and one device, and Ctrl-C ends it',
	nobodyJoined: 'nobody has joined, and the link has ended',
	/** Ends with a space; yes stays, and so does the word that the language has for it. */
	askRemove: (label: string, id: string) => `remove ${label} (${id})? It never comes back. Type yes: `,
	notRemoved: (label: string) => `it stays: ${label}`,
	askNobody: 'there is no terminal to ask on: with --yes it is removed',
	/** What is wrong with the words behind simchat devices. */
	usage:
		'usage: simchat devices [list | add [--keeper] | remove DEVICE | rename DEVICE LABEL | role DEVICE keeper|device | accept]',

	// Last seen, and other roles. `when`: day and time.
	lastSeen: (when: string) => `last seen ${when}`,
	madeRole: {
		keeper: (label: string) => `a keeper now: ${label}`,
		device: (label: string) => `no keeper any more: ${label}`,
	},
	askRole: {
		keeper: (label: string) =>
			`Make ${label} a keeper? It adds and removes no devices any more, and lets go of what the others have.`,
		device: (label: string) =>
			`Make ${label} a device like the others? It can add and remove devices then, and lets go of nothing.`,
	},
	makeIt: 'change it',

	// A list that is not the known one, once somebody has looked into it.
	alarmHint: 'Press t once you have looked into it.',
	differences: {
		missing: (label: string) => `not in the server’s list: ${label}`,
		there: (label: string) => `in the server’s list alone: ${label}`,
		'other-role': (label: string) => `of another role in the server’s list: ${label}`,
	},
	noDifference: 'the server’s list has the same devices, with another history',
	otherFounder:
		'the server’s list begins with another key than your account, or is without this device: it cannot be taken; ask the server’s admin',
	askAccept:
		'Take the server’s list from here on? If you do not know why it is another one, ask the server’s admin first.',
	askAcceptYes: 'take the server’s list from here on? Type yes: ',
	askLooked: (name: string) => `Is it clear why ${name} was shown another list? Then it is not said again.`,
	askLookedYes: (name: string) => `is it clear why ${name} was shown another list? Type yes: `,
	acceptIt: 'it is clear',
	accepted: 'the list of your devices is accepted as it is now',
	notAccepted: 'nothing is accepted, and the alarm stays',
	nothingToAccept: 'there is nothing to accept: the list of your devices is the known one',

	// What a new device gets. Lines, but for the last.
	copying: (label: string) =>
		`what you have goes to ${label} now: wait until it has all of it; Ctrl-C ends the waiting`,
	copied: (label: string) => `it has everything now: ${label}`,
	notCopied: (label: string) =>
		`not everything is there yet: ${label} gets the rest while another device of yours runs`,
	copiesWhileOn: 'It gets what you have while this simchat runs.',
};
