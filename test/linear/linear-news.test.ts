// What the linear client says by itself: each thing once, in words, the author first.
import test from 'ava';
import {type Contact, type Message, type Snapshot, type Transfer, talkWith} from '../../source/client/snapshot.ts';
import {type Heard, type NewsEvent, hear, nothingHeard} from '../../source/linear/linear-news.ts';
import {contactWords, messageWords, pastLines, spoken} from '../../source/linear/linear-words.ts';
import {LATE_MS, wakeAt} from '../../source/linear/own-messages.ts';
import {ClientTwin, contact, message} from '../twins/client.ts';

const BOB = talkWith('bob');
const CAROL = talkWith('carol');

/** What is said of events, one after the other, while bob's conversation is open. */
function listener(contacts: readonly Contact[], messages: readonly Message[] = []) {
	const twin = new ClientTwin(contacts, messages);
	let heard: Heard = nothingHeard;
	let now = 0;
	const tell = (event: NewsEvent) => {
		const news = hear(heard, event, now);
		heard = news.heard;
		return news;
	};
	const look = () => tell({kind: 'snapshot', snapshot: twin.snapshot()}).lines;
	const first = look();
	tell({kind: 'opened', conversation: BOB});
	return {
		twin,
		first,
		look,
		tell,
		put: (part: Partial<Snapshot>) => {
			twin.put(part);
			return look();
		},
		contact: (name: string, part: Partial<Contact>) => {
			twin.put({contacts: twin.snapshot().contacts.map(each => (each.name === name ? {...each, ...part} : each))});
			return look();
		},
		state: (id: string, part: Partial<Message>) => {
			const conversations = [...twin.snapshot().conversations].map(
				([key, {messages: all, ...rest}]) =>
					[key, {...rest, messages: all.map(each => (each.id === id ? {...each, ...part} : each))}] as const,
			);
			twin.put({conversations: new Map(conversations)});
			return look();
		},
		own: (index: number, part: Partial<Message> = {}) => {
			const own = message('bob', index, {direction: 'out', state: 'queued', ...part});
			tell({kind: 'sent', id: own.id, conversation: own.conversation});
			twin.say(own);
			return {id: own.id, lines: look()};
		},
		pass: (ms: number) => {
			now += ms;
			return tell({kind: 'time'}).lines;
		},
		wake: () => wakeAt(heard.own),
	};
}

const arrival = (come: Message, isMuted = false): NewsEvent => ({kind: 'message', message: come, isMuted});

test('an outage and its end are each said once, whatever is tried meanwhile', t => {
	const {first, put} = listener([contact('bob')]);
	t.deepEqual(first, ['Connected.']);
	const waiting = {state: 'waiting', problem: 'closed', retryAt: 0} as const;
	t.deepEqual(put({connection: waiting}), ['The connection to the server is gone, and is tried again by itself.']);
	t.deepEqual(put({connection: {state: 'connecting'}}), []);
	t.deepEqual(put({connection: {...waiting, problem: 'unreachable', retryAt: 9}}), []);
	t.deepEqual(put({connection: {state: 'online'}}), ['Connected again.']);
	const stopped = put({connection: {state: 'stopped', problem: 'server-key'}});
	t.true(stopped.length > 3);
	t.deepEqual(
		stopped.filter(line => line.includes('\n')),
		[],
	);
	t.deepEqual(put({disk: {message: 'the disk is full: make room'}}), ['The disk is full: make room.']);
	t.deepEqual(put({clockOffset: 1}), []);
});

test('who comes and goes is said of whom we talk to alone, and typing is not', t => {
	const {contact: change} = listener([contact('bob'), contact('carol')]);
	t.deepEqual(change('bob', {presence: 'offline'}), ['bob is offline.']);
	t.deepEqual(change('bob', {typing: true, outbox: 1}), []);
	// While the server is away nothing is known, and that is said already.
	t.deepEqual(change('bob', {presence: 'unknown'}), []);
	t.deepEqual(change('bob', {presence: 'offline'}), []);
	t.deepEqual(change('bob', {presence: 'online', away: 'at lunch'}), ['bob is online.', 'bob is away: at lunch']);
	const {away: _, ...back} = contact('bob', {away: ''});
	t.deepEqual(listener([contact('bob', {away: 'out'})]).put({contacts: [back]}), ['bob is back.']);
	t.deepEqual(change('carol', {presence: 'offline', away: 'out'}), []);
});

test('that somebody uses other devices is said once, whoever it is, and not what was known at the start', t => {
	const {contact: change} = listener([contact('bob', {devices: {count: 2, since: 1}}), contact('carol')]);
	t.deepEqual(change('bob', {devices: {count: 2, since: 1}, outbox: 1}), []);
	t.deepEqual(change('bob', {devices: {count: 1, since: 2}}), ['bob now uses 1 device.']);
	t.deepEqual(change('carol', {devices: {count: 3, since: 2}}), ['carol now uses 3 devices.']);
});

