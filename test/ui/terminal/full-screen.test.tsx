// A key while messages come: its frame does not wait for the pause that Ink makes between frames.
import {EventEmitter} from 'node:events';
import type {ReadStream, WriteStream} from 'node:tty';
import test from 'ava';
import {Text} from 'ink';
import {ValueStore} from '../../../source/ui/hooks/value-store.ts';
import {useStore} from '../../../source/ui/hooks/use-store.ts';
import {FullScreen} from '../../../source/ui/terminal/full-screen.tsx';

class Keys extends EventEmitter {
	readonly isTTY = true;
	readonly setRawMode = () => this;
	readonly pause = () => this;
	readonly resume = () => this;
	readonly ref = () => this;
	readonly unref = () => this;
}

class Display extends EventEmitter {
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
}

const passes = async (count: number) => {
	for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

test.serial('a key is drawn at once, although a frame was drawn just before', async t => {
	const [stdin, stdout] = [new Keys(), new Display()];
	const words = new ValueStore('nothing');
	const Words = () => <Text>{useStore(words)}</Text>;
	const screen = new FullScreen({
		stdin: stdin as unknown as ReadStream,
		stdout: stdout as unknown as WriteStream,
		onKey: event => words.set(event.kind === 'text' ? `typed ${event.text}` : ''),
		env: {LC_ALL: 'C.UTF-8'},
	});
	// From here on no pause ever ends, and no time passes.
	const [now, later] = [Date.now, globalThis.setTimeout];
	const instant = now();
	Date.now = () => instant;
	globalThis.setTimeout = (() => ({unref() {}, ref() {}})) as unknown as typeof setTimeout;
	try {
		const over = screen.show(<Words />);
		await passes(20);
		t.true(stdout.written.includes('nothing'));
		words.set('a message');
		await passes(20);
		t.false(stdout.written.includes('a message'), 'Ink pauses');
		for (const letter of 'xyz') {
			stdin.emit('data', new TextEncoder().encode(letter));
			await passes(20);
			t.true(stdout.written.includes(letter === 'x' ? 'typed x' : letter), letter);
		}

		screen.leave();
		globalThis.setTimeout = later;
		await over;
	} finally {
		Date.now = now;
		globalThis.setTimeout = later;
	}
});
