// Reads a file of test/vectors/wycheproof: its vectors one after another, each with the fields of its group.
import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';

type Fields = Readonly<Record<string, unknown>>;

/** One vector: what must come out, and its fields by name. */
export type Vector = {
	readonly id: string;
	readonly valid: boolean;
	readonly hex: (field: string) => Buffer;
	readonly number: (field: string) => number;
};

export function wycheproof(file: string): Vector[] {
	const url = new URL(`../vectors/wycheproof/${file}`, import.meta.url);
	const {testGroups} = JSON.parse(readFileSync(url, 'utf8')) as {testGroups: Array<Fields & {tests: Fields[]}>};
	return testGroups.flatMap(({tests, ...group}) => tests.map(test => vector({...group, ...test})));
}

function vector(fields: Fields): Vector {
	if (fields['result'] !== 'valid' && fields['result'] !== 'invalid')
		throw new TypeError(`a result that no test knows: ${String(fields['result'])}`);
	return {
		id: `${String(fields['tcId'])} ${String(fields['comment'])}`,
		valid: fields['result'] === 'valid',
		hex: field => Buffer.from(fields[field] as string, 'hex'),
		number: field => fields[field] as number,
	};
}
