// The slash commands, as one table: for running, completing and the help.
import {typedTalk} from '../client/facade.ts';
import {otherIn, talkWith} from '../client/snapshot.ts';
import {type ScreenControls} from './screen-controls.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {trustQuestion} from './overlays/questions.ts';
import {directoryOverlay} from './overlays/directory-overlay.ts';
import {doctorOverlay} from './overlays/doctor.ts';
import {helpOverlay} from './overlays/help.ts';
import {searchOverlay} from './overlays/search-overlay.ts';
import {settingsOverlay} from './overlays/settings-overlay.ts';
import {verifyOverlay} from './overlays/verify.ts';
import {type SlashCommand} from './slash-command.ts';
import {safeName} from './text/safe.ts';
import {withNewcomer} from './newcomer.ts';
import {reconnect} from './reconnect.ts';
import {MESSAGE_COMMANDS} from './message-commands.ts';
import {themeNames} from './theme.ts';

export const SLASH_COMMANDS: readonly SlashCommand[] = [
	{
		name: 'msg',
		words: 'NAME [TEXT]',
		help: 'open a conversation, and send TEXT',
		run(screen, rest) {
			const [typed, text] = split(rest);
			if (typed === '') return screen.tell('usage: /msg NAME');
			return withNewcomer(screen, typed, name => {
				const conversation = talkWith(screen.client.addContact(name));
				if (text !== '') screen.send(conversation, text);
				screen.open(conversation);
			});
		},
	},
	{
		name: 'add',
		words: 'NAME',
		help: 'add somebody to the list',
		run(screen, rest) {
			if (rest === '') return screen.tell('usage: /add NAME');
			return withNewcomer(screen, rest, name => screen.open(talkWith(screen.client.addContact(name))));
		},
	},
	{
		name: 'remove',
		words: '[NAME]',
		help: 'take somebody off the list; what was said stays',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => {
				screen.show(
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
		help: 'block or unblock; they see you offline',
		run(screen, rest) {
			const block = (name: string) => {
				const isBlocked = contact(screen, name)?.blocked === true;
				screen.client.block(name, !isBlocked);
				screen.tell(isBlocked ? `you unblocked ${name}` : `you blocked ${name}`);
			};

			return rest === '' ? withSomebody(screen, '', block) : withNewcomer(screen, rest, block);
		},
	},
	{
		name: 'verify',
		words: '[NAME]',
		help: 'show the safety number, to compare in person or by telephone',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => screen.show(verifyOverlay(name, screen.client.safetyNumber(name)))),
	},
	{
		name: 'trust',
		words: '[NAME]',
		help: 'take a changed key without comparing',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => {
				if (contact(screen, name)?.identity !== 'changed') return screen.tell(`the key of ${name} has not changed`);
				screen.show(trustQuestion(name));
			}),
	},
	{
		name: 'accept',
		words: '[NAME]',
		help: 'talk to a stranger who wrote first',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => {
				if (contact(screen, name)?.request !== true) return screen.tell(`there is no request of ${name}`);
				screen.client.accept(name);
				screen.tell(`you accepted ${name}`);
			}),
	},
	{
		name: 'nick',
		words: '[NICKNAME]',
		help: 'what you call them, seen by you alone; without NICKNAME: their name',
		run: (screen, rest) =>
			withSomebody(screen, '', name => {
				screen.client.setNickname(name, rest === '' ? undefined : rest);
				screen.tell(rest === '' ? `you call ${name} by their name again` : `you call ${name} “${rest}” now`);
			}),
	},
	{
		name: 'away',
		words: '[WHY]',
		help: 'tell contacts that you are away; without WHY: you are back',
		run(screen, rest) {
			screen.client.setAway(rest === '' ? undefined : rest);
			screen.tell(rest === '' ? 'you are back' : `contacts see that you are away: ${rest}`);
		},
	},
	...MESSAGE_COMMANDS,
	{
		name: 'retry',
		words: '',
		help: 'queue the failed messages of this conversation again',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => {
				for (const {id, state} of screen.client.snapshot().conversations.get(typedTalk(name))?.messages ?? []) {
					if (state === 'failed') screen.client.retry(id);
				}
			}),
	},
	{
		name: 'mute',
		words: '[NAME]',
		help: 'no notifications for somebody; again to undo',
		run: (screen, rest) =>
			withSomebody(screen, rest, name => {
				const conversation = typedTalk(name);
				const isMuted = screen.isMuted(conversation);
				screen.mute(conversation, !isMuted);
				screen.tell(isMuted ? `you unmuted ${name}` : `you muted ${name}: no notifications`);
			}),
	},
	{
		name: 'who',
		words: '[PREFIX]',
		help: 'names in the directory that begin with PREFIX',
		async run(screen, rest) {
			const found = await screen.client.search(rest.toLowerCase());
			if (found.names.length === 0) screen.tell(`no name in the directory begins with ${rest}`);
			else screen.show(directoryOverlay(rest, found));
		},
	},
	{
		name: 'search',
		words: '[WORDS]',
		help: 'find what was said, here and everywhere',
		run: (screen, rest) => screen.show(searchOverlay(screen, rest === '' ? screen.conversation : undefined, rest)),
	},
	{
		name: 'theme',
		words: '[NAME]',
		help: 'colours; without NAME: which themes there are',
		run(screen, rest) {
			const names = themeNames(screen.preferences);
			if (names.includes(rest)) screen.prefer({theme: rest});
			else screen.tell(`themes: ${names.join(', ')}`);
		},
	},
	{
		name: 'settings',
		words: '',
		help: 'theme, glyphs, notifications, mouse, keys',
		run: screen => screen.show(settingsOverlay(screen.preferences)),
	},
	{
		name: 'doctor',
		words: '[--verbose]',
		help: 'what was tried to reach the directory and each contact, and what to do; --verbose: what was dropped, too',
		run(screen, rest) {
			if (rest !== '' && rest !== '--verbose') return screen.tell('usage: /doctor or /doctor --verbose');
			screen.show(doctorOverlay(screen.client.diagnose(), {now: screen.now, isVerbose: rest !== ''}));
		},
	},
	{
		name: 'reconnect',
		words: '',
		help: 'connect to the server now, without waiting for the next try',
		run: screen => reconnect(screen),
	},
	{
		name: 'help',
		words: '',
		help: 'keys and commands',
		run: screen => screen.show(helpOverlay(screen.keymap, SLASH_COMMANDS)),
	},
	{name: 'quit', words: '', help: 'quit', run: screen => screen.quit()},
];

