// Lines in and lines out: what keys do to a line, what is held while one is half typed, and what is asked for to sign in.
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {LineOutlet} from '../../source/linear/line-outlet.ts';
import {entranceLines, entrancePrompt, hidesTyping, leftWords, nextCount} from '../../source/linear/linear-entrance.ts';
import {TypedLines} from '../../source/linear/typed-lines.ts';
import {type EntranceState, type FormField} from '../../source/ui/screens/entrance.ts';

function typing() {
	const said: string[] = [];
	const typed = new TypedLines({
		echo: text => void said.push(text),
		onFree: isEnded => void said.push(isEnded ? '[end]' : '[free]'),
		onInterrupt: () => void said.push('[interrupt]'),
		onSuspend: () => void said.push('[suspend]'),
	});
	return {typed, said, echo: () => said.splice(0).join('')};
}

test('keys make a line, are echoed, and erase as the kernel’s own editor does', async t => {
	const {typed, echo} = typing();
	const first = typed.next();
	typed.push('hé\u001B[A\u001BOP\u0001l\tx');
	t.is(echo(), 'hél x');
	t.true(typed.isHalfTyped);
	typed.push('\u007F界\b');
	t.is(echo(), '\b \b界\b \b\b \b');
	typed.push('two words\u0017');
	t.is(echo(), 'two words' + '\b \b'.repeat(5));
	typed.push('\r');
	t.is(echo(), '\n[end]');
	t.is(await first, 'hél two ');
	const second = typed.next();
	typed.push('gone\u0015');
	t.is(echo(), `gone${'\b \b'.repeat(4)}[free]`);
	t.false(typed.isHalfTyped);
	typed.push('\u007F\r\nnext\n');
	t.is(await second, '');
	t.is(await typed.next(), 'next');
});

test('what is typed ahead waits until a line is asked for: a secret is not echoed, whenever it was typed', async t => {
	const {typed, echo} = typing();
	typed.push('alice\rsecret\rhel');
	t.is(echo(), '');
	t.is(await typed.next(), 'alice');
	typed.isHidden = true;
	t.is(await typed.next(), 'secret');
	t.is(echo(), 'alice\n[end]\n[end]');
	typed.isHidden = false;
	void typed.next();
	t.is(echo(), 'hel');
	typed.repeat();
	t.is(echo(), 'hel');
	t.true(typed.drop());
	t.is(echo(), '\n[end]');
	t.false(typed.drop());
});

test('Ctrl-C does not wait for what was typed before it; Ctrl-D ends at the beginning of a line alone', async t => {
	const {typed, echo} = typing();
	typed.push('lost\rlost too\u0003x');
	t.is(echo(), '[interrupt]');
	const line = typed.next();
	typed.push('y\u0004\u001A\r');
	t.is(await line, 'xy');
	t.is(echo(), 'xy[suspend]\n[end]');
	const last = typed.next();
	typed.push('\u0004');
	t.is(await last, undefined);
	const none = typed.next();
	typed.end();
	t.is(await none, undefined);
});

function outletWith(options: {isAscii?: boolean} = {}) {
	const written: string[] = [];
	const state = {isHeld: false, error: undefined as unknown};
	const outlet = new LineOutlet({
		async write(text) {
			if (state.error !== undefined) throw state.error;
			written.push(text);
		},
		isHeld: () => state.isHeld,
		onError: error => void written.push(`[${String(error)}]`),
		...options,
	});
	const out = async () => {
		await turn();
		return written.splice(0).join('');
	};
	return {outlet, state, out};
}

test('what strangers write comes out as printable lines', async t => {
	const {outlet, out} = outletWith();
	await outlet.say('bob: \u001B[2J\u0007\u009B31m\u202Egnp\u200B.exe\rx\ttab  ', 'bob: a\nb');
	t.is(await out(), String.raw`bob: \u001b[2J\u0007\u009b31mgnp.exe\u000dx tab` + '\n' + String.raw`bob: a\nb` + '\n');
	const ascii = outletWith({isAscii: true});
	await ascii.outlet.say('bob: schön “ja” 界 \u{10FFFD}');
	// eslint-disable-next-line no-control-regex -- all of ASCII.
	t.regex(await ascii.out(), /^bob: schon "ja" \?\? [\u0000-\u007F]*\n$/);
});

