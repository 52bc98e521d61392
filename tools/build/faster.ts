// What bundles do faster than the packages they are made of: the same answers, remembered, or not worked out before they are wanted.
import {type Patches} from './patching.ts';

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

/** Each package makes one when it is loaded. Ours is one for all, made when it is needed (`bundling.ts` knows the name). */
const OUR_SEGMENTER = "import {segmenter} from 'simchat-segmenter';";

export const faster: Patches = {
	'@alcalzone/ansi-tokenize': {
		'build/tokenize.js': [
			['const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });', OUR_SEGMENTER],
		],
	},
	'slice-ansi': {
		'tokenize-ansi.js': [
			[
				"const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});",
				`${OUR_SEGMENTER}\nconst GRAPHEME_SEGMENTER = segmenter;`,
			],
		],
	},
	'wrap-ansi': {'index.js': [['const segmenter = new Intl.Segmenter();', OUR_SEGMENTER]]},
	'string-width': {
		'index.js': [
			['const segmenter = new Intl.Segmenter();', OUR_SEGMENTER],
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
	},
	// Most lines of a frame were in the frame before: they are taken apart once.
	ink: {
		'build/line-update.js': [
			["const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });", OUR_SEGMENTER],
		],
		'build/output.js': [
			['class OutputCaches {', `${RECENT}\nclass OutputCaches {`],
			['    widths = new Map();', `    widths = new Recent(${WIDTHS});`],
			['    blockWidths = new Map();', `    blockWidths = new Recent(${LINES});`],
			['    styledChars = new Map();', `    styledChars = new Recent(${LINES});`],
			['export default class Output {', 'const caches = new OutputCaches();\nexport default class Output {'],
			['    caches = new OutputCaches();', '    caches = caches;'],
		],
		'build/squash-text-nodes.js': [
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
	},
	// What is told of a package is put in order by much that takes as long to load as all of meow: nobody asks for it.
	meow: {
		'build/dependencies.js': [
			['var normalizeExports = requireNormalize();\n', ''],
			[
				'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
				'const normalizePackageData = data => getDefaultExportFromCjs(requireNormalize())(data);',
			],
		],
	},
	// The validator of JSON schemas takes 10 ms to load, and what compares versions 5: they are loaded when there is a schema or a migration.
	conf: {
		'dist/source/index.js': [
			[
				"import semver from 'semver';\n",
				"const semver = new Proxy({}, {get: (_, name) => require('semver')[name]});\n",
			],
			["import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';\n", ''],
			["import ajvFormatsModule from 'ajv-formats';\n", ''],
			[
				'        const ajvFormats = ajvFormatsModule.default;',
				"        const { Ajv2020: Ajv } = require('ajv/dist/2020.js');\n        const { default: ajvFormats } = require('ajv-formats');",
			],
		],
	},
	// Its WebAssembly is text: taken apart by Node, not letter by letter.
	'yoga-layout': {
		'dist/binaries/yoga-wasm-base64-esm.js': [
			[
				'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
				"var d=Buffer.from(a.slice(37),'base64')",
			],
		],
	},
};
