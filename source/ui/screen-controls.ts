// What commands and overlays may do to the screen and ask of the client; and what an overlay and a question are. The types name each other.
import {type Client, type Preferences} from '../client/facade.ts';
import {type ConversationId, type Message} from '../client/snapshot.ts';
import {type KeySettings, type Keymap} from './keymap.ts';
import {type ComposeTarget} from './panes/compose-target.ts';
import {type ScreenRow} from './widgets/spans.ts';

export type ScreenClient = Pick<
	Client,
	| 'caught'
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
	| 'lookUp'
	| 'find'
	| 'recall'
	| 'remember'
	| 'recallConversation'
	| 'rememberConversation'
	| 'typing'
	| 'devices'
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
	| 'reconnect'
	| 'recovery'
	| 'changePassword'
	| 'takePassword'
> & {readonly files: Pick<Client['files'], keyof Client['files']>};

export type ScreenControls = {
	readonly client: ScreenClient;
	/** The open one. */
	readonly conversation: ConversationId | undefined;
	/** The message that the draft replies to or edits. */
	readonly target: ComposeTarget | undefined;
	/** The messages of the open conversation that are loaded, oldest first. */
	readonly messages: readonly Message[];
	/** From now on the draft replies to a message or edits it; undefined: neither. */
	setTarget(target: ComposeTarget | undefined): void;
	readonly keymap: Keymap;
	readonly preferences: Preferences;
	/** Local ms. */
	readonly now: () => number;
	open(conversation: ConversationId): void;
	/** Sends a text that was written in the composer, and deletes the draft in the same step. */
	send(conversation: ConversationId, text: string): void;
	/** Opens the conversation of a message, scrolled to it. */
	reveal(conversation: ConversationId, id: string): void;
	/** Draws a message of the open conversation, or else the one that would be selected, without its markup; again: with it. */
	showRaw(message?: Message): void;
	/** Puts a text where the person pastes from, and says what was done. */
	copy(text: string): void;
	/** Shows one line until the next key. */
	tell(words: string): void;
	/** What lies on top. */
	readonly overlay: Overlay | undefined;
	/** Replaces the overlay; undefined closes it. */
	show(overlay: Overlay | undefined): void;
	/** Applies a change at once, and keeps it. */
	prefer(change: Partial<Preferences>): void;
	/** Sets the person's own keys, and keeps them. Returns what is wrong with them; then nothing changes. */
	rebind(keys: KeySettings): string | undefined;
	/** Whether there are no notifications of a conversation; kept. */
	isMuted(conversation: ConversationId): boolean;
	readonly mute: (conversation: ConversationId, isMuted: boolean) => void;
	/** Inserts into the draft, at the cursor. */
	write(text: string): void;
	quit(): void;
};

/** What an overlay is drawn into, cells; its field, if there is one, is drawn above. */
export type OverlaySize = {readonly width: number; readonly height: number};

export type Choice = {readonly label: string; readonly act: (screen: ScreenControls) => void};

/** Something to be decided. All texts are safe to draw. */
export type Question = {
	readonly title?: string;
	readonly words: string;
	/** The first answer: what stays as it is. */
	readonly keep: string;
	readonly choices: readonly Choice[];
};

/** What may lie on top of the messages: an immutable value, which a key replaces by another. */
export type Overlay = {
	/** What it is; safe to draw. */
	readonly title: string;
	/** The keys that it takes, in words. */
	readonly hint: string;
	/** What it asks, where it does nothing but ask: for who has no rows. */
	readonly question?: Question;
	/** What is typed in its field, safe to draw; without one it has no field. */
	readonly query?: string;
	/** It is drawn as dots. */
	readonly isSecret?: true;
	/** What is typed answers a question: nothing is looked for with it. */
	readonly isAnswer?: true;
	/** The overlay for what is typed now. */
	readonly ask?: (query: string, screen: ScreenControls) => Overlay;
	/** The overlay after the client had news; without it news changes nothing. */
	readonly renew?: (screen: ScreenControls) => Overlay;
	/** It says how long something has gone on since then, local ms: it is drawn anew each second. */
	readonly since?: number | undefined;
	/** All of it has to be seen: it may cover the conversation. */
	readonly needsAll?: true;
	/** At most `height` rows of `width` cells. Changes nothing. */
	rows(size: OverlaySize): readonly ScreenRow[];
	/** What a key does, by its name, in an overlay of a size; false when it is none of its keys. */
	take(key: string, screen: ScreenControls, size: OverlaySize): boolean;
};
