// The command line of what is done about messages and people, as a task.
import {typedSeconds} from '../client/facade.ts';
import {type Flags, nameOf, waitOf, wrong} from './typed-flags.ts';
import {type VerbTask} from './verb-tasks.ts';
import {catalogue} from '../catalogue/catalogue.ts';

type Verb = VerbTask['kind'];

/** Of what sends a text: undefined where it is on standard input; and whether the id of the message is printed. */
export type TypedText = {readonly text?: string | undefined; readonly printsId?: boolean};

/** `typed`: `-` for standard input. */
export function typedText(typed: string, flags: Flags): TypedText {
	return {text: typed === '-' ? undefined : typed, printsId: flags['id'] === true};
}

/** Throws Failure. */
export function typedVerb(kind: Verb, words: readonly string[], flags: Flags): VerbTask & TypedText {
	const [first = '', second = '', ...others] = words;
	const name = nameOf(first);
	switch (kind) {
		case 'reply':
		case 'edit':
			return {kind, name, id: second, waitMs: waitOf(flags), ...typedText(others.join(' '), flags)};

		case 'delete':
		case 'pin':
			return {kind, name, id: second, waitMs: waitOf(flags)};
		case 'react':
			return {kind, name, id: second, emoji: others[0] ?? '', waitMs: waitOf(flags)};
		case 'unpin':
			return {kind, name, waitMs: waitOf(flags)};
		case 'timer': {
			const seconds = typedSeconds(second);
			if (seconds === undefined) throw wrong(catalogue.commandLine.duration);
			return {kind, name, seconds, waitMs: waitOf(flags)};
		}

		case 'read':
			return {kind, name, ...(second !== '' && {id: second})};
		case 'nick':
			return {kind, name, ...(words.length > 1 && {nickname: words.slice(1).join(' ')})};
		case 'away':
			return {kind, ...(words.length > 0 && {text: words.join(' ')})};
		case 'outbox':
			return {kind, json: flags['json'] === true};
		case 'cancel':
			return {kind, id: first};
		case 'retry':
			return {kind, id: first, waitMs: waitOf(flags)};
		default:
			return {kind, name};
	}
}
