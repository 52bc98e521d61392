// Export and import of a directory: for whom the file is, and that one that is not whole changes nothing.
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {moveStore} from '../../source/server/moving.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {registering} from './store-contract.ts';

test('what is exported is for its owner alone, says so, and takes the place of no other file', async t => {
	const data = temporaryFolder(t);
	const file = path.join(data, 'all.jsonl');
	const {text, exitCode} = await moveStore('export', file, {data});
	t.is(exitCode, 0);
	t.regex(text, /holds the keys.*guard it like the server/v);
	t.is(statSync(file).mode & 0o777, 0o600);
	const before = readFileSync(file, 'utf8');
	t.like(await t.throwsAsync(moveStore('export', file, {data})), {code: 'EEXIST'});
	t.is(readFileSync(file, 'utf8'), before);
});

test('a file that was cut off, changed or is something else is named by its line, and changes nothing', async t => {
	const data = temporaryFolder(t);
	const store = openStore(path.join(data, DATABASE), systemRandom);
	for (const name of ['alice', 'bob']) await store.register(registering(name), 'open', 1);
	await store.close();
	const file = path.join(data, 'all.jsonl');
	await moveStore('export', file, {data});
	const lines = readFileSync(file, 'utf8').split('\n');
	const target = path.join(data, 'new');
	const wrong: ReadonlyArray<readonly [string, RegExp]> = [
		['', /line 0 of .* is not its end/v],
		[lines.slice(0, -2).join('\n'), /line 5 of .* is not its end/v],
		[lines.toSpliced(2, 1).join('\n'), /line 5 of .* is no row/v],
		[lines.toSpliced(4, 0, '{"table":"accounts","name":"carol"}').join('\n'), /line 5 of .* is no row/v],
		[lines.toSpliced(4, 0, '{"table":"users"}').join('\n'), /line 5 of .* is no row/v],
		[lines.toSpliced(4, 0, '['.repeat(100_000)).join('\n'), /line 5 of .* does not belong there/v],
		[[...lines, lines[3]].join('\n'), /does not belong there/v],
		[lines.join('\n').replace('"version":1', '"version":2'), /line 1 of .* is not how an export/v],
	];
	for (const [content, message] of wrong) {
		writeFileSync(file, content);
		const {text, exitCode} = await moveStore('import', file, {data: target});
		t.is(exitCode, 65, text);
		t.regex(text, message);
		const empty = openStore(path.join(target, DATABASE), systemRandom);
		t.is(await empty.accountCount(), 0);
		await empty.close();
	}

	writeFileSync(file, lines.join('\n'));
	t.like(await moveStore('import', file, {data: target}), {exitCode: 0});
	t.like(await moveStore('import', file, {data: target}), {exitCode: 73});
});
