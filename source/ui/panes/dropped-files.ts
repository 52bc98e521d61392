// The line above the composer while the draft is nothing but the paths of files, as terminals paste what is dropped into them.
import path from 'node:path';
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ConversationId} from '../../client/snapshot.ts';
import {sizeText} from '../text/file-size.ts';
import {safeName} from '../text/safe.ts';
import {widthOf} from '../text/width.ts';
import {type ScreenRow, fitRow, span} from '../widgets/spans.ts';
import {cutName} from './offer-rows.ts';

export type DroppedFiles = {
	readonly conversation: ConversationId;
	/** The draft that it is: another one is a text as any. */
	readonly text: string;
	/** Absolute paths of files that are there. */
	readonly paths: readonly string[];
	/** Bytes, of all of them. */
	readonly size: number;
};

/** The fewest cells in which a name is shown. */
const LEAST = 6;

export function droppedRow({paths, size}: DroppedFiles, width: number): ScreenRow {
	const words = catalogue.offeredFiles;
	const [first = ''] = paths;
	const tail = ` · ${words.dropKeys}`;
	const room = width - widthOf(words.drop('', sizeText(size))) - widthOf(tail);
	const name = cutName(safeName(path.basename(first)), Math.max(LEAST, room));
	const head = paths.length === 1 ? words.drop(name, sizeText(size)) : words.dropMany(paths.length, sizeText(size));
	return fitRow([span(head, 'title'), span(tail, 'muted')], width);
}
