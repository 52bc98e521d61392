// What the terminal answers does not come to the input, and what is typed meanwhile does.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {Inquiry} from '../../../source/ui/terminal/inquiry.ts';

function open() {
	const typed: Uint8Array[] = [];
	const inquiry = new Inquiry(bytes => typed.push(bytes));
	return {
		inquiry,
		take: (text: string) => inquiry.take(Buffer.from(text)),
		typed: () => Buffer.concat(typed).toString(),
	};
}

test('answers are taken out, wherever they are cut', async t => {
	const sent = 'hé\u001B[A\u001B[2;5Rl\u001BP>|tmux 3.3a\u001B\\l\u001B[?2027;2$yo\u001B[?1;2c漢';
	const bytes = Buffer.from(sent);
	for (let cut = 0; cut <= bytes.length; cut++) {
		const {inquiry, typed} = open();
		let asked = '';
		const answers = inquiry.ask('?', question => (asked = question));
		inquiry.take(bytes.subarray(0, cut));
		inquiry.take(bytes.subarray(cut));
		t.is(await answers, '\u001B[2;5R\u001BP>|tmux 3.3a\u001B\\\u001B[?2027;2$y\u001B[?1;2c', String(cut));
		t.is(asked, '?\u001B[c');
		t.is(typed(), 'hé\u001B[Allo漢', String(cut));
	}
});

test('a terminal that does not answer is waited for no longer, and a key that looked like an answer is typed', async t => {
	const {inquiry, take, typed} = open();
	const answers = inquiry.ask('?', () => {});
	take('a\u001B');
	t.is(typed(), 'a');
	t.is(await answers, undefined);
	t.is(typed(), 'a\u001B');
	take('\u001B[2;5R');
	t.is(typed(), 'a\u001B\u001B[2;5R', 'from here on the parser of keys passes answers over');
});
