// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const offeredFiles = {
	/** Of a file. `number`: with one digit behind the point at most, as this language writes it. */
	sizes: {
		B: (number: string) => `${number} B`,
		kB: (number: string) => `${number} kB`,
		MB: (number: string) => `${number} MB`,
		GB: (number: string) => `${number} GB`,
		TB: (number: string) => `${number} TB`,
	},
	/** How fast and how far: `size` is one of `sizes`, `duration` one of `time`. Some 10 cells each. */
	rate: (size: string) => `${size}/s`,
	percent: (share: string) => `${share} %`,
	left: (duration: string) => `${duration} left`,
	/** Of a file that somebody else offers, `name`. The command and the keys stay. */
	theirs: {
		offered: 'offered: /get gets it',
		offeredEnter: 'offered: Enter gets it, x declines',
		waiting: (name: string) => `waiting for a device of ${name}`,
		checking: 'all of it is here, being checked',
		saved: (path: string) => `saved as ${path}`,
		/** Where it was saved is not known any more. */
		received: 'received',
		declined: 'declined',
	},
	/** Of a file that we offer to `name`. */
	ours: {
		offered: 'offered',
		accepted: (name: string) => `${name} wants it`,
		received: (name: string) => `${name} has it`,
		declined: (name: string) => `${name} declined it`,
	},
	/** By this side, and by the other one. */
	stopped: 'stopped',
	stoppedBy: (name: string) => `${name} stopped it`,
	/** Above the input, where a file was dropped into the window: one, and several, with the size of all. Sentences, but for the keys. */
	drop: (file: string, size: string) => `Send ${file}, ${size}?`,
	dropMany: (count: number, size: string) =>
		plural(count, {one: `Send ${count} file, ${size}?`, other: `Send ${count} files, ${size}?`}),
	dropKeys: 'Enter sends · Esc leaves it as text',
	/** A file in a list of them. `state`: one of the states here. */
	line: (file: string, size: string, state: string) => `${file}, ${size}: ${state}`,
};
