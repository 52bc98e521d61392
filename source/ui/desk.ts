// What commands and overlays may do: ask the client, and change what is on the screen.
import {type Client, type Preferences} from '../client/facade.ts';
import {type KeySettings, type Keymap} from './keymap.ts';
import {type Message} from '../client/snapshot.ts';
import {type Overlay} from './overlays/overlay.ts';
import {type Aim} from './panes/aim.ts';

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
	| 'recallPeer'
	| 'rememberPeer'
	| 'typing'
	| 'diagnose'
	| 'edit'
	| 'erase'
	| 'react'
	| 'act'
	| 'edits'
	| 'setTimer'
	| 'accept'
	| 'setNickname'
	| 'setAway'
	| 'outbox'
	| 'firstSince'
	| 'forget'
>;

export type Desk = {
	readonly client: DeskClient;
	/** Whose conversation is open. */
	readonly peer: string | undefined;
	/** What is written in it is about this message. */
	readonly aim: Aim | undefined;
	/** The messages of it that are on show, oldest first. */
	readonly messages: readonly Message[];
	/** From here on what is written answers a message, or gives it another text; undefined: neither. */
	aimAt(aim: Aim | undefined): void;
	readonly keymap: Keymap;
	readonly preferences: Preferences;
	/** Local ms. */
	readonly now: () => number;
	open(name: string): void;
	/** Sends what was written in the composer, which is forgotten there in the same step. */
	send(to: string, text: string): void;
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
