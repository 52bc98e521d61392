// Account names: which are valid, and their field of 33 bytes, the same size for every name.
import {Buffer} from 'node:buffer';
import {type Reader, type Writer} from './cursor.ts';

export const NAME_LIMIT = 32;
export const NAME_FIELD_SIZE = 1 + NAME_LIMIT;

const pattern = /^[a-z][a-z0-9._-]{0,31}$/;

/** Whether `name` is an account name: 1–32 of a–z, 0–9, dot, underscore, hyphen; a letter first; already lower case. */
export function isName(name: string): boolean {
	return pattern.test(name);
}

/** The account name in what a person typed: without white space around it and an @ before it, in lower case; undefined if it is not valid. */
export function foldName(typed: string): string | undefined {
	const name = typed.trim().replace(/^@/, '').toLowerCase();
	return isName(name) ? name : undefined;
}

/** Reads a name in its fixed field: u8 length ‖ 32 bytes, with zeros after the name. */
export function readName(reader: Reader): string {
	const size = reader.u8();
	const field = reader.bytes(NAME_LIMIT);
	const name = field.toString('latin1', 0, size);
	if (size > NAME_LIMIT || !isName(name) || field.subarray(size).some(byte => byte !== 0)) reader.fail();
	return name;
}

/** Writes a name into its fixed field. */
export function writeName(writer: Writer, name: string): Writer {
	return writer.u8(name.length).text(name, NAME_LIMIT);
}

/** Reads a u8 length and a name of that length, as in lists. */
export function readListedName(reader: Reader): string {
	const name = reader.vector8(NAME_LIMIT).toString('latin1');
	if (!isName(name)) reader.fail();
	return name;
}

/** Writes a u8 length and the name. */
export function writeListedName(writer: Writer, name: string): Writer {
	return writer.vector8(Buffer.from(name, 'latin1'), NAME_LIMIT);
}
