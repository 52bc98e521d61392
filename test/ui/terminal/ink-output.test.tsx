// Ink's frames on the way to a terminal: rows in their places, nothing that is there already, and all of it anew when asked.
import {EventEmitter} from 'node:events';
import type {WriteStream} from 'node:tty';
import test from 'ava';
import {Box, Text, render, useCursor} from 'ink';
import {asciiRow, wholeRow} from '../../../source/ui/terminal/ascii.ts';
import {InkOutput} from '../../../source/ui/terminal/ink-output.ts';
import {standInsFor} from '../../../source/ui/text/stand-ins.ts';

class Terminal extends EventEmitter {
	readonly isTTY = true;
	readonly writable = true;
	readonly columns = 20;
	readonly rows = 3;
	written = '';

	write(text: string, onDone?: () => void): boolean {
		this.written += text;
		onDone?.();
		return true;
	}

	/** What was written since the last time. */
	take(): string {
		const {written} = this;
		this.written = '';
		return written;
	}
}

function Screen({rows}: {readonly rows: readonly string[]}) {
	const {setCursorPosition} = useCursor();
	setCursorPosition({x: 2, y: 1});
	return (
		<Box flexDirection="column" height={3}>
			{rows.map((row, index) => (
				<Text key={index}>{standInsFor(row)}</Text>
			))}
		</Box>
	);
}

function open(rows: readonly string[]) {
	const terminal = new Terminal();
	const output = new InkOutput(terminal as unknown as WriteStream);
	const ink = render(<Screen rows={rows} />, {
		stdout: output.stream,
		alternateScreen: true,
		interactive: true,
		maxFps: 0,
		patchConsole: false,
	});
	return {terminal, output, ink};
}

test('a frame is rows in their places, and the cursor', async t => {
	const {terminal, ink} = open(['one', 'two', 'three']);
	await ink.waitUntilRenderFlush();
	const drawn = terminal.take();
	t.true(drawn.startsWith('\u001B[?1049h'));
	t.true(drawn.includes('\u001B[?7l\u001B[2J'), 'nothing goes on in the next row');
	t.true(
		drawn.endsWith(
			'\u001B[1;1H\u001B[Kone\u001B[2;1H\u001B[Ktwo\u001B[3;1H\u001B[Kthree\u001B[2;3H\u001B[?25h\u001B[?2026l',
		),
	);
	ink.unmount();
	t.regex(terminal.take(), /\?1049l/);
});

test('what is there already is not written again', async t => {
	const {terminal, ink} = open(['one', 'two', 'three']);
	await ink.waitUntilRenderFlush();
	terminal.take();
	ink.rerender(<Screen rows={['one', 'twice', 'three']} />);
	await ink.waitUntilRenderFlush();
	t.is(terminal.take(), '\u001B[?2026h\u001B[?25l\u001B[2;3H\u001B[Kice\u001B[2;3H\u001B[?25h\u001B[?2026l');
	ink.rerender(<Screen rows={['one', 'twice', 'three']} />);
	await ink.waitUntilRenderFlush();
	t.is(terminal.take(), '');
	ink.unmount();
});

test('behind what terminals count differently there is a column, and before it blank cells', async t => {
	const {terminal, ink} = open(['a👋🏽b', '👋🏽', 'x'.repeat(18) + '👋🏽']);
	await ink.waitUntilRenderFlush();
	const drawn = terminal.take();
	t.true(drawn.includes('\u001B[1;1H\u001B[Ka  \u001B[2G👋🏽\u001B[4Gb'));
	t.true(drawn.includes('\u001B[2;1H\u001B[K  \u001B[1G👋🏽\u001B[3G\u001B[K'));
	// Behind the last column there is nothing to erase.
	t.true(drawn.includes(`${'x'.repeat(18)}  \u001B[19G👋🏽\u001B[2;3H`));
	ink.rerender(<Screen rows={['a👋🏽c', '👋🏽', 'x'.repeat(18) + '👋🏽']} />);
	await ink.waitUntilRenderFlush();
	t.true(terminal.take().includes('\u001B[1;2H\u001B[K  \u001B[2G👋🏽\u001B[4Gc'), 'the sign itself is drawn anew');
	ink.unmount();
});

test('drawing anew writes every cell, and undoes what others did', async t => {
	const {terminal, output, ink} = open(['one', 'two', 'three']);
	await ink.waitUntilRenderFlush();
	terminal.take();
	output.repaint();
	const drawn = terminal.take();
	for (const part of [
		'\u001B[4l',
		'\u001B[r',
		'\u001B[?6l',
		'\u001B(B',
		'\u001B[?7l',
		'\u001B[2J',
		'one',
		'two',
		'three',
	]) {
		t.true(drawn.includes(part), JSON.stringify(part));
	}

	ink.unmount();
	terminal.take();
	output.repaint();
	t.is(terminal.take(), '', 'the screen is not ours any more');
});

test('with other signs every row is drawn anew in them, and back again', async t => {
	const {terminal, output, ink} = open(['│ ● one', 'two', 'three …']);
	await ink.waitUntilRenderFlush();
	terminal.take();
	output.form = asciiRow;
	const ascii = terminal.take();
	for (const row of ['| * one', 'two', 'three .']) t.true(ascii.includes(row), row);
	output.form = asciiRow;
	t.is(terminal.take(), '', 'what is so already is left alone');
	output.form = wholeRow;
	t.true(terminal.take().includes('│ ● one'));
	ink.unmount();
});
