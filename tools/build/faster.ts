// What bundles do faster than the packages they are made of: the same answers, remembered, or not worked out before they are wanted.
import {readFile} from 'node:fs/promises';
import {type Plugin} from 'esbuild';

type Change = readonly [before: string, after: string];

/** A map of the newest: what was not asked for in `limit` other entries is forgotten. */
const RECENT = `
class Recent {
	#fresh = new Map();
	#stale = new Map();
	#limit;
	constructor(limit) {
		this.#limit = limit;
	}
	get(key) {
		const value = this.#fresh.get(key);
		if (value !== undefined) return value;
		const former = this.#stale.get(key);
		if (former !== undefined) this.set(key, former);
		return former;
	}
	set(key, value) {
		if (this.#fresh.size >= this.#limit) {
			this.#stale = this.#fresh;
			this.#fresh = new Map();
		}
		this.#fresh.set(key, value);
	}
}
`;

/** As many as a big screen has, entries: lines taken apart into cells are large, their widths are not. */
const LINES = 256;
const WIDTHS = 4096;

const changes: Readonly<Record<string, readonly Change[]>> = {
	'string-width/index.js': [
		// The expression for all emoji takes 50 ms to make: only what may be one waits for it.
		[
			'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
			`let rgiEmoji;
const maybeEmoji = /[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u20E3]/u;
const rgiEmojiRegex = {test: text => maybeEmoji.test(text) && (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};
`,
		],
		// Each frame asks for the width of every line, and of every cell, again.
		[
			'export default function stringWidth(input, options = {}) {',
			`${RECENT}
const widths = new Recent(${WIDTHS});
export default function stringWidth(input, options) {
	if (options !== undefined || typeof input !== 'string' || input.length > 1024) return widthOf(input, options);
	let width = widths.get(input);
	if (width === undefined) {
		width = widthOf(input);
		widths.set(input, width);
	}
	return width;
}
function widthOf(input, options = {}) {`,
		],
	],
	// Most lines of a frame were in the frame before: they are taken apart once.
	'ink/build/output.js': [
		['class OutputCaches {', `${RECENT}\nclass OutputCaches {`],
		['    widths = new Map();', `    widths = new Recent(${WIDTHS});`],
		['    blockWidths = new Map();', `    blockWidths = new Recent(${LINES});`],
		['    styledChars = new Map();', `    styledChars = new Recent(${LINES});`],
		['export default class Output {', 'const caches = new OutputCaches();\nexport default class Output {'],
		['    caches = new OutputCaches();', '    caches = caches;'],
	],
	'ink/build/squash-text-nodes.js': [
		['const squashTextNodes = ', `${RECENT}\nconst sanitized = new Recent(${LINES});\nconst squashTextNodes = `],
		[
			"    text = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));",
			`    let clean = sanitized.get(text);
    if (clean === undefined) {
        clean = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));
        sanitized.set(text, clean);
    }
    text = clean;`,
		],
	],
};

/** Throws when a package is not any more what the changes were made for. */
export const faster: Plugin = {
	name: 'faster',
	setup(plan) {
		plan.onLoad({filter: /\/(string-width|ink\/build)\/[^/]+\.js$/}, async ({path}) => {
			const name = Object.keys(changes).find(file => path.endsWith(`/node_modules/${file}`));
			if (name === undefined) return undefined;
			let source = await readFile(path, 'utf8');
			for (const [before, after] of changes[name]!) {
				if (source.split(before).length !== 2)
					throw new Error(`${path} is another now: see tools/build/faster.ts, ${before}`);
				source = source.replace(before, () => after);
			}

			return {contents: source};
		});
	},
};
