// Explains the first message, the first contact that is not verified and the first stranger, once each: what was explained is remembered.
import {type Client} from '../../client/facade.ts';
import {contactIn, otherIn} from '../../client/snapshot.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {FIRSTS, type First, type Tip} from '../panes/first-minutes.ts';
import {type TalkState} from './talk-state.ts';
import {undecidedAbout} from './talk-view.ts';

/** Under which the client remembers what was explained: words of FIRSTS. */
const KEY = 'explained';

export type FirstTimesClient = Pick<Client, 'snapshot' | 'recall' | 'remember' | 'caught'>;

export class FirstTimes {
	readonly #store: ValueStore<TalkState>;
	readonly #client: FirstTimesClient;
	/** At most as many as FIRSTS. */
	readonly #explained: Set<First>;

	constructor(store: ValueStore<TalkState>, client: FirstTimesClient) {
		this.#store = store;
		this.#client = client;
		const known = client.recall(KEY)?.split(' ') ?? [];
		this.#explained = new Set(FIRSTS.filter(first => known.includes(first)));
	}

	/** The client has news, or another conversation is open. On a screen without room for it nothing is explained. */
	attend(hasRoom: boolean): void {
		if (!hasRoom || this.#store.value.tip !== undefined || this.#explained.size === FIRSTS.length) return;
		const tip = this.#next();
		if (tip === undefined) return;
		this.#explained.add(tip.first);
		this.#store.put({tip});
		try {
			this.#client.remember(KEY, [...this.#explained].join(' '));
		} catch (error) {
			// After a restart it is explained again.
			this.#client.caught('explanation', error);
		}
	}

	putAway(): void {
		if (this.#store.value.tip !== undefined) this.#store.put({tip: undefined});
	}

	#next(): Tip | undefined {
		const snapshot = this.#client.snapshot();
		const {open} = this.#store.value;
		const isNew = (first: First) => !this.#explained.has(first);
		const current = contactIn(snapshot, open);
		// What must be decided first stands where it would be explained.
		if (undecidedAbout(snapshot, open) !== undefined) return undefined;
		if (open !== undefined && current !== undefined) {
			const messages = snapshot.conversations.get(open)?.messages ?? [];
			const name = otherIn(open);
			if (isNew('message') && messages.some(({direction}) => direction === 'out')) return {first: 'message', name};
			if (isNew('unverified') && current.identity === 'pinned' && messages.length > 0) {
				return {first: 'unverified', name};
			}
		}

		const stranger = isNew('stranger') ? snapshot.contacts.find(({request}) => request === true) : undefined;
		return stranger && {first: 'stranger', name: stranger.name};
	}
}
