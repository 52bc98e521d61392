// What `tail --since` prints first: all that has come since then, once, and nothing unread is passed over; over a real history.
import test from 'ava';
import {UnreadPrinter} from '../../source/cli/unread.ts';
import {KeptMessages} from '../../source/client/kept-messages.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {historyFile, key, message} from '../messaging/history/entries.ts';

test('since then all is printed in the order that it came, and before it what is unread and older', async t => {
	const history = openHistory(await historyFile(t), key);
	const [ann, bob] = [talkWith('ann'), talkWith('bob')];
	history.append([
		message('in', 'ann', 1, 'read long ago'),
		message('in', 'bob', 2, 'unread, older'),
		message('in', 'ann', 3, 'read'),
		message('out', 'bob', 4, 'own'),
		message('in', 'bob', 5, 'unread'),
		message('in', 'cas', 6, 'not in the list'),
		message('in', 'ann', 7, 'unread, too'),
	]);
	history.markRead(ann, message('in', 'ann', 3, '').id);
	const reader = {
		unread: (conversation: typeof bob, limit: number) => history.unread(conversation, limit),
		markRead: (conversation: typeof ann, upTo?: string) => {
			history.markRead(conversation, upTo);
			return true;
		},
	};
	const printed: string[] = [];
	const unread = new UnreadPrinter(reader, async ({text}) => {
		if (printed.length === 2) {
			// It comes meanwhile, and is told of besides.
			const late = message('in', 'bob', 8, 'just now');
			history.append([late]);
			unread.arrived(late);
		}

		printed.push(text);
	});
	await unread.printFrom(new KeptMessages(history, () => {}), {time: 3}, [ann, bob]);
	const all = ['unread, older', 'read', 'unread', 'unread, too', 'just now'];
	t.deepEqual(printed, all);
	await unread.print(ann, bob);
	t.deepEqual(printed, all);
	t.deepEqual(history.unread(bob, 9), []);
	history.close();
});

test('where nobody takes the output, what was not printed stays unread', async t => {
	const history = openHistory(await historyFile(t), key);
	const bob = talkWith('bob');
	history.append([1, 2, 3].map(number => message('in', 'bob', number, String(number))));
	const reader = {
		unread: (conversation: typeof bob, limit: number) => history.unread(conversation, limit),
		markRead: (...read: [typeof bob, string?]) => Boolean(history.markRead(...read)),
	};
	const unread = new UnreadPrinter(reader, async ({text}) => {
		if (text === '2') throw new Error('nobody reads');
	});
	await t.throwsAsync(unread.printFrom(new KeptMessages(history, () => {}), {time: 0}, [bob]), {
		message: 'nobody reads',
	});
	t.deepEqual(
		history.unread(bob, 9).map(({text}) => text),
		['2', '3'],
	);
	history.close();
});
