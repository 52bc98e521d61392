// What the screen remembers of a conversation belongs to that conversation, whatever people are called and whatever they write.
import test from 'ava';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {historyFile, key, message} from './entries.ts';
import {olderFile} from './older.ts';

test('to forget somebody called mute or draft or bob takes nothing of anybody else', async t => {
	const history = openHistory(await historyFile(t), key);
	const names = ['mute', 'draft', 'edit', 'command', 'open', 'bob', 'carol'];
	for (const name of names) {
		history.remember('draft', 'bob', name);
		history.remember('mute', 'yes', name);
	}

	history.remember('theme', 'bob');
	history.rememberPeer('open', 'carol');
	for (const [index, name] of names.slice(0, -1).entries()) {
		history.forget(name);
		const left = names.filter(
			each => history.recall('draft', each) === 'bob' && history.recall('mute', each) === 'yes',
		);
		t.deepEqual(left, names.slice(index + 1), name);
		t.is(history.recall('theme'), 'bob');
		t.is(history.recallPeer('open'), 'carol');
	}

	history.forget('carol');
	t.is(history.recallPeer('open'), undefined);
	t.is(history.recall('theme'), 'bob');
	history.close();
});

test('a message and the draft that it was change places in one step', async t => {
	const history = openHistory(await historyFile(t), key);
	history.remember('draft', 'hello', 'bob');
	history.remember('draft', 'hello', 'carol');
	const [first, second] = [message('out', 'bob', 1, 'hello'), message('out', 'bob', 2, 'hello')];
	const broken = {
		...second,
		get text(): string {
			throw new Error('no');
		},
	};
	t.throws(() => history.append([first, broken], undefined, {key: 'draft', peer: 'bob'}), {message: 'no'});
	t.deepEqual(history.page('bob', 10), [], 'nothing of a step that failed is there');
	t.is(history.recall('draft', 'bob'), 'hello');
	history.append([first], undefined, {key: 'draft', peer: 'bob'});
	t.is(history.page('bob', 10).length, 1);
	t.is(history.recall('draft', 'bob'), undefined);
	t.is(history.recall('draft', 'carol'), 'hello');
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
		t.is(history.recall('draft', 'bob'), 'mute carol');
		t.is(history.recall('edit', 'bob'), 'another text');
		t.is(history.recall('command', 'bob'), '/verify');
		t.is(history.recall('draft'), 'nobody is open');
		t.is(history.recall('draft', 'mute'), 'to whom is called so');
		t.deepEqual(
			['bob', 'mute', 'x.y-z_0', 'carol'].map(name => history.recall('mute', name)),
			['yes', 'yes', 'yes', undefined],
		);
		t.is(history.recallPeer('open'), 'carol');
		t.is(history.recall('of a later screen'), 'kept');
		if (round === 1) {
			history.forget('mute');
			t.is(history.recall('draft', 'bob'), 'mute carol');
			t.is(history.recall('mute', 'bob'), 'yes');
			t.is(history.recall('draft', 'mute'), undefined);
		}

		history.close();
	}
});