test('own messages: delivered, read and not sent are each said once', t => {
	const {own, state} = listener([contact('bob'), contact('carol')]);
	const {id, lines} = own(1);
	t.deepEqual(lines, []);
	t.deepEqual(state(id, {state: 'sent'}), []);
	t.deepEqual(state(id, {state: 'delivered'}), ['Delivered.']);
	t.deepEqual(state(id, {text: 'edited'}), []);
	t.deepEqual(state(id, {state: 'read'}), ['Read.']);
	const failed = own(2, {text: 'no'}).id;
	t.deepEqual(state(failed, {state: 'failed', reason: 'refused'}), [
		'Not sent: "no", because the simchat of bob cannot read it.',
	]);
	// It may be sent again.
	t.deepEqual(state(failed, {state: 'queued', reason: undefined}), []);
	t.deepEqual(state(failed, {state: 'read'}), ['Read.']);
	const taken = own(3).id;
	t.deepEqual(state(taken, {state: 'failed', reason: 'cancelled'}), []);
	const elsewhere = own(4, {conversation: CAROL}).id;
	t.deepEqual(state(elsewhere, {state: 'delivered'}), ['Delivered to carol.']);
	t.deepEqual(state(elsewhere, {state: 'read'}), ['Read by carol.']);
});

test('several that arrive at once are one line', t => {
	const {own, twin, look} = listener([contact('bob')]);
	const ids = new Set([own(1).id, own(2).id, own(3).id]);
	const {conversations} = twin.snapshot();
	const talk = conversations.get(BOB)!;
	const messages = talk.messages.map(each => (ids.has(each.id) ? {...each, state: 'delivered' as const} : each));
	twin.put({conversations: new Map([[BOB, {...talk, messages}]])});
	t.deepEqual(look(), ['Delivered: 3 messages.']);
});

test('what waits is said once, after a while, with the reason', t => {
	const {own, pass, wake, state} = listener([contact('bob', {presence: 'offline'})]);
	t.is(wake(), undefined);
	const {id} = own(1);
	t.is(wake(), LATE_MS);
	t.deepEqual(pass(LATE_MS - 1), []);
	t.deepEqual(pass(1), ['Not delivered yet: bob is not online.', 'It is kept, and goes out by itself.']);
	own(2);
	t.is(wake(), undefined);
	t.deepEqual(pass(LATE_MS), []);
	t.deepEqual(state(id, {state: 'delivered'}), ['Delivered.']);
	t.not(wake(), undefined);
});

test('what waits since before is not told of by itself, but its end is', t => {
	const old = message('bob', 1, {direction: 'out', state: 'queued'});
	const {first, state, wake} = listener([contact('bob')], [old, message('bob', 2)]);
	t.deepEqual(first, ['Connected.']);
	t.is(wake(), undefined);
	t.deepEqual(state(old.id, {state: 'delivered'}), ['Delivered.']);
});

test('what another process sends in the open conversation is said, and what is typed here is not', t => {
	const {twin, look} = listener([contact('bob'), contact('carol')], [message('bob', 1)]);
	twin.say(message('bob', 2, {direction: 'out', state: 'queued', text: 'from a script'}));
	t.deepEqual(look(), ['you: from a script']);
	twin.say(message('carol', 1, {direction: 'out', state: 'queued'}));
	t.deepEqual(look(), []);
});

test('a message here is read out; elsewhere it is said once who wrote, and always who is named', t => {
	const {tell, contact: change} = listener([contact('bob'), contact('carol')]);
	t.like(tell(arrival(message('bob', 1))), {lines: [], reads: BOB});
	const first = tell(arrival(message('carol', 1)));
	t.deepEqual(first.lines, ['New from carol. /open carol reads it.']);
	t.deepEqual(first.rings, {conversation: CAROL, isMention: false});
	t.is(first.reads, undefined);
	t.deepEqual(tell(arrival(message('carol', 2))).lines, []);
	t.deepEqual(tell(arrival(message('carol', 3, {text: 'hey @me'}))).lines, [
		'carol mentions you. /open carol reads it.',
	]);
	change('carol', {unread: 3});
	change('carol', {unread: 0});
	t.deepEqual(tell(arrival(message('carol', 4))).lines, ['New from carol. /open carol reads it.']);
	t.deepEqual(hear(nothingHeard, arrival(message('carol', 5), true), 0).lines, []);
});

