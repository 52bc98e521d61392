// A question before what cannot be undone.
import {paragraph} from '../widgets/spans.ts';
import {type Desk} from '../desk.ts';
import {type Overlay} from './overlay.ts';

/** `question` is safe to draw. Only y does it: Enter, pressed too early, does not. */
export function confirmOverlay(question: string, act: (desk: Desk) => void): Overlay {
	/** Whether all of the question was on the screen when it was drawn last. */
	let isWhole = true;
	return {
		title: 'Sure?',
		hint: 'y: yes, n or Esc: no',
		rows({width, height}) {
			const rows = paragraph(question, width);
			isWhole = rows.length <= height;
			return rows.slice(0, height);
		},
		take(key, desk) {
			if (key === 'y' && !isWhole) desk.tell('make the window larger first: not all of it is shown');
			else if (key === 'y' || key === 'n') desk.show(undefined);
			if (key === 'y' && isWhole) act(desk);
			return key === 'y' || key === 'n' || key === 'enter';
		},
	};
}
