// Changes packages on their way into a bundle. A change that does not apply fails the build.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type PartialMessage, type Plugin} from 'esbuild';

/** `before` stands once in the file, and becomes `after`. */
export type Change = readonly [before: string, after: string];

/** Changes by the name of the package, then by the file in it. */
export type Patches = Readonly<Record<string, Readonly<Record<string, readonly Change[]>>>>;

/**
 * Patches every package that gets into the bundle, each copy of it. The build fails, with the name and the version of the package,
 * when the text of a change is not there exactly once, when a file to be changed is not in the bundle, and when a package of
 * `required` is not.
 */
export function patching(patches: Patches, required: readonly string[] = []): Plugin {
	return {
		name: 'patching',
		setup(plan) {
			/** By the folder of a package: those of its files that have been changed. */
			const patched = new Map<string, Set<string>>();

			plan.onLoad({filter: /\/node_modules\//}, async ({path: source}) => {
				const {folder, name, file} = placeOf(source);
				const files = patches[name];
				if (files === undefined) return undefined;
				const done = patched.get(folder) ?? new Set<string>();
				patched.set(folder, done);
				const changes = files[file];
				if (changes === undefined) return undefined;
				done.add(file);
				return patch(folder, file, changes);
			});

			plan.onEnd(async () => {
				const errors: PartialMessage[] = [];
				const bundled = new Set<string>();
				for (const [folder, done] of patched) {
					const {name} = placeOf(`${folder}/package.json`);
					bundled.add(name);
					for (const file of Object.keys(patches[name] ?? {}))
						if (!done.has(file)) errors.push(await failure(folder, `${file} is not in the bundle`));
				}

				for (const name of required)
					if (!bundled.has(name)) errors.push({text: `The patch of ${name} is not applied: it is not in the bundle`});
				return {errors};
			});
		},
	};
}

/** What becomes of one file. Each change is counted where the changes before it have been made. */
async function patch(folder: string, file: string, changes: readonly Change[]) {
	const errors: PartialMessage[] = [];
	let contents = await readFile(path.join(folder, file), 'utf8');
	for (const [before, after] of changes) {
		const count = contents.split(before).length - 1;
		if (count === 1) contents = contents.replace(before, () => after);
		else errors.push(await failure(folder, `${file} has ${count} times, not once: ${before}`));
	}

	return {contents, errors};
}

/** A file of a package: the folder of the package, its name, and the file in it, with slashes. */
function placeOf(source: string) {
	const [, folder = '', name = '', file = ''] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\/(.*)$/.exec(source) ?? [];
	return {folder, name, file};
}

async function failure(folder: string, reason: string): Promise<PartialMessage> {
	const {name, version} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	return {text: `The patch of ${name} does not apply to its version ${version}: ${reason}`};
}
