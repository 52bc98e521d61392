// What lies on top while something is done; and what takes its place when that has ended, unless the person has gone on meanwhile.
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {errorWords} from '../text/error-words.ts';
import {paragraph} from '../widgets/spans.ts';

export function workingOverlay(title: string, words: string): Overlay {
	return {
		title,
		hint: '',
		rows: ({width, height}) => paragraph(words, width, 'muted').slice(0, height),
		take: () => false,
	};
}

/** Shows `working` until `work` has ended; then tells `done`, or shows what `again` makes of the refusal. */
export async function showWorking(
	screen: ScreenControls,
	working: Overlay,
	{
		work,
		done,
		again,
	}: {
		readonly work: () => Promise<void>;
		readonly done: string;
		readonly again: (refusal: string) => Overlay | undefined;
	},
): Promise<void> {
	screen.show(working);
	let next: Overlay | undefined;
	let words = done;
	try {
		await work();
	} catch (error) {
		words = errorWords(error);
		next = again(words);
	}

	const isStillThere = screen.overlay === working;
	if (isStillThere) screen.show(next);
	if (!isStillThere || next === undefined) screen.tell(words);
}
