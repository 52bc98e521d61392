// Files that are dropped into the window: terminals paste their paths, and the person says whether the files are meant or the text.
import {stat} from 'node:fs/promises';
import {type ValueStore} from '../hooks/value-store.ts';
import {edit} from '../composer/edit.ts';
import {offerFiles} from '../file-commands.ts';
import {type DroppedFiles} from '../panes/dropped-files.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {errorWords} from '../text/error-words.ts';
import {droppedPaths} from '../text/typed-paths.ts';
import {type TalkState} from './talk-state.ts';
import {droppedIn} from './talk-view.ts';
import {type Writing} from './writing.ts';

/** UTF-16 units of what is looked at, and files in it. */
const TEXT_LIMIT = 16_384;
const FILES_LIMIT = 32;

export class FileDrop {
	readonly #store: ValueStore<TalkState>;
	readonly #writing: Pick<Writing, 'draft' | 'edit' | 'sent'>;
	readonly #screen: ScreenControls;

	constructor(store: ValueStore<TalkState>, writing: Pick<Writing, 'draft' | 'edit' | 'sent'>, screen: ScreenControls) {
		this.#store = store;
		this.#writing = writing;
		this.#screen = screen;
	}

	/** Those that Enter offers now. */
	get files(): DroppedFiles | undefined {
		return droppedIn(this.#store.value, this.#writing.draft);
	}

	/** `pasted` is all of the draft: where it is the paths of files that are there, that is asked. */
	async look(pasted: string): Promise<void> {
		const {conversation} = this.#screen;
		if (conversation === undefined || pasted.length > TEXT_LIMIT) return;
		const {text} = this.#writing.draft;
		for (const paths of droppedPaths(pasted)) {
			const size = paths.length > FILES_LIMIT ? undefined : await sizeOf(paths);
			if (size === undefined) continue;
			this.#store.put({dropped: {conversation, text, paths, size}});
			return;
		}
	}

	/** It is a text. */
	leave(): void {
		this.#store.put({dropped: undefined});
	}

	async offer(): Promise<void> {
		const {files} = this;
		if (files === undefined) return;
		const {conversation, text, paths} = files;
		this.#writing.sent();
		const back = () => {
			if (this.#screen.conversation === conversation && this.#writing.draft.text === '') {
				this.#writing.edit(draft => edit(draft, {kind: 'set', text}));
			}
		};

		try {
			if (await offerFiles(this.#screen, conversation, paths)) this.leave();
			else back();
		} catch (error) {
			back();
			this.#screen.tell(errorWords(error));
		}
	}
}

/** Bytes of files of bytes; undefined when one of them is none. */
async function sizeOf(paths: readonly string[]): Promise<number | undefined> {
	let size = 0;
	for (const file of paths) {
		const found = await stat(file).catch(() => undefined);
		if (found?.isFile() !== true) return undefined;
		size += found.size;
	}

	return size;
}