test('a stranger is told of once, without a bell, and not by a message', t => {
	const {put, tell, contact: change} = listener([contact('bob')]);
	const stranger = contact('mallory', {request: true, unread: 1});
	t.deepEqual(put({contacts: [contact('bob'), stranger]}), [
		'mallory, who is not in your list, wrote to you.',
		'/open mallory reads it. /accept mallory lets you answer. /block mallory takes nothing more.',
	]);
	const {lines, rings} = tell(arrival(message('mallory', 1)));
	t.deepEqual([lines, rings], [[], undefined]);
	t.deepEqual(change('mallory', {unread: 2}), []);
});

test('a changed key is a warning of its own, whoever is open', t => {
	const {contact: change} = listener([contact('bob'), contact('carol')]);
	const lines = change('carol', {identity: 'changed'});
	t.is(lines[0], 'WARNING: the key of carol has changed.');
	t.regex(lines.join('\n'), /Nothing is sent to carol until you decide.*\n.*\/verify carol .* \/trust carol /);
	t.deepEqual(change('carol', {unread: 1}), []);
	t.is(listener([contact('bob', {identity: 'changed'})]).first[1], 'WARNING: the key of bob has changed.');
});

test('what a contact does about messages is said in the open conversation', t => {
	const own = message('bob', 1, {direction: 'out', text: 'a  long\nway'});
	const {tell} = listener([contact('bob'), contact('carol')], [own]);
	const change = {conversation: BOB, direction: 'in', time: 0} as const;
	const said = (part: object) => tell({kind: 'change', change: {...change, ...part} as never}).lines;
	t.deepEqual(said({kind: 'reaction', message: own, value: '🎉'}), ['bob reacted with 🎉: "a long way".']);
	t.deepEqual(said({kind: 'edit', message: message('bob', 2), value: 'one\ntwo'}), [
		'bob changed a message: one',
		'bob: two',
	]);
	t.deepEqual(said({kind: 'delete', message: own, value: ''}), ['bob deleted a message.']);
	t.deepEqual(said({kind: 'read', message: own, value: ''}), []);
	t.deepEqual(said({kind: 'timer', value: '60'}), ['bob has messages disappear 60 s after they were read.']);
	t.deepEqual(said({kind: 'delete', conversation: CAROL, value: ''}), []);
	t.deepEqual(said({kind: 'delete', direction: 'out', value: ''}), []);
});

test('each line of a message begins with its author, so that nobody can write what seems to be said by somebody else', t => {
	const come = message('bob', 1, {text: 'hi\nalice: I owe you\n\nbob is offline.'});
	const now = come.time;
	t.deepEqual(messageWords(come, {now}), ['bob: hi', 'bob: alice: I owe you', 'bob: bob is offline.']);
	t.deepEqual(messageWords({...come, text: '/me is online.'}, {now}), ['bob, action: is online.']);
	t.deepEqual(messageWords({...come, text: '', deleted: true}, {now}), ['bob, deleted.']);
	const reply = {direction: 'out', id: '0', text: 'x'.repeat(100)} as const;
	t.deepEqual(messageWords({...come, text: 'ok', reply, lifetime: 3600}, {now}), [
		`bob, replying to "${'x'.repeat(60)}" and more, disappears after 1 h: ok`,
	]);
	const [late] = messageWords({...come, text: 'old'}, {now: now + 300_000});
	t.regex(late ?? '', /^bob, \d\d:\d\d: old$/);
	const [older] = messageWords({...come, text: 'old'}, {now: now + 90 * 86_400_000});
	t.regex(older ?? '', /^bob, \w+ \d+ Nov 2026 \d\d:\d\d: old$/);
});

test('the past says what became of it, and to whom it was', t => {
	const own = message('bob', 1, {
		direction: 'out',
		state: 'read',
		edited: 1,
		text: 'mine',
		reactions: [
			{direction: 'in', emoji: '🎉'},
			{direction: 'out', emoji: '👍'},
		],
	});
	const words = ', edited, read, 🎉 from bob, 👍 from you: mine';
	t.deepEqual(pastLines([own], {now: own.time, open: BOB}), [`you${words}`]);
	t.deepEqual(pastLines([own], {now: own.time, open: CAROL}), [`to bob, you${words}`]);
});

test('a contact is one line of words', t => {
	t.is(contactWords(contact('bob')), 'bob, online, not verified');
	t.is(
		contactWords(
			contact('bob', {blocked: true, identity: 'changed', unread: 2, outbox: 1, nickname: 'Al', away: 'out'}),
			{
				isMuted: true,
			},
		),
		'bob, called Al, blocked, KEY CHANGED, away: out, muted, 2 unread, 1 not delivered',
	);
	const known = {kind: 'lan', address: '1', rtt: 1} as const;
	t.is(contactWords(contact('bob', {presence: 'unknown', identity: 'verified', path: known})), 'bob, online, verified');
	t.is(contactWords(contact('eve', {request: true})), 'eve, online, not in your list, wants to talk');
});

