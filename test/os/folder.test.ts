// Folders are made one at a time, and what cannot be made is told of at once.
import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {makeFolder} from '../../source/os/folder.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const modeOf = (folder: string) => statSync(folder).mode & 0o777;

test('what is missing is made for its owner alone, and what is there stays as it is', t => {
	const root = temporaryFolder(t);
	const open = path.join(root, 'open');
	mkdirSync(open, {mode: 0o755});
	makeFolder(path.join(open, 'a', 'b'));
	t.deepEqual(
		['', 'a', 'a/b'].map(part => modeOf(path.join(open, part))),
		[0o755, 0o700, 0o700],
	);
	makeFolder(path.join(open, 'a', 'b'));
	makeFolder('/');
	symlinkSync(open, path.join(root, 'link'));
	makeFolder(path.join(root, 'link', 'c'));
	t.is(modeOf(path.join(open, 'c')), 0o700);
});

test('a folder that cannot be made is an error, not an endless loop', t => {
	const root = temporaryFolder(t);
	writeFileSync(path.join(root, 'file'), '');
	symlinkSync(path.join(root, 'nowhere'), path.join(root, 'dangling'));
	t.throws(() => makeFolder(path.join(root, 'file', 'a', 'b')), {code: 'ENOTDIR'});
	t.throws(() => makeFolder(path.join(root, 'dangling', 'a')), {code: 'EEXIST'});
	if (process.platform === 'linux') t.throws(() => makeFolder('/proc/nobody/a/b'), {code: 'ENOENT'});
});

test('no folder is made in another way', t => {
	const files = readdirSync('source', {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
	const makers = files
		.map(({parentPath, name}) => path.join(parentPath, name))
		.filter(file => /\bmkdir(?:Sync)?\(/.test(readFileSync(file, 'utf8')));
	t.deepEqual(makers, ['source/os/folder.ts']);
});
