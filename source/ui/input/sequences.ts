// The meaning of complete control sequences (ECMA-48 CSI and SS3): keys of xterm, rxvt, the Linux console and kitty, focus,
// and the wheel. What is not known here means nothing, and types nothing.
import {characterEvent} from './characters.ts';
import {type KeyEvent, type Modifiers, bare, keyPress} from './key-events.ts';

/** By final byte, of CSI and SS3 alike. */
const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	S: 'f4',
};

/** By the number before `~`. */
const numbers: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

/** rxvt ends a key's number with what is held down. */
const rxvt: Readonly<Record<string, Modifiers>> = {
	$: {...bare, shift: true},
	'^': {...bare, ctrl: true},
	'@': {ctrl: true, alt: false, shift: true},
};

/** What `ESC O` and a letter mean; `alt` when another ESC went before. */
export function ss3Event(final: string, alt: boolean): KeyEvent | undefined {
	const arrow = letters[final.toUpperCase()];
	if (/[a-d]/.test(final) && arrow !== undefined) return keyPress(arrow, {...bare, ctrl: true, alt});
	const name = final === 'M' ? 'enter' : final === 'R' ? 'f3' : letters[final];
	return name === undefined ? undefined : keyPress(name, {...bare, alt});
}

/**
 * What a CSI sequence means: `body` is all between the introducer and the final byte; `alt` when another ESC went before.
 * Undefined for answers, releases of keys, and whatever else is not known.
 */
export function csiEvent(body: string, final: string, alt: boolean): KeyEvent | undefined {
	if (body.startsWith('<')) return mouseEvent(body.slice(1), final);
	if (body === '[') return linuxEvent(final);
	if (!/^[\d;:]*$/.test(body)) return undefined;
	const fields = body.split(';').map(field => field.split(':').map(part => (part === '' ? undefined : Number(part))));
	const [[code, shifted] = [], [mask = 1, press = 1] = [], third = []] = fields;
	const modifiers = modifiersOf(mask, alt);
	if (press === 3 || modifiers === undefined) return undefined;
	if (final === 'u') return kittyEvent(code, shifted, modifiers, third);
	if (final === '~') {
		if (code === 27) return third[0] === undefined ? undefined : characterEvent(third[0], modifiers);
		return named(numbers[code ?? 0], modifiers);
	}

	const held = rxvt[final];
	if (held !== undefined) return named(numbers[code ?? 0], {...held, alt});
	if (final === 'Z') return keyPress('tab', {...modifiers, shift: true});
	if (body === '' && (final === 'I' || final === 'O')) return {kind: 'focus', focused: final === 'I'};
	if (/[a-d]/.test(final))
		return body === '' ? named(letters[final.toUpperCase()], {...bare, alt, shift: true}) : undefined;
	return body === '' || code === 1 ? named(letters[final], modifiers) : undefined;
}

function named(name: string | undefined, modifiers: Modifiers): KeyEvent | undefined {
	return name === undefined ? undefined : keyPress(name, modifiers);
}

/** Sum of bits and 1: shift, alt, ctrl, super, hyper, meta, two locks. With super or hyper it is the desktop's key, not ours. */
function modifiersOf(mask: number, alt: boolean): Modifiers | undefined {
	const bits = mask - 1;
	if (bits & 0b1_1000) return undefined;
	return {shift: (bits & 1) !== 0, alt: alt || (bits & 0b10_0010) !== 0, ctrl: (bits & 4) !== 0};
}

/** https://sw.kovidgoyal.net/kitty/keyboard-protocol: the key, what it is with shift, and the text it types. */
function kittyEvent(
	code: number | undefined,
	shifted: number | undefined,
	modifiers: Modifiers,
	text: ReadonlyArray<number | undefined>,
): KeyEvent | undefined {
	if (code === undefined) return undefined;
	if (!modifiers.ctrl && !modifiers.alt && text[0] !== undefined) {
		const events = text.map(point => characterEvent(point ?? 0, bare));
		const typed = events.map(event => (event?.kind === 'text' ? event.text : '')).join('');
		return typed === '' ? undefined : {kind: 'text', text: typed};
	}

	if (modifiers.shift && shifted !== undefined) return characterEvent(shifted, {...modifiers, shift: false});
	return characterEvent(code, modifiers);
}

/** SGR mouse reports (xterm, mode 1006): button; column; row, counted from 1. Of buttons the left one, of presses those without a modifier. */
function mouseEvent(report: string, final: string): KeyEvent | undefined {
	const [, button, column, row] = /^(\d+);(\d+);(\d+)$/.exec(report) ?? [];
	const place = {column: Number(column) - 1, row: Number(row) - 1};
	if (final === 'M' && button === '0') return {kind: 'click', ...place};
	// Shift, meta and control held down: 4, 8, 16.
	const wheel = Number(button) & ~0b1_1100;
	if (final !== 'M' || (wheel !== 64 && wheel !== 65)) return undefined;
	return {kind: 'wheel', direction: wheel === 64 ? 'up' : 'down', ...place};
}

/** The Linux console: `ESC [ [ A` to `E` are F1 to F5. */
function linuxEvent(final: string): KeyEvent | undefined {
	const index = 'ABCDE'.indexOf(final);
	return index === -1 ? undefined : keyPress(`f${index + 1}`);
}
