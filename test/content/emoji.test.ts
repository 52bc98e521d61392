// Emoji by their shortcodes, from the real table.
import {registerHooks} from 'node:module';
import test from 'ava';
import {safeText} from '../../source/ui/text/safe.ts';

test.serial('the table is read when it is asked for, and not before', async t => {
	const resolved: string[] = [];
	const hooks = registerHooks({
		resolve(specifier, context, next) {
			resolved.push(specifier);
			return next(specifier, context);
		},
	});
	t.teardown(() => hooks.deregister());
	const {loadEmoji} = await import('../../source/content/emoji.ts');
	t.true(resolved.some(specifier => specifier.endsWith('emoji.ts')));
	t.false(resolved.includes('gemoji'));
	await loadEmoji(error => t.fail(String(error)));
	t.true(resolved.includes('gemoji'));
});

async function load() {
	const {loadEmoji} = await import('../../source/content/emoji.ts');
	return loadEmoji(error => {
		throw error;
	});
}

test('by their very name', async t => {
	const emoji = await load();
	t.is(emoji.exact(':smile:'), '😄');
	t.is(emoji.exact(':+1:'), '👍');
	for (const word of [':smil:', ':smile', 'smile:', '::', ':', '', ':toString:', ':smile::'])
		t.is(emoji.exact(word), undefined);
});

test('begun: what begins so, then what has it in it, the shortest first', async t => {
	const emoji = await load();
	const names = emoji.complete(':smi').map(({name}) => name);
	t.is(names[0], 'smile');
	const begin = names.filter(name => name.startsWith('smi'));
	const hold = names.slice(begin.length);
	t.true(hold.length > 0);
	t.true(hold.every(name => name.includes('smi') && !name.startsWith('smi')));
	for (const part of [begin, hold]) {
		t.deepEqual(
			part.map(name => name.length),
			part.map(name => name.length).toSorted((a, b) => a - b),
		);
	}

	t.deepEqual(emoji.complete(':SMI'), emoji.complete(':smi'));
	t.deepEqual(emoji.complete(':nosuchemoji'), []);
	t.is(emoji.complete(':a').length, 20);
	for (const {name, emoji: shown} of emoji.complete(':a')) t.is(emoji.exact(`:${name}:`), shown);
});

test('what is sent is shown: none is changed on the way to the screen', async t => {
	const {gemoji} = await import('gemoji');
	t.true(gemoji.length > 1000);
	t.deepEqual(
		gemoji.filter(({emoji}) => safeText(emoji, {newlines: false}) !== emoji),
		[],
	);
});
