// Writes the test values of docs/protocol.md anew from the real code: npx tsx scripts/protocol-vectors.ts
import {readFile, writeFile} from 'node:fs/promises';
import {PAGE, testValues, withValues} from '../tools/vectors/page.ts';

await writeFile(PAGE, withValues(await readFile(PAGE, 'utf8'), await testValues()));