test('nothing is said while a line is half typed; it comes when the line has ended, in its order', async t => {
	const {outlet, state, out} = outletWith();
	state.isHeld = true;
	let isWritten = false;
	void outlet.say('one').then(() => (isWritten = true));
	outlet.news('two', 'three');
	t.is(await out(), '');
	t.false(isWritten);
	state.isHeld = false;
	outlet.flush();
	t.is(await out(), 'one\ntwo\nthree\n');
	t.true(isWritten);
});

test('news beyond a bound are left out and counted; what was asked for is not', async t => {
	const {outlet, state, out} = outletWith();
	state.isHeld = true;
	for (let index = 0; index < 1500; index++) outlet.news(`news ${index}`);
	void outlet.say('an answer');
	state.isHeld = false;
	outlet.flush();
	await outlet.rest();
	const lines = (await out()).split('\n');
	t.is(lines.length, 1000 + 3);
	t.deepEqual(lines.slice(-4), ['news 999', 'an answer', '500 lines of news came too fast and were left out.', '']);
});

test('what is said while something is asked for has lines of its own, and it is asked for again', async t => {
	const {outlet, out} = outletWith();
	outlet.prompt('Name: ');
	t.is(await out(), 'Name: ');
	outlet.prompt('Name: ');
	void outlet.say('said');
	t.is(await out(), '\nsaid\nName: ');
	outlet.answered();
	outlet.prompt('Password: ');
	t.is(await out(), 'Password: ');
	outlet.prompt('');
	void outlet.say('over');
	t.is(await out(), '\nover\n');
});

test('an output that fails is told of once, and nothing waits for it', async t => {
	const {outlet, state, out} = outletWith();
	state.error = new Error('EPIPE');
	void outlet.say('one');
	t.is(await out(), '[Error: EPIPE]');
	await outlet.rest();
});

const field = (label: FormField['label'], part: Partial<FormField> = {}): FormField => ({
	label,
	value: '',
	isSecret: label === 'password' || label === 'again',
	problem: '',
	advice: '',
	...part,
});
const form = (fields: readonly FormField[], part: Partial<EntranceState> = {}): EntranceState => ({
	fields,
	focus: 0,
	phase: {kind: 'form'},
	joins: undefined,
	problem: '',
	...part,
});

test('one thing is asked for after the other; what is wrong with it is said once', t => {
	const before = form([field('name'), field('password')]);
	t.is(entrancePrompt(before), 'Name: ');
	t.false(hidesTyping(before));
	const wrong = form([field('name', {problem: 'that is no name'}), field('password')]);
	t.deepEqual(entranceLines(before, wrong, 0), ['That is no name.']);
	t.deepEqual(entranceLines(wrong, wrong, 0), []);
	const next = form([field('name'), field('password', {advice: 'weak: guessed soon.'})], {focus: 1});
	t.is(entrancePrompt(next), 'Password: ');
	t.true(hidesTyping(next));
	t.deepEqual(entranceLines(before, next, 0), ['The password is weak: guessed soon.']);
	const refused = form([field('password')], {problem: 'wrong password: 3 tries left before a pause of 60 s'});
	t.deepEqual(entranceLines(form([field('password')]), refused, 0), [
		'Wrong password: 3 tries left before a pause of 60 s.',
	]);
});

test('a lockout is told of when it begins, at 30 and at 10 seconds, and when it is over', t => {
	const locked = form([field('password')], {phase: {kind: 'locked', until: 0, seconds: 60}, problem: 'too many'});
	t.is(entrancePrompt(locked), '');
	t.true(hidesTyping(locked));
	const working = form([field('password')], {phase: {kind: 'working'}});
	t.deepEqual(entranceLines(working, locked, 59_400), ['Too many wrong passwords. You can try again in 60 seconds.']);
	t.deepEqual(entranceLines(locked, form([field('password')]), 0), ['You can try again now.']);
	t.deepEqual(nextCount(59_400), {inMs: 29_400, line: '30 seconds left.'});
	t.deepEqual(nextCount(30_000), {inMs: 20_000, line: '10 seconds left.'});
	t.deepEqual(nextCount(30_001), {inMs: 20_001, line: '10 seconds left.'});
	t.deepEqual(nextCount(10_000), {inMs: 10_000, line: ''});
	t.deepEqual(nextCount(4000), {inMs: 4000, line: ''});
	t.deepEqual(nextCount(-5), {inMs: 0, line: ''});
	t.is(leftWords(4001), '5 seconds left.');
});
