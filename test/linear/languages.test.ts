// In a language without a Latin letter no Latin word stays in what the linear client says, but names, commands and what people wrote.
import test, {type ExecutionContext} from 'ava';
import {saying} from '../../source/catalogue/catalogue.ts';
import {talkWith} from '../../source/client/snapshot.ts';
import {chosenBy, questionLines} from '../../source/linear/line-question.ts';
import {type Heard, type NewsEvent, hear, nothingHeard} from '../../source/linear/linear-news.ts';
import {
	actWords,
	contactWords,
	failureWords,
	messageWords,
	pastLines,
	spoken,
	unreadWords,
} from '../../source/linear/linear-words.ts';
import {refusalLines, sendQuestion} from '../../source/linear/unsent.ts';
import {latinWords, pseudo, speakPseudo} from '../catalogue/pseudo.ts';
import {ClientTwin, contact, message} from '../twins/client.ts';

speakPseudo();

const BOB = talkWith('bob');

function isOther(t: ExecutionContext, lines: readonly string[], ...known: string[]): void {
	t.true(lines.length > 0);
	for (const line of lines) t.deepEqual(latinWords(line, ['bob', ...known.flatMap(each => each.split(' '))]), [], line);
}

test('files, and what becomes of them', t => {
	const file = {name: 'hi', size: 5, root: '', device: '', answers: {}};
	const [theirs, ours] = (['in', 'out'] as const).map(direction => message('bob', 1, {direction, text: 'hi', file}));
	for (const each of [theirs!, ours!]) {
		isOther(t, messageWords(each, {now: each.time}), 'hi get');
		isOther(t, pastLines([each], {now: each.time, open: BOB}), 'hi get');
		for (const value of ['accepted', 'declined', 'received', 'stopped']) {
			const change = {kind: 'file', value, conversation: BOB, direction: 'in', time: 0} as const;
			isOther(t, actWords(change, each) ?? [], 'hi');
		}
	}

	const twin = new ClientTwin([contact('bob')], [theirs!]);
	let heard = hear(nothingHeard, {kind: 'snapshot', snapshot: twin.snapshot()}, 0).heard;
	const transfer = {conversation: BOB, message: {direction: 'in', id: theirs!.id}, size: 5, done: 1, rate: 1} as const;
	for (const part of [{state: 'running'}, {state: 'failed', problem: 'limit'}, {state: 'done', path: '/a'}] as const) {
		twin.put({transfers: new Map([['a', {...transfer, ...part}]])});
		const news = hear(heard, {kind: 'snapshot', snapshot: twin.snapshot()}, 0);
		({heard} = news);
		isOther(t, news.lines, 'hi a fileLimit');
	}
});

test('messages, contacts and what becomes of both', t => {
	const own = message('bob', 1, {direction: 'out', reactions: [{direction: 'out', emoji: '👍'}], text: 'hi'});
	const theirs = message('bob', 2, {
		text: '/me hi',
		lifetime: 60,
		edited: 1,
		reactions: [{direction: 'in', emoji: '👍'}],
		reply: {id: '1', direction: 'in', text: undefined},
	});
	const now = own.time;
	for (const state of ['queued', 'sent', 'delivered', 'read', 'failed'] as const) {
		isOther(t, pastLines([{...own, state}, theirs], {now, open: undefined}), 'hi');
	}

	isOther(t, messageWords({...theirs, deleted: true}, {now}));
	isOther(t, messageWords({...theirs, reply: {id: '1', direction: 'in', text: 'hi'}}, {now: now + 9e9}), 'hi Tue Nov');
	for (const reason of ['identity-changed', 'blocked', 'cancelled', 'refused', undefined] as const) {
		isOther(t, [failureWords({...own, reason})]);
	}

	for (const [kind, value] of [
		['edit', 'hi'],
		['delete', ''],
		['reaction', '👍'],
		['reaction', ''],
		['timer', '60'],
		['timer', '0'],
		['pin', 'pinned'],
		['pin', ''],
	] as const) {
		const change = {kind, value, conversation: BOB, direction: 'in', time: 0} as const;
		isOther(t, actWords(change, theirs) ?? [], 'hi', 'me');
		isOther(t, actWords(change, undefined) ?? [], 'hi');
	}

	const full = contact('bob', {unread: 2, outbox: 1, nickname: '1', away: '2', presence: 'unknown'});
	const agreed = {timer: {value: '60', direction: 'in', time: 0}} as const;
	for (const identity of ['unknown', 'pinned', 'verified', 'changed'] as const) {
		isOther(t, [contactWords({...full, identity, agreed}, {isMuted: true})]);
	}

	isOther(t, [contactWords({...full, blocked: true, request: true}), unreadWords([full]) ?? '']);
	isOther(t, [unreadWords([{...full, request: true}]) ?? '']);
});

