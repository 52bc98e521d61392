// What the screen remembers of a conversation belongs to that conversation, whatever people are called and whatever they write.
import test from 'ava';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {historyFile, key, message} from './entries.ts';
import {olderFile} from './older.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

test('to forget somebody called mute or draft or bob takes nothing of anybody else', async t => {
	const history = openHistory(await historyFile(t), key);
	const names = ['mute', 'draft', 'edit', 'command', 'open', 'bob', 'carol'];
	for (const name of names) {
		history.remember('draft', 'bob', talkWith(name));
		history.remember('mute', 'yes', talkWith(name));
	}

	history.remember('theme', 'bob');
	history.rememberConversation('open', talkWith('carol'));
	for (const [index, name] of names.slice(0, -1).entries()) {
		history.forget(talkWith(name));
		const left = names.filter(
			each => history.recall('draft', talkWith(each)) === 'bob' && history.recall('mute', talkWith(each)) === 'yes',
		);
		t.deepEqual(left, names.slice(index + 1), name);
		t.is(history.recall('theme'), 'bob');
		t.is(history.recallConversation('open'), talkWith('carol'));
	}

	history.forget(talkWith('carol'));
	t.is(history.recallConversation('open'), undefined);
	t.is(history.recall('theme'), 'bob');
	history.close();
});

test('a message and the draft that it was change places in one step', async t => {
	const history = openHistory(await historyFile(t), key);
	history.remember('draft', 'hello', talkWith('bob'));
	history.remember('draft', 'hello', talkWith('carol'));
	const [first, second] = [message('out', 'bob', 1, 'hello'), message('out', 'bob', 2, 'hello')];
	const broken = {
		...second,
		get text(): string {
			throw new Error('no');
		},
	};
	t.throws(() => history.append([first, broken], undefined, {key: 'draft', conversation: talkWith('bob')}), {
		message: 'no',
	});
	t.deepEqual(history.page(talkWith('bob'), 10), [], 'nothing of a step that failed is there');
	t.is(history.recall('draft', talkWith('bob')), 'hello');
	history.append([first], undefined, {key: 'draft', conversation: talkWith('bob')});
	t.is(history.page(talkWith('bob'), 10).length, 1);
	t.is(history.recall('draft', talkWith('bob')), undefined);
	t.is(history.recall('draft', talkWith('carol')), 'hello');
	history.close();
});

test('what an older build kept of a conversation belongs to it from the update on', async t => {
	const file = await historyFile(t);
	olderFile(file, 4, database => {
		const remember = database.prepare('INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)');
		for (const [kept, value] of [
			['draft bob', 'mute carol'],
			['draft edit bob', 'another text'],
			['draft ! bob', '/verify'],
			['draft ', 'nobody is open'],
			['draft mute', 'to whom is called so'],
			['mute bob', 'yes'],
			['mute mute', 'yes'],
			['mute x.y-z_0', 'yes'],
			['open', 'carol'],
			['of a later screen', 'kept'],
		]) {
			remember.run(kept, value);
		}
	});
	for (let round = 0; round < 2; round++) {
		const history = openHistory(file, key);
		t.is(history.recall('draft', talkWith('bob')), 'mute carol');
		t.is(history.recall('edit', talkWith('bob')), 'another text');
		t.is(history.recall('command', talkWith('bob')), '/verify');
		t.is(history.recall('draft'), 'nobody is open');
		t.is(history.recall('draft', talkWith('mute')), 'to whom is called so');
		t.deepEqual(
			['bob', 'mute', 'x.y-z_0', 'carol'].map(name => history.recall('mute', talkWith(name))),
			['yes', 'yes', 'yes', undefined],
		);
		t.is(history.recallConversation('open'), talkWith('carol'));
		t.is(history.recall('of a later screen'), 'kept');
		if (round === 1) {
			history.forget(talkWith('mute'));
			t.is(history.recall('draft', talkWith('bob')), 'mute carol');
			t.is(history.recall('mute', talkWith('bob')), 'yes');
			t.is(history.recall('draft', talkWith('mute')), undefined);
		}

		history.close();
	}
});
