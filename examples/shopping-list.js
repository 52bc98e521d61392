// A bot that keeps a shopping list with everybody who writes to it: add milk, remove milk, show.
// Give it an account of its own, and start it: simchat run examples/shopping-list.js --profile FOLDER
// The lists are kept in the encrypted history of that account, so that the bot may be ended and started again.

/** @typedef {import('simchat/bot').Chat} Chat */

/** @param {Chat} chat */
export default function shoppingList(chat) {
	chat.on('message', async ({peer, id, text}) => {
		// It counts as read when this is done: after a crash it comes again, and nothing is on the list twice.
		await chat.reply(peer, id, answer(chat, peer, text.trim()));
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
	switch (verb.toLowerCase()) {
		case 'add':
			if (item === '') break;
			list.add(item);
			chat.remember('list', JSON.stringify([...list]), name);
			return `${item} is on the list`;
		case 'remove':
			if (!list.delete(item)) return `${item} is not on the list`;
			chat.remember('list', JSON.stringify([...list]), name);
			return `${item} is off the list`;
		case 'show':
			return list.size === 0 ? 'the list is empty' : [...list].map(each => `- ${each}`).join('\n');
		default:
	}

	return 'I know: add ITEM, remove ITEM, show';
}
