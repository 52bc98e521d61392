// A message that is selected, and what keys do with it.
import {type Message} from '../../client/snapshot.ts';
import {type Desk} from '../desk.ts';
import {type Store} from '../hooks/store.ts';
import {type Surface} from '../surface.ts';
import {change, erase, react, reply, showEdits} from '../message-commands.ts';
import {linkSegments} from '../text/links.ts';
import {type Reading} from './reading.ts';
import {type TalkState} from './talk-state.ts';

export const SELECTION_HINT =
	'j k move, r reply, e edit, d delete, + react, h as it was, y copy, o open link, s send again, x take back, Esc';

export class Selection {
	readonly #store: Store<TalkState>;
	readonly #reading: Reading;
	readonly #desk: Desk;
	readonly #surface: Surface;

	constructor(store: Store<TalkState>, reading: Reading, desk: Desk, surface: Surface) {
		this.#store = store;
		this.#reading = reading;
		this.#desk = desk;
		this.#surface = surface;
	}

	/** At the newest message on the page. */
	start(): void {
		const message = this.#reading.lowest();
		if (message === undefined) return this.#desk.tell('there is no message to select yet');
		this.#store.put({selected: message.id, overlay: undefined});
	}

	/** Whether `key` was one of a selection's. */
	take(key: string): boolean {
		const {selected} = this.#store.value;
		const messages = this.#reading.messages;
		const index = messages.findIndex(({id}) => id === selected);
		const message = messages[index];
		if (selected === undefined) return false;
		if (message === undefined || key === 'escape' || key === 'q') {
			this.#store.put({selected: undefined});
			return true;
		}

		const step = {up: -1, k: -1, down: 1, j: 1}[key];
		if (step !== undefined) this.#move(messages[index + step]);
		else if (!this.#act(key, message)) return false;
		return true;
	}

	#move(message: Message | undefined): void {
		if (message === undefined) return;
		this.#store.put({selected: message.id});
		this.#reading.keepInView(message.id);
	}

	#act(key: string, message: Message): boolean {
		const {client} = this.#desk;
		const tell = (words: string) => this.#desk.tell(words);
		const isOwn = message.direction === 'out';
		switch (key) {
			case 'y':
				tell(this.#surface.copy(message.text) ? 'copied' : 'too long for the terminal’s clipboard');
				return true;
			case 'o': {
				const url = linkSegments(message.text).find(segment => segment.url !== undefined)?.url;
				if (url === undefined) tell('there is no link in it');
				else tell(this.#surface.openLink(url) ? `opened ${url}` : 'nothing here opens links: y copies it');
				return true;
			}

			case 'r':
				reply(this.#desk, message);
				return true;
			case 'e':
				change(this.#desk, message);
				return true;
			case 'd':
				erase(this.#desk, message);
				return true;
			case '+':
				void react(this.#desk, message);
				return true;
			case 'h':
				showEdits(this.#desk, message);
				return true;
			case 's':
				if (isOwn && message.state === 'failed') client.retry(message.id);
				else tell('only what failed is sent again');
				return true;
			case 'x':
				if (!isOwn || !client.cancel(message.id)) tell('only what still waits is taken back');
				return true;
			default:
				return false;
		}
	}
}
