// What commands and overlays may do: ask the client, and change what is on the screen.
import {type Client, type Preferences} from '../client/facade.ts';
import {type KeySettings, type Keymap} from './keymap.ts';
import {type Overlay} from './overlays/overlay.ts';

export type DeskClient = Pick<
	Client,
	| 'snapshot'
	| 'send'
	| 'cancel'
	| 'retry'
	| 'addContact'
	| 'removeContact'
	| 'block'
	| 'safetyNumber'
	| 'verify'
	| 'trust'
	| 'search'
	| 'find'
	| 'recall'
	| 'remember'
	| 'typing'
	| 'diagnose'
>;

export type Desk = {
	readonly client: DeskClient;
	/** Whose conversation is open. */
	readonly peer: string | undefined;
	readonly keymap: Keymap;
	readonly preferences: Preferences;
	/** Local ms. */
	readonly now: () => number;
	open(name: string): void;
	/** Opens the conversation of a message, scrolled to it. */
	reveal(name: string, id: string): void;
	/** One line, until the next key. */
	tell(words: string): void;
	/** In place of the overlay there is; undefined closes it. */
	show(overlay: Overlay | undefined): void;
	/** Holds at once, and is kept. */
	prefer(change: Partial<Preferences>): void;
	/** Keys of one's own, kept in the settings; what is wrong with them in words, and then nothing is changed. */
	rebind(keys: KeySettings): string | undefined;
	/** Into the draft, at the cursor. */
	write(text: string): void;
	quit(): void;
};
