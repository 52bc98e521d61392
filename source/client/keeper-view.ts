// What a keeper does and holds, for whoever runs it; it stays over sign-off and sign-in.
import {Audience} from '../os/audience.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {type KeeperNews, type KeeperState} from '../messaging/keeper.ts';

export class KeeperView {
	readonly #current: CurrentSignIn;
	readonly #audience = new Audience<KeeperNews>();

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/** What the keeper of this sign-in tells. */
	readonly tell = this.#audience.tell;

	/** Calls `listener` with what it does; the result ends that. */
	onNews(listener: (news: KeeperNews) => void): () => void {
		return this.#audience.add(listener);
	}

	/** What it holds; undefined of a client that is none, or that is not signed in. Reads all of it. */
	state(): KeeperState | undefined {
		return this.#current.signedIn?.keeper?.state();
	}
}
