// The table of acts. A new kind is a file, and a line here.
import {type ActContent, type ActKind} from './act.ts';
import {fileAnswer} from './file-answer.ts';
import {deletion} from './deletion.ts';
import {textEdit} from './text-edit.ts';
import {pin} from './pin.ts';
import {reaction} from './reaction.ts';
import {readMark} from './read-mark.ts';
import {timer} from './timer.ts';

const kinds = [textEdit, deletion, reaction, readMark, timer, pin, fileAnswer] as const;

export type ActName = (typeof kinds)[number]['name'];
export type KnownAct = ActContent<ActName>;

export const ACTS: ReadonlyArray<ActKind<ActName>> = kinds;

const byName = new Map(ACTS.map(kind => [kind.name, kind]));

/** Kinds of what holds for a conversation. */
export const SETTINGS = ACTS.filter(({effect}) => effect === 'setting');

export function actKind(name: ActName): ActKind<ActName> {
	return byName.get(name)!;
}
