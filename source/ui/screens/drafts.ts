// What is being written in each conversation: kept by the client in its encrypted store, so that a restart finds it again.
import {type DeskClient} from '../desk.ts';
import {type Composer, emptyComposer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {Store} from '../hooks/store.ts';

/** Without a key for so long, a draft goes to the disk, ms. */
const PAUSE_MS = 1000;

export class Drafts {
	/** What was changed, by conversation: one a contact, one while nothing is open, and one for commands typed under a warning. */
	readonly store = new Store<ReadonlyMap<string, Composer>>(new Map());
	readonly #client: Pick<DeskClient, 'recall' | 'remember'>;
	/** What the client kept, by the same keys, each asked for once. */
	readonly #recalled = new Map<string, Composer>();
	/** Keys to be written down. */
	readonly #unkept = new Set<string>();
	#timer: NodeJS.Timeout | undefined;

	constructor(client: Pick<DeskClient, 'recall' | 'remember'>) {
		this.#client = client;
	}

	get(key: string): Composer {
		const known = this.store.value.get(key) ?? this.#recalled.get(key);
		if (known !== undefined) return known;
		const kept = this.#client.recall(memoryKey(key));
		const draft = kept === undefined ? emptyComposer : edit(emptyComposer, {kind: 'set', text: kept});
		this.#recalled.set(key, draft);
		return draft;
	}

	set(key: string, draft: Composer): void {
		if (this.get(key).text !== draft.text) this.#unkept.add(key);
		this.store.set(new Map(this.store.value).set(key, draft));
		clearTimeout(this.#timer);
		if (this.#unkept.size > 0) this.#timer = setTimeout(this.keep, PAUSE_MS).unref();
	}

	/** Writes down what has changed. A disk that is full costs a draft at a restart, not now. */
	readonly keep = (): void => {
		clearTimeout(this.#timer);
		for (const key of this.#unkept) {
			const {text} = this.get(key);
			try {
				this.#client.remember(memoryKey(key), text === '' ? undefined : text);
				this.#unkept.delete(key);
			} catch {
				// It is tried again with the next change.
			}
		}
	};
}

function memoryKey(key: string): string {
	return `draft ${key}`;
}
