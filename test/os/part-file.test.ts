// A file that comes in parts: under a name of its own until it is whole, over nothing that is there, and only into what was begun.
import {Buffer} from 'node:buffer';
import {execFileSync} from 'node:child_process';
import {
	existsSync,
	linkSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {PartFile, freeBytes} from '../../source/os/part-file.ts';
import {SourceFile} from '../../source/os/source-file.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const nothing = () => {};
const named = (number: number) => (number === 1 ? 'a.txt' : `a (${number}).txt`);

test('parts are written, and the name is given at the end, for its owner alone', async t => {
	const folder = path.join(temporaryFolder(t), 'new', 'folder');
	const part = await PartFile.create(folder, named, nothing);
	t.is(part.path, path.join(folder, 'a.txt.part'));
	t.is(statSync(part.path).mode & 0o777, 0o600);
	t.is(statSync(folder).mode & 0o777, 0o700);
	await part.write(Buffer.from('hello '), 0);
	await part.write(Buffer.from('world'), 6);
	const bytes = Buffer.alloc(20);
	t.is(await part.read(bytes, 6), 5);
	t.is(bytes.toString('utf8', 0, 5), 'world');
	t.is(await part.finish(named), path.join(folder, 'a.txt'));
	t.deepEqual(readdirSync(folder), ['a.txt']);
	t.is(readFileSync(path.join(folder, 'a.txt'), 'utf8'), 'hello world');
	t.is(statSync(path.join(folder, 'a.txt')).mode & 0o777, 0o600);
});

test('what is there is never written over: a file, a link that leads nowhere, somebody’s part', async t => {
	const folder = temporaryFolder(t);
	writeFileSync(path.join(folder, 'a.txt'), 'old');
	symlinkSync(path.join(folder, 'target'), path.join(folder, 'a (2).txt'));
	writeFileSync(path.join(folder, 'a (3).txt.part'), 'theirs');
	const part = await PartFile.create(folder, named, nothing);
	t.is(path.basename(part.path), 'a (4).txt.part');
	await part.write(Buffer.from('new'), 0);
	t.is(path.basename(await part.finish(named)), 'a (3).txt');
	t.is(readFileSync(path.join(folder, 'a.txt'), 'utf8'), 'old');
	t.false(existsSync(path.join(folder, 'target')));
	t.is(readFileSync(path.join(folder, 'a (3).txt.part'), 'utf8'), 'theirs');
});

test('one that was begun goes on where it was; another file of its name is left alone', async t => {
	const folder = temporaryFolder(t);
	const begun = await PartFile.create(folder, named, nothing);
	await begun.write(Buffer.from('0123456789'), 0);
	await begun.close();
	const {path: file, stamp} = begun;
	t.is(await PartFile.resume(file, stamp, 11), undefined, 'it is shorter than what is known');
	const again = (await PartFile.resume(file, stamp, 4))!;
	t.is(statSync(file).size, 4);
	await again.write(Buffer.from('x'), 4);
	await again.close();
	t.is(readFileSync(file, 'utf8'), '0123x');

	renameSync(file, path.join(folder, 'kept'));
	writeFileSync(file, '0123456789');
	t.is(await PartFile.resume(file, stamp, 4), undefined, 'somebody else’s');
	rmSync(file);
	symlinkSync(path.join(folder, 'kept'), file);
	t.is(await PartFile.resume(file, stamp, 4), undefined, 'a link');
	rmSync(file);
	execFileSync('mkfifo', [file]);
	t.is(await PartFile.resume(file, stamp, 0), undefined, 'a pipe');
	t.is(readFileSync(path.join(folder, 'kept'), 'utf8'), '0123x');
});

test('killed just after it was made, it is found by its path, as long as nothing is in it', async t => {
	const folder = temporaryFolder(t);
	const tried: string[] = [];
	writeFileSync(path.join(folder, 'a.txt'), 'old');
	const begun = await PartFile.create(folder, named, each => tried.push(path.basename(each)));
	t.deepEqual(tried, ['a (2).txt.part']);
	await begun.close();
	const again = (await PartFile.resume(begun.path, '', 0))!;
	t.is(again.stamp, begun.stamp);
	await again.write(Buffer.from('x'), 0);
	await again.close();
	t.is(await PartFile.resume(begun.path, '', 0), undefined);
});

test('killed between its two names, it has the last one in the end, once', async t => {
	const folder = temporaryFolder(t);
	const begun = await PartFile.create(folder, named, nothing);
	await begun.write(Buffer.from('all'), 0);
	await begun.close();
	linkSync(begun.path, path.join(folder, 'a.txt'));
	const again = (await PartFile.resume(begun.path, begun.stamp, 3))!;
	t.is(await again.finish(named), path.join(folder, 'a.txt'));
	t.deepEqual(readdirSync(folder), ['a.txt']);
});

test('what is discarded is gone, but not what has taken its place', async t => {
	const folder = temporaryFolder(t);
	const part = await PartFile.create(folder, named, nothing);
	await part.discard();
	t.deepEqual(readdirSync(folder), []);
	const other = await PartFile.create(folder, named, nothing);
	renameSync(other.path, path.join(folder, 'moved'));
	writeFileSync(other.path, 'theirs');
	await other.discard();
	t.deepEqual(readdirSync(folder).toSorted(), ['a.txt.part', 'moved']);
});

test('a folder that cannot be made or written to is an error; free space is that of the nearest folder that is there', async t => {
	const folder = temporaryFolder(t);
	writeFileSync(path.join(folder, 'file'), '');
	await t.throwsAsync(PartFile.create(path.join(folder, 'file', 'x'), named, nothing));
	const part = await PartFile.create(path.join(folder, 'gone'), named, nothing);
	rmSync(path.join(folder, 'gone'), {recursive: true});
	await t.throwsAsync(part.finish(named));
	t.true((await freeBytes(path.join(folder, 'not', 'yet'))) > 0);
});

test('a source is a file of bytes, read as it was', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'source');
	const pipe = path.join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	for (const [given, refusal] of [
		[file, 'missing'],
		[folder, 'folder'],
		[pipe, 'special'],
		['/dev/zero', 'special'],
		[path.join(file, 'x'), 'missing'],
		['/dev/nowhere', 'missing'],
	] as const) {
		t.deepEqual(await SourceFile.open(given), {refusal}, given);
	}

	writeFileSync(file, 'abcdef');
	const opened = await SourceFile.open(file);
	if (!('file' in opened)) return t.fail();
	const source = opened.file;
	t.is(source.size, 6);
	t.is((await source.read(2, 3))?.toString(), 'cde');
	t.is(await source.read(4, 3), undefined, 'it has no more than that');
	writeFileSync(file, 'abcdefg');
	t.is(await source.read(0, 3), undefined, 'somebody has written to it');
	await source.close();
});
