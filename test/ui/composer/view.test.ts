// The draft in rows, and the cursor where the next character goes.
import test from 'ava';
import {emptyComposer} from '../../../source/ui/composer/composer.ts';
import {view} from '../../../source/ui/composer/view.ts';

/** The view of a text in which `|` stands for the cursor. */
function viewOf(marked: string, columns: number, maxRows = 6) {
	const cursor = marked.indexOf('|');
	return view({...emptyComposer, text: marked.replace('|', ''), cursor}, columns, maxRows);
}

test('rows and cursor', t => {
	t.deepEqual(viewOf('|', 10), {rows: [''], cursor: {row: 0, column: 0}});
	t.deepEqual(viewOf('hello|', 10), {rows: ['hello'], cursor: {row: 0, column: 5}});
	t.deepEqual(viewOf('one\n|', 10), {rows: ['one', ''], cursor: {row: 1, column: 0}});
	t.deepEqual(viewOf('one|\ntwo', 10), {rows: ['one', 'two'], cursor: {row: 0, column: 3}});
	t.deepEqual(viewOf('漢字|a', 10), {rows: ['漢字a'], cursor: {row: 0, column: 4}});
});

test('the cursor behind a full row is still on the screen', t => {
	t.deepEqual(viewOf('0123456789|', 11), {rows: ['0123456789'], cursor: {row: 0, column: 10}});
	t.deepEqual(viewOf('0123456789a|', 11), {rows: ['0123456789', 'a'], cursor: {row: 1, column: 1}});
	t.deepEqual(viewOf('0123456789|a', 11), {rows: ['0123456789', 'a'], cursor: {row: 1, column: 0}});
});

test('spaces at a break leave the cursor at the edge', t => {
	t.deepEqual(viewOf('0123456789   |', 11), {rows: ['0123456789'], cursor: {row: 0, column: 10}});
	t.deepEqual(viewOf('0123456789   x|', 11), {rows: ['0123456789', 'x'], cursor: {row: 1, column: 1}});
	t.deepEqual(viewOf('word  |', 11), {rows: ['word'], cursor: {row: 0, column: 6}});
});

test('of many rows those around the cursor', t => {
	t.deepEqual(viewOf('a\nb\nc\nd|', 10, 2), {rows: ['c', 'd'], cursor: {row: 1, column: 1}});
	t.deepEqual(viewOf('|a\nb\nc\nd', 10, 2), {rows: ['a', 'b'], cursor: {row: 0, column: 0}});
	t.deepEqual(viewOf('a\nb\n|c\nd', 10, 2), {rows: ['b', 'c'], cursor: {row: 1, column: 0}});
});

test('a column and a row, or none', t => {
	t.deepEqual(viewOf('ab|', 1, 1), {rows: ['b'], cursor: {row: 0, column: 0}});
	t.deepEqual(viewOf('漢|', 1, 1), {rows: ['漢'], cursor: {row: 0, column: 0}});
	t.deepEqual(viewOf('ab|', 0, 0), {rows: ['b'], cursor: {row: 0, column: 0}});
});
