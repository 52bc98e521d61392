// Lets tests import .tsx files. Node itself takes the types out of .ts files, and knows no JSX.
import {readFileSync} from 'node:fs';
import {createRequire, registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import type esbuild from 'esbuild';

const require = createRequire(import.meta.url);

registerHooks({
	load(url, context, nextLoad) {
		if (!url.endsWith('.tsx')) return nextLoad(url, context);
		// Most tests need none of this.
		const {transformSync} = require('esbuild') as typeof esbuild;
		const file = fileURLToPath(url);
		const {code} = transformSync(readFileSync(file, 'utf8'), {
			loader: 'tsx',
			jsx: 'automatic',
			sourcefile: file,
			sourcemap: 'inline',
		});
		return {format: 'module', source: code, shortCircuit: true};
	},
});
