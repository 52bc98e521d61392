// The signed-in screen as it should be, without a terminal: it takes the keys that a real one takes, and says what is in each cell.
import {ValueStore} from '../../source/ui/hooks/value-store.ts';
import {keysOf} from '../../source/ui/hooks/keyboard.ts';
import {KeyParser} from '../../source/ui/input/key-parser.ts';
import {talkFrame} from '../../source/ui/screens/talk-frame.ts';
import {TalkKeys} from '../../source/ui/screens/talk-keys.ts';
import {Talk} from '../../source/ui/screens/talk.ts';
import {graphemeWidth, graphemes, isAgreed} from '../../source/ui/text/width.ts';
import {type Size} from '../../source/ui/widgets/spans.ts';
import {type ClientTwin} from '../twins/client.ts';

const nothing = () => {};

export class ModelScreen {
	#size: Size;
	readonly #talk: Talk;
	readonly #keys: TalkKeys;

	constructor(client: ClientTwin, size: Size, now: () => number) {
		this.#size = size;
		const preferences = new ValueStore(client.preferences);
		const actions = {quit: nothing, suspend: nothing, redraw: nothing, notify: nothing};
		const done = {copy: async () => 'sent' as const, openLink: () => true, edit: async (text: string) => text};
		const terminal = {size: () => this.#size, ...actions, ...done};
		this.#talk = new Talk({client, preferences, prefer: nothing, now, terminal});
		this.#keys = new TalkKeys(this.#talk);
		client.subscribe(this.#talk.attend);
	}

	resize(size: Size): void {
		this.#size = size;
		this.#talk.drawnIn(size);
	}

	type(typed: string): void {
		const waiting = new KeyParser().push(typed);
		for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
			const outcome = this.#keys.take(event);
			if (outcome === 'keys') waiting.unshift(...keysOf(event));
			const query = this.#talk.store.value.overlay?.query ?? '';
			if (outcome === 'field' && event.kind === 'text') this.#keys.ask(query + event.text);
		}
	}

	/** By row: what begins in each cell, '' behind a wide one; undefined where terminals disagree, and in the field of an overlay. */
	get cells(): (string | undefined)[][] {
		const {list, rows, cursor} = talkFrame(this.#talk.view);
		const field = this.#talk.store.value.overlay?.query === undefined ? undefined : cursor?.y;
		return Array.from({length: this.#size.rows}, (_, y) => {
			const cells = [...(list[y] ?? []), ...(rows[y] ?? [])].flatMap(({text}) => graphemes(text).flatMap(cellsOf));
			const blanks = Array.from({length: Math.max(0, this.#size.columns - cells.length)}, () => ' ');
			return y === field ? Array.from({length: this.#size.columns}, () => undefined) : [...cells, ...blanks];
		});
	}
}

function cellsOf(grapheme: string): (string | undefined)[] {
	const isKnown = isAgreed(grapheme);
	return Array.from({length: graphemeWidth(grapheme)}, (_, index) => {
		if (!isKnown) return undefined;
		return index === 0 ? grapheme : '';
	});
}
