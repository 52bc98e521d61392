// What an overlay may do to the screen, without a screen: what it asks for is written down, oldest first.
import {type Overlay, type OverlaySize, type ScreenControls} from '../../../source/ui/screen-controls.ts';
import {type KeySettings, Keymap} from '../../../source/ui/keymap.ts';
import {type ClientTwin} from '../../twins/client.ts';
import {type ConversationId, talkWith} from '../../../source/messaging/conversation.ts';

export class ScreenTwin implements ScreenControls {
	readonly client: ClientTwin;
	conversation: ConversationId | undefined = talkWith('bob');
	keymap = new Keymap();
	readonly now = () => 0;
	/** What lies on top. */
	overlay: Overlay | undefined;
	readonly asked: string[] = [];
	/** As it was drawn last. */
	size: OverlaySize = {width: 80, height: 20};

	constructor(client: ClientTwin) {
		this.client = client;
	}

	target: ScreenControls['target'];
	readonly copy = (text: string) => void this.asked.push(`copy ${text}`);

	get messages() {
		const {conversations} = this.client.snapshot();
		return (this.conversation && conversations.get(this.conversation)?.messages) ?? [];
	}

	readonly setTarget = (target: ScreenControls['target']) => {
		this.target = target;
	};

	get preferences() {
		return this.client.preferences;
	}

	/** Presses keys on the overlay; whether it took each of them. */
	press(...keys: readonly string[]): boolean[] {
		return keys.map(key => this.overlay?.take(key, this, this.size) ?? false);
	}

	/** Types into the overlay's field, in place of what is there. */
	ask(query: string): void {
		this.overlay = this.overlay?.ask?.(query, this);
	}

	/** The client had news. */
	renew(): void {
		this.overlay = this.overlay?.renew?.(this);
	}

	/** Its rows as text, without the spaces at their ends. */
	lines(width = 80, height = 20): string[] {
		this.size = {width, height};
		const rows = this.overlay?.rows(this.size) ?? [];
		return rows.map(row =>
			row
				.map(({text}) => text)
				.join('')
				.trimEnd(),
		);
	}

	readonly show = (overlay: Overlay | undefined) => {
		this.overlay = overlay;
	};

	readonly open = (name: string) => this.#note(`open ${name}`);
	readonly send = (conversation: ConversationId, text: string) => void this.client.send(conversation, text);
	readonly reveal = (name: string, id: string) => this.#note(`reveal ${name} ${id}`);
	readonly showRaw = () => this.#note('showRaw');
	readonly tell = (words: string) => this.#note(`tell ${words}`);
	readonly write = (text: string) => this.#note(`write ${text}`);
	readonly muted = new Set<string>();
	readonly isMuted = (conversation: string) => this.muted.has(conversation);
	readonly mute = (conversation: string, isMuted: boolean) => {
		if (isMuted) this.muted.add(conversation);
		else this.muted.delete(conversation);
	};

	readonly quit = () => this.#note('quit');
	readonly prefer = (change: Partial<ScreenControls['preferences']>) => this.client.setPreferences(change);

	rebind(keys: KeySettings): string | undefined {
		const keymap = new Keymap(keys);
		if (keymap.problems.length > 0) return keymap.problems[0];
		this.prefer({keys});
		this.keymap = keymap;
		return undefined;
	}

	#note(words: string): void {
		this.asked.push(words);
	}
}
