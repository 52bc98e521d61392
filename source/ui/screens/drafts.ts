// What is being written in each conversation: kept by the client in its encrypted store, so that a restart finds it again.
import {type ScreenClient} from '../screen-controls.ts';
import {type Composer, emptyComposer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {ValueStore} from '../hooks/value-store.ts';

/** Which draft: a message, a command that is typed under a warning, or another text for a message. Undefined: nothing is open. */
export type DraftName = {readonly peer: string | undefined; readonly kind: 'draft' | 'command' | 'edit'};

export class Drafts {
	/** What was changed, by `keyOf` its name. */
	readonly store = new ValueStore<ReadonlyMap<string, Composer>>(new Map());
	readonly #client: Pick<ScreenClient, 'recall' | 'remember'>;
	/** What the client kept, by the same keys, each asked for once. */
	readonly #recalled = new Map<string, Composer>();
	/** What is to be written down, by the same keys. */
	readonly #unkept = new Map<string, DraftName>();

	constructor(client: Pick<ScreenClient, 'recall' | 'remember'>) {
		this.#client = client;
	}

	get(name: DraftName): Composer {
		const key = keyOf(name);
		const known = this.store.value.get(key) ?? this.#recalled.get(key);
		if (known !== undefined) return known;
		const kept = this.#client.recall(name.kind, name.peer);
		const draft = kept === undefined ? emptyComposer : edit(emptyComposer, {kind: 'set', text: kept});
		this.#recalled.set(key, draft);
		return draft;
	}

	/** What is seen in the composer is on the disk before it is drawn. */
	set(name: DraftName, draft: Composer): void {
		this.put(name, draft);
		this.keep();
	}

	/** Without writing it down until `keep`. */
	put(name: DraftName, draft: Composer): void {
		const key = keyOf(name);
		if (this.get(name).text !== draft.text) this.#unkept.set(key, name);
		this.store.set(new Map(this.store.value).set(key, draft));
	}

	/** Writes down what has changed. A disk that is full costs a draft at a restart, not now. */
	readonly keep = (): void => {
		for (const [key, name] of this.#unkept) {
			const {text} = this.get(name);
			try {
				this.#client.remember(name.kind, text === '' ? undefined : text, name.peer);
				this.#unkept.delete(key);
			} catch {
				// It is tried again with the next change.
			}
		}
	};
}

function keyOf({peer, kind}: DraftName): string {
	return peer === undefined ? kind : `${kind} ${peer}`;
}
