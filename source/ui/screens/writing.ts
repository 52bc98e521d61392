// Writing: the draft of the open conversation, and what becomes of it: a message, a command, or a text in the editor.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ConversationId} from '../../client/snapshot.ts';
import {readDraft} from '../commands.ts';
import {type Composer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {type Action} from '../keymap.ts';
import {typed} from '../hooks/draft-input.ts';
import {type KeyEvent} from '../input/key-events.ts';
import {type TerminalActions} from '../terminal-actions.ts';
import {knownEmoji} from '../../content/emoji.ts';
import {errorWords} from '../text/error-words.ts';
import {Completion, type CompletionScreen} from './completion.ts';
import {type DraftName, Drafts} from './drafts.ts';
import {draftNameOf, undecidedAbout} from './talk-view.ts';

/** A draft that begins a command, or nothing yet. */
const COMMAND = /^(?:\/(?!\/)|$)/;
/** A command that opens the list of emoji. */
const REACTION = /^\/react\s*$/;

export class Writing {
	readonly drafts: Drafts;
	readonly #screen: ScreenControls;
	readonly #terminal: Pick<TerminalActions, 'edit'>;
	/** Where the others were told that the person is typing. */
	#told: ConversationId | undefined;
	#submitted: DraftName = {conversation: undefined, kind: 'draft'};
	readonly #completion: Completion;

	constructor(screen: ScreenControls & CompletionScreen, terminal: Pick<TerminalActions, 'edit'>) {
		this.#screen = screen;
		this.#terminal = terminal;
		this.drafts = new Drafts(screen.client);
		this.#completion = new Completion(this, screen);
	}

	/** What the composer shows. */
	get draft(): Composer {
		return this.drafts.get(this.#name);
	}

	/** Writes down what a restart needs. */
	keep(): void {
		this.stop();
		this.drafts.keep();
	}

	/** The person does not type here any more. */
	stop(): void {
		if (this.#told !== undefined) this.#screen.client.typing(this.#told, false);
		this.#told = undefined;
	}

	/** `columns` that the text is drawn in. A promise: nothing is typed yet, and `event` is to come again once it is settled. */
	type(event: KeyEvent, columns: number): Promise<unknown> | void {
		// What a terminal marks as a paste is left as it is; of anything else one cannot know that it was not typed.
		const isTyped = event.kind === 'text' || (event.kind === 'paste' && event.keys !== undefined);
		const next = isTyped ? this.#completion.typed(this.draft, event.text) : typed(this.draft, event, columns);
		if (next instanceof Promise) return next;
		this.edit(() => next);
	}

	edit(change: (draft: Composer) => Composer): void {
		const before = this.draft;
		const next = change(before);
		this.drafts.set(this.#name, next);
		if (next.text !== before.text) this.#mark(next.text);
		if (next.isFull) this.#screen.tell(catalogue.notices.isFull);
	}

	complete(): void {
		this.#completion.complete();
	}

	/** Settles once `action` knows the emoji that it needs; undefined when it does. What is typed behind it is for what it opens. */
	readyFor(action: Action | undefined): Promise<unknown> | undefined {
		if (action === 'complete') return this.#completion.ready;
		const isReaction = action === 'send' && REACTION.test(this.draft.text);
		return isReaction && knownEmoji() === undefined ? this.#completion.loadEmoji() : undefined;
	}

	/** The name of the draft that was submitted last, as the client keeps it. */
	get submitted(): {readonly key: string; readonly conversation: ConversationId | undefined} {
		return {key: this.#submitted.kind, conversation: this.#submitted.conversation};
	}

	/** The text of a message that is to be sent. Undefined when the draft was empty, or a command: that is run here. */
	submit(): string | undefined {
		const {text} = this.draft;
		this.#submitted = this.#name;
		if (text.trim() === '') return undefined;
		const read = readDraft(text);
		if (read.kind === 'message') return read.text;
		if (read.kind === 'unknown') {
			this.#screen.tell(catalogue.notices.noCommand(read.name));
			return undefined;
		}

		this.#empty();
		const failed = (error: unknown) => {
			if (this.draft.text === '') this.edit(draft => edit(draft, {kind: 'set', text}));
			this.#screen.tell(errorWords(error));
		};

		try {
			const done = read.command.run(this.#screen, read.rest);
			// Until it is done, the disk has the line.
			if (done instanceof Promise) done.then(() => this.drafts.keep(), failed);
			else this.drafts.keep();
		} catch (error) {
			failed(error);
			this.drafts.keep();
		}

		return undefined;
	}

	/** The draft was sent. */
	sent(): void {
		this.#empty();
		this.drafts.keep();
	}

	/** Empties the composer. The draft stays on the disk until the message is there. */
	#empty(): void {
		this.stop();
		this.drafts.put(this.#name, edit(this.draft, {kind: 'sent'}));
	}

	async inEditor(): Promise<void> {
		const name = this.#name;
		try {
			const text = await this.#terminal.edit(this.drafts.get(name).text);
			this.drafts.set(name, edit(this.drafts.get(name), {kind: 'set', text}));
		} catch (error) {
			this.#screen.tell(errorWords(error));
		}
	}

	get #name(): DraftName {
		const {conversation, target} = this.#screen;
		return draftNameOf(conversation, target);
	}

	/**
	 * Tells the others that the person is typing, but not who is a stranger or has another key. The client limits how often, and
	 * takes it back when no key follows.
	 */
	#mark(text: string): void {
		const {conversation, client, preferences} = this.#screen;
		const isSilent = !preferences.typing || undecidedAbout(client.snapshot(), conversation) !== undefined;
		if (conversation === undefined || COMMAND.test(text) || isSilent) return this.stop();
		this.#told = conversation;
		client.typing(conversation, true);
	}
}
