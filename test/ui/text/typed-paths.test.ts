// Paths as people type them and as terminals paste them.
import test from 'ava';
import {homePath} from '../../../source/ui/text/home-path.ts';
import {droppedPaths, escapedPath, lastWord, absolutePathOf, shellWords} from '../../../source/ui/text/typed-paths.ts';

test('words are those of a shell: spaces part them, but for those in quotes and behind a backslash', t => {
	t.deepEqual(shellWords('a b'), ['a', 'b']);
	t.deepEqual(shellWords(String.raw`my\ file.txt 'it''s "one"' "two \"words\" \n" x'y z'`), [
		'my file.txt',
		'its "one"',
		String.raw`two "words" \n`,
		'xy z',
	]);
	t.deepEqual(shellWords(''), []);
	t.deepEqual(shellWords('  '), []);
	t.is(shellWords("'open"), undefined);
	t.deepEqual(shellWords('end\\'), ['end\\']);
	t.deepEqual(lastWord(String.raw`one tw\ o`), {start: 4, value: 'tw o'});
	t.deepEqual(lastWord('one '), {start: 4, value: ''});
	t.deepEqual(lastWord('"one '), {start: 0, value: 'one '});
	t.deepEqual(lastWord('one\\ '), {start: 0, value: 'one '});
	for (const name of ['plain', 'with space', `it's "so" \\ here`]) t.deepEqual(shellWords(escapedPath(name)), [name]);
});

test('a path is absolute afterwards: from the home, the working directory, or a URL of this machine', t => {
	const where = {home: '/home/me', folder: '/base'};
	t.is(absolutePathOf('~/a b', where), '/home/me/a b');
	t.is(absolutePathOf('~', where), '/home/me');
	t.is(absolutePathOf('../a', where), '/a');
	t.is(absolutePathOf('/etc/hosts', where), '/etc/hosts');
	t.is(absolutePathOf('file:///tmp/a%20b', where), '/tmp/a b');
	t.is(absolutePathOf('file://elsewhere/a', where), '/base/file:/elsewhere/a');
	t.is(absolutePathOf('file:///%zz', where), '/base/file:/%zz');
	t.is(homePath('/home/me/a', '/home/me'), '~/a');
	t.is(homePath('/home/meander', '/home/me'), '/home/meander');
	t.is(homePath('/home/me', '/home/me'), '/home/me');
});

test('what may have been dropped is absolute, as it is or as a shell would read it', t => {
	t.deepEqual(droppedPaths("'/tmp/a b' "), [['/tmp/a b']]);
	t.deepEqual(droppedPaths('/tmp/a b'), [['/tmp/a b']]);
	t.deepEqual(droppedPaths(String.raw`/tmp/a\ b /tmp/c`), [[String.raw`/tmp/a\ b /tmp/c`], ['/tmp/a b', '/tmp/c']]);
	t.deepEqual(droppedPaths('file:///tmp/a%20b\r\nfile:///tmp/c\r\n').at(-1), ['/tmp/a b', '/tmp/c']);
	for (const text of ['', 'hello', '~/a', 'a /tmp/b', "'/tmp/a", 'https://a.example'])
		t.deepEqual(droppedPaths(text), []);
});
