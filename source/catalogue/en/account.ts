// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const account = {
	/** What whoami and sign-up print. `server`: host and port. */
	nameAt: (name: string, server: string) => `${name} at ${server}`,
	none: 'this profile has no account yet: sign up with a join link from a server’s admin',
	noneIn: (folder: string) => `there is no account in ${folder}: name the folder of one with --profile`,
	noneInYet: (folder: string) =>
		`there is no account in ${folder}: make one with simchat sign-up LINK --name NAME, or name its folder with --profile`,
	signInFirst: 'sign in first',

	// Signing up. “That”: what was typed.
	isAnothers: (name: string, server: string) =>
		`this profile is ${name}'s at ${server}: choose another folder with --profile for a second account`,
	noLink: 'that is no join link: it looks like simchat://host:port/#key, ask the server’s admin',
	begun: (vault: string) =>
		`a sign-up with another password was begun in this profile: use that password, or remove ${vault} to start anew`,
	inviteFor: (name: string) => `the invite is for ${name}: for another name ask the server’s admin`,
	nameTaken: 'that name is taken: choose another',
	inviteInvalid: 'the invite is not valid for this name, or is used up: ask the server’s admin for another',
	registrationClosed: 'this server takes no new accounts: ask its admin',

	// Passwords.
	wrongPassword: 'wrong password: it does not open this device’s vault',
	wrongPasswordAgain: 'wrong password: it does not open this device’s vault; try again',
	wrongVaultPassword: 'wrong password: the vault has another; try again',
	triesLeft: (tries: number) =>
		`wrong password: ${plural(tries, {one: `${tries} try`, other: `${tries} tries`})} left before a pause of 60 s`,
	locked: (seconds: number) => `too many wrong passwords: try again in ${seconds} s`,
	passwordEmpty: 'the password is empty: type at least one character',
	passwordCharacter: 'the password has a control, invisible or unassigned character: type it again without it',
	/** `weakness`: one of `weak`. */
	thePasswordIs: (weakness: string) => `the password is ${weakness}`,
	/** Behind `the password is ` and `Weak: `: how soon somebody guesses it. */
	weak: (time: string) =>
		`weak: whoever copies this profile guesses it ${time}, and reads your keys and messages. Four random words are better.`,
	withinAMinute: 'within a minute',
	inMinutes: (count: number) => `in about ${plural(count, {one: `${count} minute`, other: `${count} minutes`})}`,
	inHours: (count: number) => `in about ${plural(count, {one: `${count} hour`, other: `${count} hours`})}`,
	inDays: (count: number) => `in about ${plural(count, {one: `${count} day`, other: `${count} days`})}`,
	tooManyChanges: (seconds: number) => `too many changes: try again in ${seconds} s`,
	changeOffline: 'the directory is out of reach: change the password once you are connected',

	// The server. `place`: its host and port.
	unreachable: (place: string) => `nobody answers at ${place}: check the address, your network and the server`,
	timeout: (place: string) => `${place} does not answer in time: try again later`,
	closed: (place: string) => `${place} closed the connection: try again later`,
	later: (place: string, seconds: number) => `${place} refuses for now: try again in ${seconds} s`,
	memory: (place: string) =>
		`${place} asks for more memory to stretch the password than there is: end other programs, and try again`,
	/** `flaw`: a word for experts that stays as it is. */
	otherProtocol: (place: string, flaw: string) =>
		`${place} does not speak our protocol (${flaw}): is it a simchat server of this version?`,
	notUnderstood: (place: string) => `${place} did not understand us: is it a simchat server of this version?`,
	serverKey: (place: string) =>
		`WARNING: ${place} is not the server you signed up with: it does not have its key. Someone may be impersonating it. Nothing was sent to it that helps them. If the admin says that the key was replaced, ask for a new join link`,
	otherDevice:
		'the password is right, but this device is not the account’s: its identity key was replaced. Ask the server’s admin for a reset',
	gone: 'this account is gone from the server: ask its admin',
	deviceRemoved: 'another device of this account has removed this one: add it again there, as a new device',

	// The UDP port.
	portOfSystem: (port: number, from: number) =>
		`UDP port ${port} is the system’s: take one from ${from} to 65535 with --port`,
	/** `code`: the system's, such as EADDRNOTAVAIL. */
	portUnusable: (port: number, code: string) => `UDP port ${port} cannot be opened (${code}): take another with --port`,
	portTaken: (port: number) =>
		`UDP port ${port} is taken by another program: end that, or take another port with --port`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`UDP port ${port} is taken by ${program} (process ${pid}): end that, or take another port with --port`,
};
