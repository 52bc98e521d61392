// Slash commands, as data: the one table that they are looked up in, completed from and listed by in the help.
import {type Desk} from './desk.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {trustQuestion} from './overlays/questions.ts';
import {directoryOverlay} from './overlays/directory.ts';
import {doctorOverlay} from './overlays/doctor.ts';
import {helpOverlay} from './overlays/help.ts';
import {searchOverlay} from './overlays/search.ts';
import {settingsOverlay} from './overlays/settings.ts';
import {verifyOverlay} from './overlays/verify.ts';
import {safeName} from './text/safe.ts';
import {MESSAGE_COMMANDS} from './message-commands.ts';
import {themeNames} from './theme.ts';

export type SlashCommand = {
	readonly name: string;
	/** What follows the name; words in brackets may be left out. */
	readonly words: string;
	readonly help: string;
	/** `rest` is what follows the name. Throws ClientError. */
	run(desk: Desk, rest: string): void | Promise<void>;
};

/** Under which the client remembers that somebody is muted. */
export const MUTE_KEY = 'mute';

export const COMMANDS: readonly SlashCommand[] = [
	{
		name: 'msg',
		words: 'NAME [TEXT]',
		help: 'open a conversation, and send TEXT',
		run(desk, rest) {
			const [typed, text] = split(rest);
			if (typed === '') return desk.tell('type it as /msg NAME');
			const name = desk.client.addContact(typed);
			if (text !== '') desk.send(name, text);
			desk.open(name);
		},
	},
	{
		name: 'add',
		words: 'NAME',
		help: 'take somebody into the list',
		run(desk, rest) {
			if (rest === '') return desk.tell('type it as /add NAME');
			desk.open(desk.client.addContact(rest));
		},
	},
	{
		name: 'remove',
		words: '[NAME]',
		help: 'take somebody off the list; what was said stays',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				desk.show(
					confirmOverlay({
						words: `Take ${safeName(name)} off the list? What was said stays, and /add brings both back.`,
						keep: `Keep ${safeName(name)} in the list`,
						choices: [{label: `Take ${safeName(name)} off the list`, act: ({client}) => client.removeContact(name)}],
					}),
				);
			}),
	},
	{
		name: 'block',
		words: '[NAME]',
		help: 'take nothing from somebody, and seem offline to them; again to undo',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				const isBlocked = contact(desk, name)?.blocked === true;
				desk.client.block(name, !isBlocked);
				desk.tell(isBlocked ? `${name} is not blocked any more` : `${name} is blocked`);
			}),
	},
	{
		name: 'verify',
		words: '[NAME]',
		help: 'show the safety number, to be compared over another way',
		run: (desk, rest) => withPeer(desk, rest, name => desk.show(verifyOverlay(name, desk.client.safetyNumber(name)))),
	},
	{
		name: 'trust',
		words: '[NAME]',
		help: 'take a changed key without comparing',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				if (contact(desk, name)?.identity !== 'changed') return desk.tell(`${name}'s key has not changed`);
				desk.show(trustQuestion(name));
			}),
	},
	{
		name: 'accept',
		words: '[NAME]',
		help: 'talk to a stranger who wrote first',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				if (contact(desk, name)?.request !== true) return desk.tell(`${name} has not asked`);
				desk.client.accept(name);
				desk.tell(`${name} is in your list`);
			}),
	},
	{
		name: 'nick',
		words: '[NICKNAME]',
		help: 'what you call whom you talk to, seen by you alone; without NICKNAME: their name',
		run: (desk, rest) =>
			withPeer(desk, '', name => {
				desk.client.setNickname(name, rest === '' ? undefined : rest);
				desk.tell(rest === '' ? `${name} is called ${name} again` : `${name} is called ${rest}`);
			}),
	},
	{
		name: 'away',
		words: '[WHY]',
		help: 'tell contacts that you are away; without WHY: you are back',
		run(desk, rest) {
			desk.client.setAway(rest === '' ? undefined : rest);
			desk.tell(rest === '' ? 'you are back' : `away: ${rest}`);
		},
	},
	...MESSAGE_COMMANDS,
	{
		name: 'retry',
		words: '',
		help: 'queue the failed messages of this conversation again',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				for (const {id, state} of desk.client.snapshot().conversations.get(name)?.messages ?? []) {
					if (state === 'failed') desk.client.retry(id);
				}
			}),
	},
	{
		name: 'mute',
		words: '[NAME]',
		help: 'no notifications for somebody; again to undo',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				const isMuted = desk.client.recall(MUTE_KEY, name) !== undefined;
				desk.client.remember(MUTE_KEY, isMuted ? undefined : 'yes', name);
				desk.tell(isMuted ? `${name} is heard again` : `${name} is muted`);
			}),
	},
	{
		name: 'who',
		words: '[PREFIX]',
		help: 'names in the directory that begin with PREFIX',
		async run(desk, rest) {
			const found = await desk.client.search(rest.toLowerCase());
			if (found.names.length === 0) desk.tell(`the directory knows no name that begins with ${rest}`);
			else desk.show(directoryOverlay(rest, found));
		},
	},
	{
		name: 'search',
		words: '[WORDS]',
		help: 'find what was said, here and everywhere',
		run: (desk, rest) => desk.show(searchOverlay(desk, rest === '' ? desk.peer : undefined, rest)),
	},
	{
		name: 'theme',
		words: '[NAME]',
		help: 'how it looks; without NAME: which themes there are',
		run(desk, rest) {
			const names = themeNames(desk.preferences);
			if (names.includes(rest)) desk.prefer({theme: rest});
			else desk.tell(`themes: ${names.join(', ')}`);
		},
	},
	{
		name: 'settings',
		words: '',
		help: 'theme, notifications, mouse, keys',
		run: desk => desk.show(settingsOverlay(desk.preferences)),
	},
	{
		name: 'doctor',
		words: '[--verbose]',
		help: 'what is known of the way to the directory and to each contact; --verbose: what was dropped, too',
		run(desk, rest) {
			if (rest !== '' && rest !== '--verbose') return desk.tell('type it as /doctor or /doctor --verbose');
			desk.show(doctorOverlay(() => desk.client.diagnose(), rest !== ''));
		},
	},
	{name: 'help', words: '', help: 'keys and commands', run: desk => desk.show(helpOverlay(desk.keymap))},
	{name: 'quit', words: '', help: 'leave', run: desk => desk.quit()},
];

