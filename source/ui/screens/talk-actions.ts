// What each action of the keymap does on the signed-in screen.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Snapshot, contactIn, otherIn, talkWith} from '../../client/snapshot.ts';
import {edit} from '../composer/edit.ts';
import {type Action} from '../keymap.ts';
import {SLASH_COMMANDS} from '../commands.ts';
import {reconnect} from '../reconnect.ts';
import {helpOverlay} from '../overlays/help.ts';
import {recallOverlay} from '../overlays/recall.ts';
import {keyRefusal, requestRefusal} from '../overlays/not-sent.ts';
import {searchOverlay} from '../overlays/search-overlay.ts';
import {switcherOverlay} from '../overlays/switcher.ts';
import {mentionCount} from '../panes/mention-count.ts';
import {hasTipRoom, undecidedAbout} from './talk-view.ts';
import {type Talk} from './talk.ts';

export class TalkActions {
	readonly #talk: Talk;

	constructor(talk: Talk) {
		this.#talk = talk;
	}

	/** Throws ClientError. */
	act(action: Action): void {
		const talk = this.#talk;
		const {list, reading, writing, terminal} = talk;
		switch (action) {
			case 'send':
				return this.#submit();
			case 'newline':
				return writing.edit(draft => edit(draft, {kind: 'newline'}));
			case 'complete':
				return writing.draft.cursor === 0 ? list.enter() : writing.complete();
			case 'to-list':
				return list.enter();
			case 'to-input':
				return list.leave();
			case 'list-up':
				return list.choose(-1);
			case 'list-down':
				return list.choose(1);
			case 'list-open':
				return list.openChosen();
			case 'next':
				return this.#step(1);
			case 'previous':
				return this.#step(-1);
			case 'next-unread':
				return this.#nextUnread();
			case 'last':
				return this.#openLast();
			case 'switcher':
				return talk.show(switcherOverlay(this.#snapshot.contacts));
			case 'page-up':
				return talk.scroll(() => reading.page(-1));
			case 'page-down':
				return talk.scroll(() => reading.page(1));
			case 'bottom':
				return talk.scroll(() => reading.toBottom());
			case 'first-unread':
				return talk.scroll(() => reading.toFirstNew());
			case 'select':
				list.leave();
				return talk.selection.start();
			case 'search':
				return talk.show(searchOverlay(talk, talk.conversation));
			case 'recall':
				return talk.show(recallOverlay(writing.draft.history.toReversed()));
			case 'editor':
				return void writing.inEditor();
			case 'help':
				return talk.show(helpOverlay(talk.keymap, SLASH_COMMANDS));
			case 'close':
				return this.#close();
			case 'redraw':
				return terminal.redraw();
			case 'reconnect':
				return reconnect(talk);
			case 'suspend':
				return terminal.suspend();
			case 'clear-or-quit':
				return this.#clearOrQuit();
			default:
				return this.#openNumber(Number(action.slice('open-'.length)));
		}
	}

	/** While another server answers in place of the known one. */
	actShut(action: Action): void {
		if (action === 'clear-or-quit') this.#talk.quit();
		else if (action === 'redraw' || action === 'suspend') this.act(action);
	}

	get #snapshot(): Snapshot {
		return this.#talk.client.snapshot();
	}

	/** Sends the draft, or makes it the new text of the message that it edits; or says why not, and keeps it. */
	#submit(): void {
		const {store, client, writing, reading, target, drop} = this.#talk;
		if (drop.files !== undefined) return void drop.offer();
		const text = writing.submit();
		if (text === undefined) return;
		const {open} = store.value;
		if (open === undefined) return this.#talk.tell(catalogue.notices.nobodyToSendTo);
		const undecided = undecidedAbout(this.#snapshot, open);
		if (undecided !== undefined) {
			const refusal = undecided === 'key' ? keyRefusal : requestRefusal;
			return this.#talk.show(refusal(otherIn(open)));
		}

		if (target?.kind === 'edit') client.edit(open, target.message.id, text, writing.submitted);
		else client.send(open, text, {reply: target?.message, draft: writing.submitted});
		writing.sent();
		this.#talk.firsts.putAway();
		client.reconnect();
		store.put({target: undefined, marked: undefined});
		reading.leave(open);
		reading.toBottom();
	}

	/** Closes what lies on top, or else ends a reply or an edit. */
	#close(): void {
		const {store, list, firsts, drop} = this.#talk;
		const {overlay, selected, tip} = store.value;
		const isCovered = overlay !== undefined || selected !== undefined || store.value.pane === 'list';
		if (!isCovered && drop.files !== undefined) return drop.leave();
		list.leave();
		if (!isCovered && this.#talk.target === undefined && tip !== undefined) {
			firsts.putAway();
			firsts.attend(hasTipRoom(this.#talk.layout));
		}

		if (overlay === undefined && selected === undefined) this.#talk.dropTarget();
		store.put({overlay: undefined, selected: undefined, marked: undefined});
	}

	#clearOrQuit(): void {
		const {store, writing} = this.#talk;
		const {overlay, selected, isQuitting} = store.value;
		const isCovered = overlay !== undefined || selected !== undefined;
		store.put({overlay: undefined, selected: undefined});
		if (!isCovered && writing.draft.text !== '') return writing.edit(draft => edit(draft, {kind: 'clear'}));
		if (isQuitting) return this.#talk.quit();
		store.put({isQuitting: true, notice: catalogue.notices.ctrlCAgainQuits});
	}

	/** Of the open conversation in the list; -1 when none is open. */
	get #place(): number {
		const {conversation} = this.#talk;
		return this.#snapshot.contacts.findIndex(({name}) => conversation !== undefined && name === otherIn(conversation));
	}

	#step(step: number): void {
		const {contacts} = this.#snapshot;
		const at = this.#place;
		const next = contacts.at((at + step) % contacts.length);
		if (next !== undefined) this.#talk.open(talkWith(next.name));
	}

	#nextUnread(): void {
		const snapshot = this.#snapshot;
		const {contacts} = snapshot;
		const at = this.#place;
		const unread = [...contacts.slice(at + 1), ...contacts.slice(0, at + 1)].filter(contact => contact.unread > 0);
		const next = unread.find(contact => mentionCount(snapshot, contact) > 0) ?? unread[0];
		if (next === undefined) return this.#talk.tell(catalogue.notices.nothingUnread);
		this.#talk.open(talkWith(next.name));
	}

	#openLast(): void {
		const {last} = this.#talk.store.value;
		if (last !== undefined && contactIn(this.#snapshot, last) !== undefined) this.#talk.open(last);
	}

	#openNumber(place: number): void {
		const contact = this.#snapshot.contacts[place - 1];
		if (contact !== undefined) this.#talk.open(talkWith(contact.name));
		else this.#talk.tell(catalogue.notices.noConversationNumber);
	}
}