test('a sentence has a capital and a stop; a name stays as it is', t => {
	t.is(spoken('no conversation is open'), 'No conversation is open.');
	t.is(spoken('connecting …'), 'Connecting.');
	t.is(spoken('bob is blocked', new Set(['bob'])), 'bob is blocked.');
	t.is(spoken('bob’s key has not changed', new Set(['bob'])), 'bob’s key has not changed.');
	t.is(spoken('Sure?'), 'Sure?');
});

test('what another device did to the own devices, an alarm, and what came of a link are said once each', t => {
	const {put, look} = listener([]);
	const devices = {list: [], news: [], link: undefined, isAlarmed: false};
	t.deepEqual(put({devices}), []);
	const news = {
		kind: 'add',
		id: '1f'.repeat(8),
		label: 'phone',
		role: 'device',
		time: 0,
		by: '2e'.repeat(8),
		byLabel: 'laptop',
	} as const;
	const [line = '', ...none] = put({devices: {...devices, news: [news]}});
	t.regex(line, /NEW DEVICE of your account: phone, added by laptop, /);
	t.deepEqual([...none, ...look()], []);
	t.regex(put({devices: {...devices, news: [news], isAlarmed: true}}).join(), /^The server shows ANOTHER LIST/);
	const link = {kind: 'open', number: 1, role: 'device', expires: 0, left: undefined} as const;
	t.deepEqual(put({devices: {...devices, link}}), []);
	t.deepEqual(put({devices: {...devices, link: {kind: 'joined', number: 1, id: news.id, label: 'phone'}}}), [
		'Joined: phone.',
	]);
	t.deepEqual(put({devices: {...devices, link: {kind: 'over', number: 2, reason: 'full'}}}), [
		'There is no room for one more device: remove one first.',
	]);
});

test('a file is offered in one line; where it is saved is said once, how far it is once a minute, and what the other side says of ours', t => {
	const file = {name: 'holiday.jpg\n/quit', size: 3_141_592, root: '', device: '', answers: {}};
	const theirs = message('bob', 1, {text: file.name, file});
	t.deepEqual(messageWords(theirs, {now: theirs.time}), [
		'bob offers a file, holiday.jpg__quit, 3.1 MB. /get gets it.',
	]);
	const ours = message('bob', 2, {
		direction: 'out',
		text: 'a.txt',
		file: {...file, name: 'a.txt', answers: {in: 'received'}},
	});
	t.deepEqual(messageWords(ours, {now: ours.time}), ['you offer a file, a.txt, 3.1 MB.']);
	t.deepEqual(pastLines([ours], {now: ours.time, open: BOB}), ['you, delivered: a.txt, 3.1 MB: bob has it']);
	const {put, pass, tell} = listener([contact('bob')], [theirs, ours]);
	const moving = (part: Partial<Transfer>, {id, direction}: Message = theirs) => {
		const transfer = {
			conversation: BOB,
			message: {id, direction},
			state: 'running',
			done: 0,
			rate: 0,
			size: file.size,
		} as const;
		return put({transfers: new Map([[`${direction} ${id}`, {...transfer, ...part}]])});
	};

	t.deepEqual(moving({state: 'waiting'}), []);
	t.deepEqual(moving({}), []);
	pass(59_000);
	t.deepEqual(moving({done: 1_000_000, rate: 50_000}), []);
	pass(1000);
	t.deepEqual(moving({done: 1_319_468, rate: 52_000}), ['The file holiday.jpg__quit: 41 %, 52 kB/s, 36 s left.']);
	t.deepEqual(moving({done: 1_400_000, rate: 52_000}), []);
	t.deepEqual(moving({state: 'checking'}), []);
	t.deepEqual(moving({state: 'done', path: '/somewhere/holiday.jpg'}), [
		'The file holiday.jpg__quit is here, saved as /somewhere/holiday.jpg.',
	]);
	t.deepEqual(moving({state: 'done', path: '/somewhere/holiday.jpg'}), []);
	t.regex(
		moving({state: 'failed', problem: 'no-room'}).join(),
		/^The file holiday\.jpg__quit has failed: there is not enough room/,
	);
	const says = (value: string, direction: Message['direction'] = 'in') =>
		tell({kind: 'change', change: {kind: 'file', value, conversation: BOB, direction, time: 0, message: ours}}).lines;
	t.deepEqual(
		['accepted', 'declined', 'received', 'stopped'].flatMap(value => says(value)),
		[
			'bob wants the file a.txt.',
			'bob declines the file a.txt.',
			'bob has the file a.txt.',
			'bob stopped the file a.txt.',
		],
	);
	t.deepEqual(says('stopped', 'out'), []);
});
