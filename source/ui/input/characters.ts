// Single characters as keys, held down with modifiers or not: C0 controls as terminals have always sent them, and code points
// as the kitty protocol and xterm's modifyOtherKeys number them.
import {type Key, type KeyEvent, type Modifiers, bare, keyPress} from './key-events.ts';

/** Keys that have a name of their own, by code point: C0 and DEL, and the private ones of the kitty protocol. */
const named: ReadonlyMap<number, string> = new Map([
	[8, 'backspace'],
	[9, 'tab'],
	[13, 'enter'],
	[27, 'escape'],
	[32, 'space'],
	[127, 'backspace'],
	[57_414, 'enter'],
	[57_417, 'left'],
	[57_418, 'right'],
	[57_419, 'up'],
	[57_420, 'down'],
	[57_421, 'pageup'],
	[57_422, 'pagedown'],
	[57_423, 'home'],
	[57_424, 'end'],
	[57_425, 'insert'],
	[57_426, 'delete'],
]);

/** What the number pad types from KP_0 on (kitty protocol, functional key definitions). */
const PAD_FIRST = 57_399;
const PAD = '0123456789./*-+';
const PAD_EQUALS = 57_415;
/** Keys without text: the private use area of the kitty protocol. */
const isFunctional = (code: number) => code >= 57_344 && code <= 63_743;

/** The key of a C0 control or DEL. */
export function controlKey(code: number, {alt}: {readonly alt: boolean}): Key {
	const name = named.get(code);
	if (name !== undefined) return keyPress(name, {...bare, alt});
	const key = code === 0 ? 'space' : String.fromCharCode(code + 0x40).toLowerCase();
	return keyPress(key, {ctrl: true, alt, shift: false});
}

/** The event of a character, as code point, with what is held down; undefined for keys that type nothing. */
export function characterEvent(code: number, modifiers: Modifiers): KeyEvent | undefined {
	const held = modifiers.ctrl || modifiers.alt;
	const name = named.get(code);
	if (name === 'space' && !held) return {kind: 'text', text: ' '};
	if (name !== undefined) return keyPress(name, modifiers);
	const character = characterOf(code);
	if (character === undefined) return undefined;
	const upper = character.toUpperCase();
	if (!held) return {kind: 'text', text: modifiers.shift && isOne(upper) ? upper : character};
	const lower = character.toLowerCase();
	const isCapital = lower !== character && isOne(lower);
	return keyPress(isCapital ? lower : character, {...modifiers, shift: modifiers.shift || isCapital});
}

/** What `code` types; undefined for controls, keys without text, and what is no character (U+FFFD: nor were the bytes). */
function characterOf(code: number): string | undefined {
	const pad = PAD[code - PAD_FIRST] ?? (code === PAD_EQUALS ? '=' : undefined);
	if (pad !== undefined) return pad;
	if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code > 0x10_ff_ff || isFunctional(code)) return undefined;
	const character = String.fromCodePoint(code);
	return character.isWellFormed() && character !== '\uFFFD' ? character : undefined;
}

function isOne(text: string): boolean {
	return Array.from(text).length === 1;
}
