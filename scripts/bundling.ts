// How doors become bundles: what the build and the bench of what is built have in common.
import {readFile, rm} from 'node:fs/promises';
import {type Plugin, build} from 'esbuild';

const unused = './scripts/unused.js';

const EMOJI = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
const LATE_EMOJI = `
let rgiEmoji;
const maybeEmoji = /[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u20E3]/u;
const rgiEmojiRegex = {test: text => maybeEmoji.test(text) && (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};
`;

/** The expression for all emoji takes 50 ms to make: only what may be one waits for it. */
const lateEmoji: Plugin = {
	name: 'late-emoji',
	setup(plan) {
		plan.onLoad({filter: /\/string-width\/index\.js$/}, async ({path}) => {
			const source = await readFile(path, 'utf8');
			if (!source.includes(EMOJI)) throw new Error(`${path} tells emoji in another way now: see scripts/bundling.ts`);
			return {contents: source.replace(EMOJI, () => LATE_EMOJI)};
		});
	},
};

/** Puts the bundles of these files, by name, and what they share into an emptied `folder`. */
export async function bundle(files: Readonly<Record<string, string>>, folder: string): Promise<void> {
	await rm(folder, {recursive: true, force: true});
	await build({
		entryPoints: {...files},
		outdir: folder,
		bundle: true,
		// What is loaded on demand is read on demand.
		splitting: true,
		minify: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		define: {
			'process.env.NODE_ENV': '"production"',
			// Yoga would fetch the bytes that it has in a string, and Node would load all of its HTTP for that. Nobody else fetches.
			fetch: 'undefined',
		},
		plugins: [lateEmoji],
		// Native, and found beside the bundle at run time.
		external: ['better-sqlite3-multiple-ciphers'],
		alias: {'react-devtools-core': unused, 'ajv/dist/2020.js': unused, 'ajv-formats': unused},
		// Packages written for require() find one in an ES module.
		banner: {
			js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
		},
	});
}
