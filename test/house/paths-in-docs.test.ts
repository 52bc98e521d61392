// Every file that CONTRIBUTING.md and docs/security.md name is there: under the root, source/ or test/.
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';

/** A path of two parts or more that ends as code does. */
const PATH = /`([a-z][a-z0-9.-]*(?:\/[a-z0-9.-]+)*\/[a-z0-9.-]+\.tsx?)`/g;

function missing(text: string, exists: (file: string) => boolean): string[] {
	const named = new Set([...text.matchAll(PATH)].map(([, file]) => file!));
	return [...named].filter(file => !['', 'source', 'test'].some(root => exists(path.join(root, file))));
}

for (const file of ['CONTRIBUTING.md', 'docs/security.md']) {
	test(`${file} names files that are there`, async t => {
		t.deepEqual(missing(await readFile(file, 'utf8'), existsSync), []);
	});
}

const onlyTwo = (file: string) => ['source/a/b.ts', 'test/c/d.ts'].includes(file);

test('the check finds a file that is gone, and looks under source/ and test/ too', t => {
	t.deepEqual(missing('`a/b.ts` and `c/d.ts`, but not `a/gone.ts`; `f/` is a folder', onlyTwo), ['a/gone.ts']);
});
