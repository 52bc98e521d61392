// The skeleton of this process, shown when this file is loaded: by the launcher, from a bundle of its own, before anything else is,
// and by the client's door where that did not.
import {fstatSync, writeSync} from 'node:fs';
import process from 'node:process';
import {canPlaceText} from '../os/terminfo.ts';
import {Skeleton, wantsScreen} from './skeleton.ts';

// By their numbers: to make streams of them takes longer than all else before the skeleton.
export const [STDIN, STDOUT] = [0, 1];
const shared = globalThis as {[key: symbol]: Skeleton | undefined};

export const skeleton: Skeleton = (shared[Symbol.for('simchat.skeleton')] ??= begin());

function begin(): Skeleton {
	const made = new Skeleton(text => {
		try {
			writeSync(STDOUT, text);
		} catch {
			// What is wrong with the output is told by who writes a result there.
		}
	});
	const {argv, env} = process;
	if (mayBeTerminal() && wantsScreen(argv.slice(2)) && canPlaceText(env)) made.show();
	return made;
}

/** Whether both streams are one device: that is a terminal, or one like /dev/null, which shows nothing. */
function mayBeTerminal(): boolean {
	const [input, output] = [fstatSync(STDIN), fstatSync(STDOUT)];
	return input.isCharacterDevice() && output.isCharacterDevice() && input.rdev === output.rdev;
}
