// Slash commands, as data: the one table that they are looked up in, completed from and listed by in the help.
import {type Client} from '../client/facade.ts';

/** What a command may do to the screen. */
export type Desk = {
	readonly client: Pick<
		Client,
		'snapshot' | 'send' | 'addContact' | 'removeContact' | 'block' | 'safetyNumber' | 'trust' | 'search' | 'retry'
	>;
	/** Whose conversation is open. */
	readonly peer: string | undefined;
	open(name: string): void;
	tell(words: string): void;
	showHelp(): void;
	showSafetyNumber(name: string): void;
	showDirectory(prefix: string): Promise<void>;
	quit(): void;
};

export type SlashCommand = {
	readonly name: string;
	/** What follows the name; words in brackets may be left out. */
	readonly words: string;
	readonly help: string;
	/** `rest` is what follows the name. Throws ClientError. */
	run(desk: Desk, rest: string): void | Promise<void>;
};

export const COMMANDS: readonly SlashCommand[] = [
	{
		name: 'msg',
		words: 'NAME [TEXT]',
		help: 'open a conversation, and send TEXT',
		run(desk, rest) {
			const [typed, text] = split(rest);
			if (typed === '') return desk.tell('type it as /msg NAME');
			const name = desk.client.addContact(typed);
			if (text !== '') desk.client.send(name, text);
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
		run: (desk, rest) => withPeer(desk, rest, name => desk.client.removeContact(name)),
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
		run: (desk, rest) => withPeer(desk, rest, name => desk.showSafetyNumber(name)),
	},
	{
		name: 'trust',
		words: '[NAME]',
		help: 'take a changed key without comparing',
		run: (desk, rest) =>
			withPeer(desk, rest, name => {
				if (contact(desk, name)?.identity !== 'changed') return desk.tell(`${name}'s key has not changed`);
				desk.client.trust(name);
				desk.tell(`the new key of ${name} is taken, not compared`);
			}),
	},
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
		name: 'search',
		words: '[PREFIX]',
		help: 'names in the directory that begin with PREFIX',
		run: async (desk, rest) => desk.showDirectory(rest),
	},
	{name: 'help', words: '', help: 'keys and commands', run: desk => desk.showHelp()},
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
