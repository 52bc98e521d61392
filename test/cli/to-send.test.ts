// What pipe has read: given in its order, whichever process sends it.
import test from 'ava';
import {ToSend} from '../../source/cli/to-send.ts';

test('what is here already stays behind a text that a process which has ended had asked for', async t => {
	const lines = ['one'];
	const arrived = Promise.withResolvers<void>();
	const toSend = new ToSend(
		async () => {
			if (lines.length === 0) await arrived.promise;
			return lines.shift();
		},
		{ready: () => lines.splice(0)},
	);
	const texts = [(await toSend.next())?.text];
	toSend.kept();
	// Asked for by a process that ends meanwhile.
	const lost = toSend.next();
	lines.push('two', 'three', 'four');
	arrived.resolve();
	await Promise.resolve();
	toSend.again();
	for (let turn = 0; turn < 2; turn++) {
		const next = await toSend.next();
		if (next?.isKept !== true) texts.push(next?.text);
		texts.push(...toSend.ready());
	}

	t.deepEqual(texts, ['one', 'two', 'three', 'four']);
	await lost;
});