test('news', t => {
	const twin = new ClientTwin([contact('bob')]);
	let heard: Heard = nothingHeard;
	const tell = (event: NewsEvent, now = 0) => {
		const news = hear(heard, event, now);
		heard = news.heard;
		return news.lines;
	};
	const put = (part: Parameters<ClientTwin['put']>[0]) => {
		twin.put(part);
		return tell({kind: 'snapshot', snapshot: twin.snapshot()});
	};
	isOther(t, put({connection: {state: 'online'}, clockOffset: 9e6}));
	isOther(t, put({connection: {state: 'waiting', problem: 'timeout', retryAt: 0}}));
	isOther(t, put({connection: {state: 'online'}}));
	isOther(t, put({contacts: [contact('bob', {identity: 'changed'})]}));
	isOther(t, put({contacts: [contact('bob', {request: true, unread: 1})]}));
	isOther(t, put({contacts: [contact('bob', {devices: {count: 2, since: 1}})]}));
	put({contacts: [contact('bob')]});
	isOther(t, tell({kind: 'message', message: message('bob', 1), isMuted: false}));
	tell({kind: 'opened', conversation: BOB});
	isOther(t, put({contacts: [contact('bob', {presence: 'offline', away: '1'})]}));
	isOther(t, put({contacts: [contact('bob', {presence: 'offline'})]}));
	const own = message('bob', 9, {direction: 'out', state: 'queued', text: '1'});
	tell({kind: 'sent', id: own.id, conversation: BOB});
	twin.say(own);
	put({});
	isOther(t, tell({kind: 'time'}, 9e9));
	const states = [{state: 'delivered'}, {state: 'read'}, {state: 'failed', reason: 'refused'}] as const;
	for (const state of states) {
		tell({kind: 'sent', id: own.id, conversation: BOB});
		const conversations = new Map([[BOB, {id: BOB, messages: [{...own, ...state}], hasOlder: false}]]);
		isOther(t, put({conversations}));
	}

	isOther(t, put({connection: {state: 'stopped', problem: 'server-key'}}));
});

test('a question is answered by the word of the language, and by “yes” in every one', t => {
	const question = sendQuestion({conversation: BOB, text: 'hi', reply: undefined}, () => {});
	isOther(t, questionLines(question), 'hi');
	const [choice] = question.choices;
	for (const typed of ['ыес', ' ЫЕС', 'yes']) t.is(chosenBy(typed, question), choice);
	t.is(chosenBy('1', question), undefined);
	const snapshot = new ClientTwin([contact('bob', {identity: 'changed'})]).snapshot();
	isOther(t, refusalLines(snapshot, BOB) ?? []);
});

test('a sentence ends as it does in the language, and with one stop alone', t => {
	const japanese = {...pseudo(), stop: '。'};
	saying(japanese, () => {
		t.is(spoken('未読'), '未読。');
		t.is(spoken('未読。'), '未読。');
		t.is(spoken('未読：'), '未読：');
	});
	const question = {words: '比べる。一致か。', keep: '未', choices: []};
	t.deepEqual(saying(japanese, () => questionLines(question)).slice(0, 2), ['比べる。', '一致か。']);
});
