// What a key does to a draft.
import {type Composer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {editOf} from '../composer/edit-keys.ts';
import {type KeyEvent, keyName} from '../input/key-events.ts';

/** `draft`, drawn in `columns`, after `event`; the same value when the event does not edit. */
export function typed(draft: Composer, event: KeyEvent, columns: number): Composer {
	if (event.kind === 'text' || event.kind === 'paste') return edit(draft, {kind: 'insert', text: event.text});
	const action = event.kind === 'key' ? editOf(keyName(event), columns) : undefined;
	return action === undefined ? draft : edit(draft, action);
}

export function insertText(draft: Composer, text: string): Composer {
	return edit(draft, {kind: 'insert', text});
}
