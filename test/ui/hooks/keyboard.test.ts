// Keys reach whoever listens, one after the other: what goes into a field is done before the next is looked at.
import fc from 'fast-check';
import test from 'ava';
import {InkInput} from '../../../source/ui/hooks/ink-input.ts';
import {Keyboard} from '../../../source/ui/hooks/keyboard.ts';
import {type KeyEvent, keyPress} from '../../../source/ui/input/key-events.ts';

const text = (typed: string): KeyEvent => ({kind: 'text', text: typed});
const paste = (pasted: string): KeyEvent => ({kind: 'paste', text: pasted});
const nameOf = (event: KeyEvent) => (event.kind === 'key' ? event.key : 'text' in event ? event.text : event.kind);
const turn = async () => new Promise<void>(resolve => setImmediate(resolve));

/** A field as Ink reads it, and a keyboard over it; `log` has what happened, oldest first. */
function keyboardWith() {
	const log: string[] = [];
	const failed: unknown[] = [];
	const fields = new InkInput();
	fields.on('readable', () => {
		for (let piece = fields.read(); piece !== null; piece = fields.read()) log.push(`field ${piece}`);
	});
	const keyboard = new Keyboard(fields, error => failed.push(error));
	const settled = async (length: number) => {
		for (let rounds = 0; rounds < 100_000 && log.length < length; rounds++) await turn();
		for (let rounds = 0; rounds < 10; rounds++) await turn();
		return log;
	};

	return {keyboard, fields, log, failed, settled};
}

test('who asked last hears, and who has left does not', t => {
	const {keyboard} = keyboardWith();
	const heard: string[] = [];
	const listen = (name: string) => keyboard.listen(event => void heard.push(`${name} ${nameOf(event)}`));
	keyboard.take(text('nobody'));
	const first = listen('first');
	keyboard.take(text('a'));
	const second = listen('second');
	keyboard.take(text('b'));
	first();
	keyboard.take(text('c'));
	second();
	keyboard.take(text('d'));
	t.deepEqual(heard, ['first a', 'second b', 'second c']);
});

test('what is not ready is handed over again once it is, before all that came after it', async t => {
	const {keyboard, log, failed, settled} = keyboardWith();
	const {promise, resolve} = Promise.withResolvers<void>();
	let isReady = false;
	keyboard.listen(event => {
		if (nameOf(event) === 'enter' && !isReady) return promise;
		log.push(nameOf(event));
	});
	for (const event of [text('a'), keyPress('enter'), text('b'), keyPress('enter')]) keyboard.take(event);
	t.deepEqual(log, ['a']);
	isReady = true;
	resolve();
	t.deepEqual(await settled(4), ['a', 'enter', 'b', 'enter']);
	t.deepEqual(failed, []);
});

test('without a field an event is done when take returns; with one, the next waits until it is drawn', async t => {
	const {keyboard, log, settled} = keyboardWith();
	keyboard.listen(event => {
		log.push(`key ${nameOf(event)}`);
		return nameOf(event).startsWith('f') ? 'field' : undefined;
	});
	keyboard.take(text('a'));
	t.deepEqual(log, ['key a']);
	for (const key of ['f1', 'f2', 'b', 'f3']) keyboard.take(text(key));
	keyboard.take(keyPress('enter'));
	t.deepEqual(log, ['key a', 'key f1'], 'the field is not drawn yet');
	t.deepEqual(await settled(9), [
		'key a',
		'key f1',
		'field f1',
		'key f2',
		'field f2',
		'key b',
		'key f3',
		'field f3',
		'key enter',
	]);
});

test('whatever is typed, the order is that of the keys', async t => {
	const typed = fc.array(fc.record({isField: fc.boolean(), rounds: fc.nat(3)}), {maxLength: 15});
	await fc.assert(
		fc.asyncProperty(typed, async keys => {
			const {keyboard, log, settled} = keyboardWith();
			keyboard.listen(event => {
				log.push(nameOf(event));
				return nameOf(event).startsWith('field') ? 'field' : undefined;
			});
			const expected: string[] = [];
			for (const [index, {isField, rounds}] of keys.entries()) {
				const name = isField ? `field${index}` : `key${index}`;
				expected.push(name, ...(isField ? [`field ${name}`] : []));
				keyboard.take(text(name));
				for (let count = 0; count < rounds; count++) await turn();
			}

			t.deepEqual(await settled(expected.length), expected);
		}),
		{numRuns: 50},
	);
});

