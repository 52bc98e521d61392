// Which conversations bring no notifications. The client remembers it; the state has it as well, for drawing asks the client nothing.
import {type ConversationId, talkWith} from '../../client/snapshot.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {type ScreenClient} from '../screen-controls.ts';
import {type TalkState} from './talk-state.ts';

/** The client remembers under this key that a contact is muted. */
const KEY = 'mute';

export class Mutes {
	readonly #store: ValueStore<TalkState>;
	readonly #client: Pick<ScreenClient, 'recall' | 'remember' | 'snapshot'>;
	/** Of which contacts the client was asked, by name: as many as there were in the list. */
	readonly #asked = new Set<string>();

	constructor(store: ValueStore<TalkState>, client: Pick<ScreenClient, 'recall' | 'remember' | 'snapshot'>) {
		this.#store = store;
		this.#client = client;
	}

	/** Asks the client for those of contacts that are new in the list. */
	attend(): void {
		const found: ConversationId[] = [];
		for (const {name} of this.#client.snapshot().contacts) {
			if (this.#asked.has(name)) continue;
			this.#asked.add(name);
			if (this.#client.recall(KEY, talkWith(name)) !== undefined) found.push(talkWith(name));
		}

		if (found.length > 0) this.#store.put({muted: new Set([...this.#store.value.muted, ...found])});
	}

	has(conversation: ConversationId): boolean {
		return this.#store.value.muted.has(conversation);
	}

	/** Throws ClientError: not-signed-in, disk. */
	set(conversation: ConversationId, isMuted: boolean): void {
		this.#client.remember(KEY, isMuted ? 'yes' : undefined, conversation);
		const others = [...this.#store.value.muted].filter(other => other !== conversation);
		this.#store.put({muted: new Set(isMuted ? [...others, conversation] : others)});
	}
}