export type Typed =
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'command'; readonly command: SlashCommand; readonly rest: string}
	| {readonly kind: 'unknown'; readonly name: string};

/** What a draft is: `//` begins a message with a slash. */
export function readDraft(draft: string): Typed {
	if (draft.startsWith('//')) return {kind: 'message', text: draft.slice(1)};
	if (!draft.startsWith('/')) return {kind: 'message', text: draft};
	const [name, rest] = split(draft.slice(1));
	const command = COMMANDS.find(known => known.name === name);
	return command === undefined ? {kind: 'unknown', name} : {kind: 'command', command, rest};
}

/** What may stand in place of the word that ends at the cursor: commands after a slash, else names. */
export function completions(beforeCursor: string, names: readonly string[]): {word: string; fits: readonly string[]} {
	const word = /\S*$/.exec(beforeCursor)?.[0] ?? '';
	if (word === beforeCursor && /^\/[a-z]*$/.test(word)) {
		return {word, fits: COMMANDS.map(({name}) => `/${name}`).filter(name => name.startsWith(word))};
	}

	const start = word.replace(/^@/, '').toLowerCase();
	if (start === '') return {word, fits: []};
	const sign = word.startsWith('@') ? '@' : '';
	return {word, fits: names.filter(name => name.startsWith(start)).map(name => `${sign}${name}`)};
}

/** The longest beginning that all of `words` share. */
export function sharedStart([first = '', ...others]: readonly string[]): string {
	let length = first.length;
	for (const word of others) while (!word.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}

function withPeer(desk: Desk, rest: string, act: (name: string) => void): void {
	const name = rest.replace(/^@/, '').toLowerCase() || desk.peer;
	if (name === undefined) return desk.tell('say whom: no conversation is open');
	act(name);
}

function contact(desk: Desk, name: string) {
	return desk.client.snapshot().contacts.find(known => known.name === name);
}

/** The first word, and what follows it. */
function split(text: string): [string, string] {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*([^]*)$/.exec(text) ?? [];
	return [word, rest.trim()];
}
