// search, export, forget, check, backup and restore.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');
const messages = (count: number) => plural(count, {one: `${count} message`, other: `${count} messages`});

export const history = {
	noMessages: (name: string) => `there are no messages with ${name}: nothing is forgotten`,
	/** A question on the terminal; `terminal.yes` is the word that answers it. */
	askForget: (count: number, name: string) => `Take ${messages(count)} with ${name} off this disk for good? Type yes: `,
	noTerminal: 'there is no terminal to ask on: add --yes to forget',
	notForgotten: 'nothing is forgotten',
	forgotten: (count: number, name: string) => `forgot ${messages(count)} with ${name}`,
	sound: 'the history is sound',
	/** What is damaged follows, a line each. */
	damaged: 'the history is damaged: put a copy in its place',
	damagedPage: (page: number) => `page ${page} is damaged`,
	/** `why`: an error's code, or `fileThere`. */
	cannotWrite: (file: string, why: string) => `cannot write ${file}: ${why}`,
	fileThere: 'it is there already: choose another name, or add --force',
	copied: (folder: string) => `copied to ${folder}`,
	restored: (folder: string) => `restored to ${folder}`,
};
