// An offer of a file on the wire: an option of a text, so that a build that knows no files shows the name as a text.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {wordsField} from './fields.ts';
import {type FileOffer} from './file-offer.ts';

/** Bytes of UTF-8 that the name of a file has at most in an offer. */
export const FILE_NAME_LIMIT = 1024;
const ROOT_SIZE = 32;
const DEVICE_SIZE = 8;

const bytesField = (size: number) => z.custom<Uint8Array>(item => item instanceof Uint8Array && item.length === size);

/** As it stands on the wire. */
export const fileOfferField = z.tuple([
	wordsField(FILE_NAME_LIMIT).check(z.minLength(1)),
	z.int().check(z.minimum(0)),
	bytesField(ROOT_SIZE),
	bytesField(DEVICE_SIZE),
]);

export function fileOfferItem({name, size, root, device}: FileOffer): z.infer<typeof fileOfferField> {
	return [name, size, root, device];
}

export function fileOfferOf([name, size, root, device]: z.infer<typeof fileOfferField>): FileOffer {
	return {name, size, root: Buffer.from(root), device: Buffer.from(device)};
}