test('who listens when an event is looked at hears it, not who listened when it was typed', async t => {
	const {keyboard, log, settled} = keyboardWith();
	const field = keyboard.listen(event => {
		log.push(`below ${nameOf(event)}`);
		return 'field';
	});
	keyboard.take(text('a'));
	keyboard.take(text('b'));
	field();
	keyboard.listen(event => void log.push(`above ${nameOf(event)}`));
	t.deepEqual(await settled(3), ['below a', 'field a', 'above b']);
});

test('ten thousand events wait, what comes on top is dropped, and after that it goes on', async t => {
	const {keyboard, log, settled} = keyboardWith();
	keyboard.listen(event => {
		if (nameOf(event) === 'field') return 'field';
		log.push(nameOf(event));
	});
	keyboard.take(text('field'));
	for (let count = 1; count <= 10_001; count++) keyboard.take(text(String(count)));
	await settled(10_001);
	t.is(log.length, 10_001);
	t.is(log[0], 'field field');
	t.is(log.at(-1), '10000');
	keyboard.take(text('more'));
	t.is(log.at(-1), 'more');
});

test('Ctrl-C is not dropped, however many events wait', async t => {
	const {keyboard, log, settled} = keyboardWith();
	keyboard.listen(event => {
		if (nameOf(event) === 'field') return 'field';
		log.push(nameOf(event));
	});
	keyboard.take(text('field'));
	for (let count = 1; count <= 10_001; count++) keyboard.take(text(String(count)));
	keyboard.take(keyPress('c', {ctrl: true, alt: false, shift: false}));
	await settled(2);
	t.deepEqual(log, ['field field', 'c']);
});

test('who fills a form gets the keys of a paste that no terminal marked, one by one and before what follows', async t => {
	const {keyboard, log, settled} = keyboardWith();
	keyboard.listen(event => {
		if (event.kind === 'paste') return 'keys';
		if (event.kind === 'text') return 'field';
		log.push(nameOf(event));
	});
	const enter = keyPress('enter');
	keyboard.take({kind: 'paste', text: 'a\nb\n', keys: [text('a'), enter, text('b'), enter]});
	keyboard.take(text('c'));
	t.deepEqual(await settled(5), ['field a', 'enter', 'field b', 'enter', 'field c']);
});

test('a listener that throws is told of, and the keys go on', t => {
	const {keyboard, failed, log} = keyboardWith();
	keyboard.listen(event => {
		if (nameOf(event) === 'bad') throw new Error('no');
		log.push(nameOf(event));
	});
	keyboard.take(text('bad'));
	keyboard.take(text('good'));
	t.deepEqual(failed, [new Error('no')]);
	t.deepEqual(log, ['good']);
});

test('a field gets one line without control characters, and Backspace', async t => {
	const {keyboard, settled} = keyboardWith();
	keyboard.listen(() => 'field');
	keyboard.take(paste('two\nlines\n\n'));
	keyboard.take(keyPress('backspace'));
	keyboard.take(paste('\u001B[A\u0000\t\u007Fx\uD800'));
	keyboard.take(text('漢👍'));
	t.deepEqual(await settled(4), ['field two lines', 'field \u007F', 'field  [A x\uFFFD', 'field 漢👍']);
});

test('what leaves nothing to type holds nothing up', async t => {
	const {keyboard, log, settled} = keyboardWith();
	keyboard.listen(() => 'field');
	keyboard.take(paste('\n'));
	keyboard.take(text('a'));
	t.deepEqual(await settled(1), ['field a']);
	t.is(log.length, 1);
});

test('Ink may ask of its input what it asks of a terminal', t => {
	const fields = new InkInput();
	t.is(fields.stream.isTTY, true);
	t.is(fields.setRawMode(), fields);
	t.is(fields.setEncoding(), fields);
	t.is(fields.ref(), fields);
	t.is(fields.unref(), fields);
	t.is(fields.read(), null);
});
