// How test values look in a document: a heading, a sentence or two, and a block of named values in hexadecimal.
import {Buffer} from 'node:buffer';

export type Value = readonly [name: string, value: Buffer | string | number];

/** Bytes a line. */
const FOLD = 32;

export function section(title: string, prose: string, values: readonly Value[]): string {
	const lines = values.flatMap(([name, value]) =>
		Buffer.isBuffer(value) ? [`${name}, ${value.length} bytes`, ...folded(value)] : [`${name}: ${value}`],
	);
	return `### ${title}\n\n${prose}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
}

function folded(bytes: Buffer): string[] {
	return Array.from(
		{length: Math.ceil(bytes.length / FOLD)},
		(_, index) => `  ${bytes.toString('hex', index * FOLD, Math.min(bytes.length, (index + 1) * FOLD))}`,
	);
}
