// Texts of any characters for tests of properties, as fast-check makes them with `unit: 'binary'`, without its list of all 1.1 million.
import fc, {type Arbitrary, type StringConstraints} from 'fast-check';

/** Code points that are halves of pairs, and no characters by themselves (Unicode 3.9). */
const HALVES = {first: 0xd8_00, count: 0x8_00};
const LAST = 0x10_ff_ff;

/** Any character of Unicode, assigned or not. It says which number a character has: fast-check looks for that when it mixes its own texts in. */
const anyCharacter: Arbitrary<string> = fc.nat(LAST - HALVES.count).map(
	number => String.fromCodePoint(number < HALVES.first ? number : number + HALVES.count),
	text => {
		if (typeof text !== 'string' || Array.from(text).length !== 1 || !text.isWellFormed()) {
			throw new TypeError('not one character');
		}

		const point = text.codePointAt(0)!;
		return point < HALVES.first ? point : point - HALVES.count;
	},
);

/** Texts of any characters; lengths are of characters. */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}): Arbitrary<string> {
	return fc.string({...constraints, unit: anyCharacter});
}
