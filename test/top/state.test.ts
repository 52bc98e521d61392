// What answers and keys make of the view.
import test from 'ava';
import {bare, keyPress} from '../../source/ui/input/key-events.ts';
import {
	answered,
	beginning,
	commandOf,
	firstSeen,
	hasPage,
	pageStart,
	namesScrolled,
	unanswered,
} from '../../source/top/state.ts';
import {NOON, answerOf, crowd} from './answers.ts';

const VISIBLE = 10;

test('a server that goes away leaves its last answer, and since when; the next answer is good again', t => {
	const first = answered(beginning, answerOf());
	const away = unanswered(unanswered(first, NOON), NOON + 5000);
	t.is(away.awaySince, NOON);
	t.is(away.answer, first.answer);
	t.is(answered(away, answerOf()).awaySince, undefined);
});

test('names scroll between their ends, by rows, pages and wholly', t => {
	let state = answered(beginning, answerOf(crowd(100)));
	const press = (key: string) => (state = namesScrolled(state, keyPress(key), VISIBLE)).scroll;
	t.deepEqual(
		['up', 'down', 'down', 'up', 'pagedown', 'pageup', 'end', 'down', 'pageup', 'home'].map(press),
		[0, 1, 2, 1, 10, 1, 90, 90, 81, 0],
	);
	t.is(namesScrolled(state, {kind: 'text', text: 'x'}, VISIBLE), state);
	t.is(namesScrolled(state, keyPress('f1'), VISIBLE), state);
});

test('who leaves takes the end of the list along', t => {
	const state = {...answered(beginning, answerOf(crowd(100))), scroll: 90};
	t.is(firstSeen(state, VISIBLE), 90);
	t.is(firstSeen(answered(state, answerOf(crowd(20))), VISIBLE), 10);
	t.is(firstSeen(answered(state, answerOf(crowd(3))), VISIBLE), 0);
	t.is(firstSeen(state, 95), 5);
});

test('far down another page is asked for, with what is seen in its middle', t => {
	const state = answered(beginning, answerOf(crowd(1000)));
	t.true(hasPage(state, VISIBLE));
	t.is(pageStart(state, VISIBLE), 0);
	const below = {...state, scroll: 191};
	t.false(hasPage(below, VISIBLE));
	t.is(pageStart(below, VISIBLE), 96);
	const there = answered(below, answerOf(crowd(1000, 96)));
	t.true(hasPage(there, VISIBLE));
	t.false(hasPage({...there, scroll: 95}, VISIBLE));
	// A terminal that is higher than a page is not asked for in vain.
	t.true(hasPage(state, 500));
});

test('q, Escape and Ctrl-C leave', t => {
	const ctrl = {...bare, ctrl: true};
	t.is(commandOf({kind: 'text', text: 'q'}), 'leave');
	t.is(commandOf(keyPress('escape')), 'leave');
	t.is(commandOf(keyPress('c', ctrl)), 'leave');
	t.is(commandOf(keyPress('z', ctrl)), 'suspend');
	t.is(commandOf(keyPress('l', ctrl)), 'redraw');
	t.is(commandOf(keyPress('x', ctrl)), undefined);
	t.is(commandOf({kind: 'text', text: 'x'}), undefined);
	t.is(commandOf({kind: 'paste', text: 'q'}), undefined);
});
