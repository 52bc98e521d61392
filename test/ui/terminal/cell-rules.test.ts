// What is learned of terminals, from answers as they gave them, and when nothing is.
import path from 'node:path';
import {writeFileSync} from 'node:fs';
import test from 'ava';
import {USUAL} from '../../../source/ui/text/clusters.ts';
import {learnCells} from '../../../source/ui/terminal/cell-rules.ts';
import {type KnownTerminal, KnownTerminals, terminalName} from '../../../source/ui/terminal/known-terminals.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';

const reports = (...cells: readonly number[]) => cells.map(count => `\u001B[1;${count + 1}R`).join('');
/** Of tone, selector, keycap, flag, joiner, spacing vowel, late vowel, conjunct, jamo, ambiguous. */
const TMUX = [4, 1, 1, 2, 2, 2, 2, 2, 2, 1];
const KITTY = [2, 2, 2, 2, 2, 1, 1, 1, 2, 1];
const tmux = {...USUAL, tone: 2, selector: 0, keycap: 0};

async function learn(who: string | undefined, cells: string | undefined, before?: KnownTerminal) {
	const counts: boolean[] = [];
	const ask = async () => who;
	const askOnRow = async () => cells;
	const learned = await learnCells({name: 'x', before, ask, askOnRow, count: isOn => counts.push(isOn)});
	return {learned, counts};
}

test('tmux counts code points', async t => {
	const {learned, counts} = await learn('\u001BP>|tmux 3.3a\u001B\\\u001B[?1;2c', reports(...TMUX));
	t.deepEqual(learned, {name: 'x', version: 'tmux 3.3a', clusters: false, rules: tmux});
	t.deepEqual(counts, [false]);
});

test('who can count clusters is told to', async t => {
	const {learned, counts} = await learn('\u001B[?2027;2$y\u001B[?62c', reports(...KITTY));
	t.deepEqual(learned?.rules, {...USUAL, spacing: 0, vowel: 0, conjunct: 0});
	t.true(learned?.clusters);
	t.deepEqual(counts, [true]);
});

test('who is known is not asked again, until it is another', async t => {
	const known = {name: 'x', version: 'tmux 3.3a', clusters: false, rules: tmux};
	t.is((await learn('\u001BP>|tmux 3.3a\u001B\\', undefined, known)).learned, undefined);
	t.is((await learn('\u001BP>|tmux 3.5\u001B\\', reports(...KITTY), known)).learned?.version, 'tmux 3.5');
	const switched = {...known, version: '', clusters: true};
	t.is((await learn('\u001B[?2027;1$y', undefined, switched)).learned, undefined);
	t.false((await learn('\u001B[?2027;0$y', reports(...TMUX), switched)).learned?.clusters);
});

test('nothing is learned of who does not answer, or not to all', async t => {
	t.is((await learn(undefined, reports(...TMUX))).learned, undefined);
	t.is((await learn('\u001B[?1;2c', undefined)).learned, undefined);
	t.is((await learn('\u001B[?1;2c', reports(...TMUX.slice(1)))).learned, undefined);
});

test('answers beyond belief are not believed', async t => {
	const {learned} = await learn('\u001B[?1;2c', reports(...TMUX.map(() => 60_000)));
	t.deepEqual(learned?.rules, USUAL);
});

test('terminals are remembered, sixteen of them, and a broken file is as none', async t => {
	const folder = path.join(temporaryFolder(t), 'deep', 'er');
	const known = new KnownTerminals(folder, error => t.fail(String(error)));
	t.is(known.find('0'), undefined);
	for (let index = 0; index < 17; index++) known.keep({name: String(index), version: '', clusters: false, rules: tmux});
	t.is(known.find('0'), undefined);
	t.deepEqual(known.find('16')?.rules, tmux);
	writeFileSync(path.join(folder, 'terminals.json'), '{"terminals": [{"name": "16"}]}');
	t.is(known.find('16'), undefined);
	const errors: unknown[] = [];
	const nowhere = new KnownTerminals('/proc/self/none', error => errors.push(error));
	nowhere.keep({name: 'x', version: '', clusters: false, rules: tmux});
	t.is(errors.length, 1);
});

test('a terminal in tmux is another than the one outside', t => {
	t.not(terminalName({TERM: 'xterm'}), terminalName({TERM: 'xterm', TMUX: '/tmp/tmux'}));
	t.not(terminalName({TERM: 'xterm'}), terminalName({TERM: 'xterm', STY: '1.x'}));
});
