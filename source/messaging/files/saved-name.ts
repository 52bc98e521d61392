// The name under which a file of somebody else is saved: theirs, as far as it can do no harm. Pure.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {harmless} from '../../content/harmless.ts';
import {segmenter} from '../../content/segmenter.ts';

/** Bytes of UTF-8: with a number and '.part' it fits what file systems take, 255. */
const NAME_LIMIT = 200;
const EXTENSION_LIMIT = 24;
const NAMELESS = 'file';
/** Separators, and what is none in a name somewhere: drives, streams, wildcards, redirections. */
const UNFIT = /["*/:<>?\\|]/g;
/** Devices on Windows, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;

/**
 * Of one part, at most 200 bytes, in NFC: without separators, controls, bidi marks and what is not seen, without dots or spaces at its ends; none
 * that a program takes for an option, or a system for a device.
 */
export function savedName(hostile: string): string {
	const seen = harmless(hostile, {picture: () => '_'})
		.normalize('NFC')
		.replaceAll(UNFIT, '_');
	const trimmed = seen.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '');
	const plain = trimmed.replace(/^(?=[-~])/, '_').replace(RESERVED, '_$&');
	const cut = shortened(plain === '' ? NAMELESS : plain);
	return cut === '' ? NAMELESS : cut;
}

/** The name itself, then `name (2).ext`, `name (3).ext` and so on. */
export function numberedName(name: string, number: number): string {
	if (number === 1) return name;
	const {name: stem, ext} = path.parse(name);
	return `${stem} (${number})${ext}`;
}

/** Cut at the end of a character that a person sees; the extension stays. */
function shortened(name: string): string {
	if (Buffer.byteLength(name) <= NAME_LIMIT) return name;
	const {ext} = path.parse(name);
	const kept = Buffer.byteLength(ext) <= EXTENSION_LIMIT ? ext : '';
	const stem = kept === '' ? name : name.slice(0, -kept.length);
	let short = '';
	let size = Buffer.byteLength(kept);
	for (const {segment} of segmenter.segment(stem)) {
		size += Buffer.byteLength(segment);
		if (size > NAME_LIMIT) break;
		short += segment;
	}

	return short.replace(/[\s.]+$/, '') + kept;
}
