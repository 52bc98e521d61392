// Puts on show what the disk has of a conversation now, once something of it has changed.
import {SETTINGS} from '../content/kinds.ts';
import {type ConversationId} from './conversation.ts';
import {type Agreement, type ConversationView} from './conversation-view.ts';
import {type History} from './history/history.ts';
import {type MessageName, messageKey} from './message.ts';

/** Messages on show at first, and more at each step back. */
export const MESSAGE_PAGE = 50;

/** Under it is remembered how many devices the other one of a conversation uses, and since when. */
export const DEVICES_KEY = 'devices';

export class ConversationDisplay {
	readonly #history: History;
	readonly #view: ConversationView;

	constructor(history: History, view: ConversationView) {
		this.#history = history;
		this.#view = view;
	}

	/** Messages have changed: they, and those on show that answer them. */
	refresh(conversation: ConversationId, names: readonly MessageName[]): void {
		if (names.length === 0) return;
		const changed = new Set(names.map(name => messageKey(name)));
		const shown = this.#view.conversation(conversation)?.messages ?? [];
		const answers = shown.filter(({reply}) => reply !== undefined && changed.has(messageKey(reply)));
		const each = new Map([...names, ...answers].map(name => [messageKey(name), name]));
		this.#view.replace(conversation, this.#history.messages(conversation, [...each.values()]));
		this.agreed(conversation);
	}

	/** As much as is on show, as the disk has it now; but what a session has is sent, which the disk does not know. */
	anew(conversation: ConversationId): void {
		const shown = this.#view.conversation(conversation)?.messages ?? [];
		const sent = new Set(shown.filter(({state}) => state === 'sent').map(({id}) => id));
		const count = Math.max(MESSAGE_PAGE, shown.length);
		const page = this.#history.page(conversation, count + 1);
		this.#view.drop(conversation, shown);
		this.#view.prepend(conversation, page.slice(-count), page.length > count);
		const still = page.filter(({id, state}) => state === 'queued' && sent.has(id)).map(({id}) => id);
		this.#view.setState(conversation, still, 'sent');
		const read = this.#history.readUpTo(conversation);
		if (read !== undefined) this.#view.markRead(conversation, read.id);
		this.agreed(conversation);
	}

	/** How many devices the other one uses, once that has changed. */
	devices(conversation: ConversationId): void {
		if (this.#view.standing(conversation) === undefined) return;
		const [count, since] = this.#history.recall(DEVICES_KEY, conversation)?.split(' ').map(Number) ?? [];
		this.#view.setDevices(conversation, count === undefined || since === undefined ? undefined : {count, since});
	}

	/** What holds for the conversation: of what is about a message, as long as that is there. */
	agreed(conversation: ConversationId): void {
		const shown = this.#view.standing(conversation);
		if (shown === undefined) return;
		const agreed: Record<string, Agreement> = {};
		for (const {name, none, about} of SETTINGS) {
			const {value = none, target} = this.#history.setting(conversation, name) ?? {};
			if (value === undefined || value === none) continue;
			const message = target && this.#history.messages(conversation, [target])[0];
			if (message !== undefined && message.deleted !== true) {
				agreed[name] = {value, message: {direction: message.direction, id: message.id, text: message.text}};
			} else if (about === 'conversation') {
				agreed[name] = {value};
			}
		}

		const isSame = JSON.stringify(shown.agreed ?? {}) === JSON.stringify(agreed);
		if (!isSame) this.#view.setAgreed(conversation, Object.keys(agreed).length === 0 ? undefined : agreed);
	}
}
