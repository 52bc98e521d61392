// The selected message, and what keys do with it. An action that cannot be undone asks first.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Message} from '../../client/snapshot.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {SELECTION_KEYS, type SelectionAction} from '../keymap.ts';
import {linkQuestion, undelivered, undeliveredQuestion} from '../overlays/questions.ts';
import {type TerminalActions} from '../terminal-actions.ts';
import {errorWords} from '../text/error-words.ts';
import {getFile, refuseFile, stateIn} from '../file-commands.ts';
import {canGet, hasFile, refusalOf} from '../panes/offer-state.ts';
import {change, erase, react, reply, showEdits} from '../message-commands.ts';
import {knownEmoji, loadEmoji} from '../../content/emoji.ts';
import {linkSegments} from '../text/links.ts';
import {type Reading} from './reading.ts';
import {type TalkState} from './talk-state.ts';

/** Action by key name; as many as SELECTION_KEYS has keys. */
const byKey: ReadonlyMap<string, SelectionAction> = new Map(
	SELECTION_KEYS.flatMap(({keys, action}) => keys.map(key => [key, action] as const)),
);

export class Selection {
	readonly #store: ValueStore<TalkState>;
	readonly #reading: Reading;
	readonly #screen: ScreenControls;
	readonly #terminal: TerminalActions;

	constructor(store: ValueStore<TalkState>, reading: Reading, screen: ScreenControls, terminal: TerminalActions) {
		this.#store = store;
		this.#reading = reading;
		this.#screen = screen;
		this.#terminal = terminal;
	}

	/** The marked message, or else the lowest one on the page. */
	get nearest(): Message | undefined {
		const {marked} = this.#store.value;
		const {messages} = this.#reading;
		return messages.find(({id}) => id === marked && this.#reading.isOnPage(id)) ?? this.#reading.lowest();
	}

	start(): void {
		const message = this.nearest;
		if (message === undefined) return this.#screen.tell(catalogue.notices.nothingToSelect);
		this.#store.put({selected: message.id, marked: undefined, overlay: undefined});
	}

	/** Selects the message in a row of the page, from 0. */
	startAt(row: number): void {
		const message = this.#reading.at(row);
		if (message !== undefined) this.#store.put({selected: message.id, marked: undefined});
	}

	/** Does what `key` says; false when it is none of SELECTION_KEYS. A promise: nothing is done yet, and `key` is to come again. */
	take(key: string): boolean | Promise<unknown> {
		const message = this.#message;
		const action = byKey.get(key);
		if (action === undefined || message === undefined) return false;
		// What is typed behind it is for the list of emoji.
		if (action === 'react' && knownEmoji() === undefined) {
			return loadEmoji(error => this.#screen.client.caught('emoji', error));
		}

		if (action === 'leave') this.leave();
		else if (action === 'open') this.#open(message);
		else if (action === 'up') this.#move(message, -1);
		else if (action === 'down') this.#move(message, 1);
		else this.#act(action, message);
		return true;
	}

	leave(): void {
		this.#store.put({selected: undefined});
	}

	/** The page or its messages have changed: the selected message stays on the page, or is not selected any more when it is gone. */
	attend(): void {
		if (this.#store.value.selected === undefined) return;
		const message = this.#message;
		if (message === undefined) this.leave();
		else if (!this.#reading.isOnPage(message.id)) this.#reading.keepInView(message.id);
	}

	/** The page has another size: the selected or marked message stays on it. */
	resized(): void {
		const {selected, marked} = this.#store.value;
		if (selected !== undefined) this.attend();
		else if (marked !== undefined && !this.#reading.isOnPage(marked)) this.#reading.showFirst(marked);
	}

	/** The page was scrolled: the selection moves onto it, and a mark that is not on it ends. */
	follow(): void {
		const {marked} = this.#store.value;
		if (marked !== undefined && !this.#reading.isOnPage(marked)) this.#store.put({marked: undefined});
		const message = this.#message;
		if (message === undefined || this.#reading.isOnPage(message.id)) return;
		const {messages} = this.#reading;
		const {first, last} = this.#reading.onPage();
		const next = messages[messages.indexOf(message) < first ? first : last];
		this.#store.put({selected: next?.id});
	}

	get #message(): Message | undefined {
		const {selected} = this.#store.value;
		return this.#reading.messages.find(({id}) => id === selected);
	}

	#move(message: Message, step: number): void {
		const {messages} = this.#reading;
		const next = messages[messages.indexOf(message) + step];
		if (next === undefined) return;
		this.#store.put({selected: next.id});
		this.#reading.keepInView(next.id);
	}

	/** Gets the file that it offers; draws all of a long message, or folds it again. */
	#open(message: Message): void {
		const {id} = message;
		if (hasFile(message)) {
			if (!canGet(message, stateIn(this.#screen, message))) return this.leave();
			return void getFile(this.#screen, message).catch((error: unknown) => this.#screen.tell(errorWords(error)));
		}

		if (!this.#reading.isLong(id)) return this.leave();
		this.#reading.open(id, !this.#store.value.opened.has(id));
		this.#reading.showFirst(id);
	}

	#act(action: Exclude<SelectionAction, 'leave' | 'open' | 'up' | 'down'>, message: Message): void {
		const tell = (words: string) => this.#screen.tell(words);
		switch (action) {
			case 'copy':
				return void this.#terminal.copy(message.text).then(done => tell(catalogue.notices.copied[done]));
			case 'raw':
				return this.#screen.showRaw(message);
			case 'open-link': {
				const url = linkSegments(message.text).find(segment => segment.url !== undefined)?.url;
				if (url === undefined) return tell(catalogue.notices.noLink);
				return this.#screen.show(linkQuestion(url, () => this.#terminal.openLink(url)));
			}

			case 'reply':
				return reply(this.#screen, message);
			case 'edit':
				return change(this.#screen, message);
			case 'delete':
				return erase(this.#screen, message);
			case 'react':
				return react(this.#screen, message);
			case 'history':
				return showEdits(this.#screen, message);
			default: {
				const choice = undelivered(message);
				const refusal = hasFile(message) ? refusalOf(message, stateIn(this.#screen, message)) : undefined;
				if (hasFile(message) && refusal !== undefined && choice === undefined && action === 'take-back') {
					return refuseFile(this.#screen, message, refusal);
				}

				const isFailed = message.state === 'failed';
				if (choice !== undefined && isFailed === (action === 'send-again')) {
					return this.#screen.show(undeliveredQuestion(message, choice));
				}

				tell(action === 'send-again' ? catalogue.notices.onlyFailed : catalogue.notices.onlyWaiting);
			}
		}
	}
}
