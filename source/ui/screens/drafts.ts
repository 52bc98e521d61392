// The draft of each conversation. The client keeps it in its encrypted store, so that it is there after a restart.
import {type ConversationId} from '../../client/snapshot.ts';
import {type ScreenClient} from '../screen-controls.ts';
import {type Composer, emptyComposer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {ValueStore} from '../hooks/value-store.ts';

/** A message, or the new text of one. */
const KINDS = ['draft', 'edit'] as const;

/** `conversation` undefined: none is open. */
export type DraftName = {readonly conversation: ConversationId | undefined; readonly kind: (typeof KINDS)[number]};

export class Drafts {
	/** Drafts that were changed, by `keyOf` their names. */
	readonly store = new ValueStore<ReadonlyMap<string, Composer>>(new Map());
	readonly #client: Pick<ScreenClient, 'recall' | 'remember' | 'caught'>;
	/** Drafts that the client kept, by the same keys, each loaded once. */
	readonly #recalled = new Map<string, Composer>();
	/** Drafts that are not written down yet, by the same keys. */
	readonly #unkept = new Map<string, DraftName>();

	constructor(client: Pick<ScreenClient, 'recall' | 'remember' | 'caught'>) {
		this.#client = client;
		this.load(undefined);
	}

	/** Asks the client for the drafts of a conversation, before it is opened: drawing asks nothing. */
	load(conversation: ConversationId | undefined): void {
		for (const kind of KINDS) {
			const key = keyOf({conversation, kind});
			if (this.#recalled.has(key)) continue;
			const kept = this.#client.recall(kind, conversation);
			this.#recalled.set(key, kept === undefined ? emptyComposer : edit(emptyComposer, {kind: 'set', text: kept}));
		}
	}

	/** A draft of a conversation that was loaded. Changes nothing. */
	get(name: DraftName): Composer {
		const key = keyOf(name);
		return this.store.value.get(key) ?? this.#recalled.get(key) ?? emptyComposer;
	}

	/** Changes a draft, and writes it down before it is drawn. */
	set(name: DraftName, draft: Composer): void {
		this.put(name, draft);
		this.keep();
	}

	/** Changes a draft, and writes it down with the next `keep`. */
	put(name: DraftName, draft: Composer): void {
		const key = keyOf(name);
		if (this.get(name).text !== draft.text) this.#unkept.set(key, name);
		this.store.set(new Map(this.store.value).set(key, draft));
	}

	/** Writes down what has changed. On a full disk the draft is lost with a restart only. */
	readonly keep = (): void => {
		for (const [key, name] of this.#unkept) {
			const {text} = this.get(name);
			try {
				this.#client.remember(name.kind, text === '' ? undefined : text, name.conversation);
				this.#unkept.delete(key);
			} catch (error) {
				// It is tried again with the next change.
				this.#client.caught('draft', error);
			}
		}
	};
}

function keyOf({conversation, kind}: DraftName): string {
	return conversation === undefined ? kind : `${kind} ${conversation}`;
}