export type Typed<Command = SlashCommand> =
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'command'; readonly command: Command; readonly rest: string}
	| {readonly kind: 'unknown'; readonly name: string};

/** What a draft is: `//` begins a message with a slash. */
export function readDraft(draft: string): Typed {
	return readWith(SLASH_COMMANDS, draft);
}

/** The same with other commands. */
export function readWith<Command extends {readonly name: string}>(
	commands: readonly Command[],
	draft: string,
): Typed<Command> {
	if (draft.startsWith('//')) return {kind: 'message', text: draft.slice(1)};
	if (!draft.startsWith('/')) return {kind: 'message', text: draft};
	const [name, rest] = split(draft.slice(1));
	const command = commands.find(known => known.name === name);
	return command === undefined ? {kind: 'unknown', name} : {kind: 'command', command, rest};
}

/** What the word before the cursor may be completed to: commands after a slash, else names. */
export function completions(beforeCursor: string, names: readonly string[]): {word: string; fits: readonly string[]} {
	const word = /\S*$/.exec(beforeCursor)?.[0] ?? '';
	if (word === beforeCursor && /^\/[a-z]*$/.test(word)) {
		return {word, fits: SLASH_COMMANDS.map(({name}) => `/${name}`).filter(name => name.startsWith(word))};
	}

	const start = word.replace(/^@/, '').toLowerCase();
	if (start === '') return {word, fits: []};
	const sign = word.startsWith('@') ? '@' : '';
	return {word, fits: names.filter(name => name.startsWith(start)).map(name => `${sign}${name}`)};
}

/** The longest beginning that all `words` share. */
export function sharedStart([first = '', ...others]: readonly string[]): string {
	let length = first.length;
	for (const word of others) while (!word.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}

/** Calls `act` with the name that is typed, or else that of whom the open conversation is with; says what is wrong when there is none in the list. */
export function withSomebody(screen: ScreenControls, rest: string, act: (name: string) => void): void {
	const {conversation} = screen;
	const name = rest.replace(/^@/, '').toLowerCase() || (conversation && otherIn(conversation));
	if (name === undefined) return screen.tell('name somebody: no conversation is open');
	if (contact(screen, name) === undefined) return screen.tell(`there is no ${name} in your list`);
	act(name);
}

function contact(screen: ScreenControls, name: string) {
	return screen.client.snapshot().contacts.find(known => known.name === name);
}

/** The first word, and what follows it. */
function split(text: string): [string, string] {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*([^]*)$/.exec(text) ?? [];
	return [word, rest.trim()];
}
