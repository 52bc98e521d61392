// A bot that keeps a shopping list with everybody who writes to it: add milk, remove milk, show.
// Give it an account of its own, and start it: simchat run examples/shopping-list.js --profile FOLDER
// The lists are kept in the encrypted history of that account, so that the bot may be ended and started again.

/** @typedef {import('simchat/bot').Chat} Chat */

/** Of one list, and characters of one item: anybody may write. */
const ITEMS = 100;
const ITEM_LENGTH = 100;

/** @param {Chat} chat */
export default function shoppingList(chat) {
	chat.on('message', async ({peer, text}) => {
		// It was deleted before it was read.
		if (text === '') return;
		// It counts as read when this is done: after a crash it comes again, and nothing is on the list twice.
		try {
			await chat.send(peer, answer(chat, peer, text.trim()));
		} catch (error) {
			// A key that has changed, or too many lists: others go on.
			console.error(peer, error instanceof Error ? error.message : error);
		}
	});
}

/**
 * @param {Chat} chat
 * @param {string} name
 * @param {string} text
 */
function answer(chat, name, text) {
	const [, verb = '', item = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
	const list = new Set(/** @type {string[]} */ (JSON.parse(chat.recall('list', name) ?? '[]')));
	const keep = () => chat.remember('list', list.size === 0 ? undefined : JSON.stringify([...list]), name);
	switch (verb.toLowerCase()) {
		case 'add':
			if (item === '') break;
			if (item.length > ITEM_LENGTH || list.size >= ITEMS) return 'that is too much for the list';
			list.add(item);
			keep();
			return `${item} is on the list`;
		case 'remove':
			if (!list.delete(item)) return 'that is not on the list';
			keep();
			return `${item} is off the list`;
		case 'show':
			return list.size === 0 ? 'the list is empty' : [...list].map(each => `- ${each}`).join('\n');
		default:
	}

	return 'I know: add ITEM, remove ITEM, show';
}
