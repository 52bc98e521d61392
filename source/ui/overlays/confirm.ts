// A question before what cannot be undone.
import {paragraph} from '../widgets/spans.ts';
import {type Desk} from '../desk.ts';
import {type Overlay} from './overlay.ts';

/** `question` is safe to draw. Only y does it: Enter, pressed too early, does not. */
export function confirmOverlay(question: string, act: (desk: Desk) => void): Overlay {
	return {
		title: 'Sure?',
		hint: 'y: yes, n or Esc: no',
		rows: ({width}) => paragraph(question, width),
		take(key, desk) {
			if (key === 'y' || key === 'n') desk.show(undefined);
			if (key === 'y') act(desk);
			return key === 'y' || key === 'n' || key === 'enter';
		},
	};
}
