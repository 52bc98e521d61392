// Writing in an editor: its words come back, and nothing of them stays behind, however it ends.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {access, chmod, readFile, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {writeInEditor} from '../../../source/ui/terminal/editor.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';

/** An editor that does what `script` says: $1 is the file, or what stands before it; $OUT a folder of its own. */
async function editorWith(t: ExecutionContext, script: string) {
	const out = temporaryFolder(t);
	const folder = temporaryFolder(t);
	const editor = path.join(out, 'editor');
	await writeFile(editor, `#!/bin/sh\nOUT='${out}'\n${script}\n`);
	await chmod(editor, 0o755);
	return {
		editor,
		folder,
		read: async (name: string) => readFile(path.join(out, name), 'utf8'),
		put: async (name: string) => writeFile(path.join(out, name), ''),
		has: async (name: string) =>
			access(path.join(out, name)).then(
				() => true,
				() => false,
			),
	};
}

/** Nothing of what was written is left. */
const onLeft = (error: unknown) => {
	throw error;
};

/** Shell words that wait until the test has put a file, ten seconds at most. */
const waitFor = (name: string) =>
	`i=0; while [ ! -e "$OUT/${name}" ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done`;

async function appears(isThere: () => Promise<boolean>): Promise<void> {
	for (let look = 0; look < 500 && !(await isThere()); look++) await pause(20);
}

test('what is saved comes back, without the newline that editors put at the end', async t => {
	const {editor, folder} = await editorWith(t, 'printf "%s, and more\\n\\n" "$(cat "$1")" > "$1"');
	t.is(await writeInEditor('ä漢', {env: {EDITOR: editor}, folder, onLeft}), 'ä漢, and more\n');
	t.deepEqual(await readdir(folder), []);
});

test('what is not changed comes back as it was', async t => {
	const {editor, folder} = await editorWith(t, 'exit 0');
	for (const text of ['', 'one', 'two\nlines', '  '])
		t.is(await writeInEditor(text, {env: {EDITOR: editor}, folder, onLeft}), text);
});

test('nobody else can read it', async t => {
	const {editor, folder, read} = await editorWith(t, 'ls -ld "$1" "$(dirname "$1")" | cut -c1-10 > "$OUT/modes"');
	await writeInEditor('text', {env: {EDITOR: editor}, folder, onLeft});
	t.deepEqual((await read('modes')).split('\n').slice(0, 2).toSorted(), ['-rw-------', 'drwx------']);
});

for (const [how, end] of [
	['the editor is done', ''],
	['the editor fails', 'exit 3'],
	['the editor is killed', 'kill -9 $$'],
] as const) {
	test(`when ${how}, nothing is left: neither by name nor in the file`, async t => {
		const {editor, folder, read} = await editorWith(
			t,
			`ln "$1" "$OUT/kept"; echo secret >> "$1"; touch "$1.swp"; ${end}`,
		);
		await writeInEditor('secret', {env: {EDITOR: editor}, folder, onLeft}).catch(() => {});
		t.deepEqual(await readdir(folder), []);
		t.is(await read('kept'), '\0'.repeat('secretsecret\n'.length));
	});
}

test('nothing is left when the process ends before the editor does', async t => {
	const {editor, folder, read, has, put} = await editorWith(
		t,
		`ln "$1" "$OUT/kept"; touch "$OUT/begun"; ${waitFor('end')}`,
	);
	const module = new URL('../../../source/ui/terminal/editor.ts', import.meta.url).href;
	const child = spawn(process.execPath, [
		'--import=tsx',
		'--input-type=module',
		`--eval=import {writeInEditor} from '${module}';
		process.on('SIGTERM', () => process.exit(143));
		await writeInEditor('secret', {env: {EDITOR: '${editor}'}, folder: '${folder}'});`,
	]);
	t.teardown(() => child.kill('SIGKILL'));
	await appears(() => has('begun'));
	child.kill('SIGTERM');
	t.deepEqual(await once(child, 'exit'), [143, null]);
	await put('end');
	t.deepEqual(await readdir(folder), []);
	t.is(await read('kept'), '\0'.repeat('secret'.length));
});

test('an editor that gives up leaves the draft', async t => {
	for (const end of ['exit 1', 'kill -9 $$']) {
		const {editor, folder} = await editorWith(t, `echo other > "$1"; ${end}`);
		await t.throwsAsync(writeInEditor('text', {env: {EDITOR: editor}, folder, onLeft}), {
			message: /gave up.*draft is as it was/,
		});
	}
});

test('what cannot be overwritten is told of, and is removed all the same', async t => {
	const {editor, folder} = await editorWith(t, 'rm "$1"; mkdir "$1"');
	const left: unknown[] = [];
	const written = writeInEditor('text', {env: {EDITOR: editor}, folder, onLeft: error => void left.push(error)});
	await t.throwsAsync(written, {message: /has taken the file away/});
	t.deepEqual(
		left.map(error => (error as NodeJS.ErrnoException).code),
		['EISDIR'],
	);
	t.deepEqual(await readdir(folder), []);
});

test('an editor that is not there', async t => {
	const folder = temporaryFolder(t);
	await t.throwsAsync(writeInEditor('text', {env: {EDITOR: '/no/such/editor -x'}, folder, onLeft}), {
		message: /\/no\/such\/editor does not start: set \$EDITOR/,
	});
	t.deepEqual(await readdir(folder), []);
});

test('$VISUAL goes before $EDITOR; words behind it are its arguments, and no shell sees them', async t => {
	const {editor, folder, read} = await editorWith(t, 'printf "%s|" "$1" "$2" > "$OUT/words"');
	await writeInEditor('text', {env: {VISUAL: `${editor}  --wait $(id) `, EDITOR: 'false'}, folder, onLeft});
	t.is(await read('words'), '--wait|$(id)|');
	await writeInEditor('text', {env: {VISUAL: '', EDITOR: `${editor} -w`}, folder, onLeft});
	t.regex(await read('words'), /^-w\|.*message\.txt\|$/);
});

test('the event loop goes on meanwhile', async t => {
	const {editor, folder, put, has} = await editorWith(t, `touch "$OUT/begun"; ${waitFor('go')}; test -e "$OUT/go"`);
	const writing = writeInEditor('text', {env: {EDITOR: editor}, folder, onLeft});
	await appears(() => has('begun'));
	await put('go');
	t.is(await writing, 'text');
});
