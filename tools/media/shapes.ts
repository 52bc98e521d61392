// Characters that fill their cell or reach its edges, as areas: so neighbours meet, whatever the font.

/** Edges as parts of a cell, from its left and its top; and how much of the ink there is. */
export type Area = {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly opacity: number;
};

const full: Area = {left: 0, top: 0, right: 1, bottom: 1, opacity: 1};
/** Lines of a pixel and a little. */
const across: Area = {...full, top: 0.47, bottom: 0.54};
const down: Area = {...full, left: 0.44, right: 0.57};

/** By character. */
const SHAPES: ReadonlyMap<string, readonly Area[]> = new Map([
	['─', [across]],
	['│', [down]],
	['├', [down, {...across, left: down.left}]],
	[
		'╭',
		[
			{...across, left: down.left},
			{...down, top: across.top},
		],
	],
	[
		'╮',
		[
			{...across, right: down.right},
			{...down, top: across.top},
		],
	],
	[
		'╰',
		[
			{...across, left: down.left},
			{...down, bottom: across.bottom},
		],
	],
	[
		'╯',
		[
			{...across, right: down.right},
			{...down, bottom: across.bottom},
		],
	],
	['┬', [across, {...down, top: across.top}]],
	['┴', [across, {...down, bottom: across.bottom}]],
	['┼', [across, down]],
	['▀', [{...full, bottom: 0.5}]],
	['█', [full]],
	['▌', [{...full, right: 0.5}]],
	['▐', [{...full, left: 0.5}]],
	['░', [{...full, opacity: 0.25}]],
	['▒', [{...full, opacity: 0.5}]],
	['▓', [{...full, opacity: 0.75}]],
	...['▁', '▂', '▃', '▄', '▅', '▆', '▇'].map((character, index): [string, Area[]] => [
		character,
		[{...full, top: 1 - (index + 1) / 8}],
	]),
]);

/** Undefined for what a font draws. */
export function shapeOf(text: string): readonly Area[] | undefined {
	return SHAPES.get(text);
}
