// The programs of a run, built: bundles start four times as fast as the sources.
import path from 'node:path';
import process from 'node:process';
import {bundle} from '../build/bundling.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** `folder` holds them all, and is the caller's to remove. */
export type Scripts = {
	readonly folder: string;
	readonly server: string;
	readonly actor: string;
	readonly stranger: string;
	/** One device of several of a person. */
	readonly device: string;
};

/** Builds server, actors and stranger; in a folder that finds the native modules of the project, and that no other build empties. */
export async function buildScripts(): Promise<Scripts> {
	const folder = path.join(root, `node_modules/.cache/simchat-chaos-${process.pid}`);
	const files = {
		server: 'server.ts',
		actor: 'tools/chaos/actor.ts',
		stranger: 'tools/chaos/stranger.ts',
		device: 'tools/chaos/devices/actor.ts',
	};
	await bundle(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, path.join(root, file)])), folder);
	const script = (name: keyof typeof files) => path.join(folder, `${name}.js`);
	return {
		folder,
		server: script('server'),
		actor: script('actor'),
		stranger: script('stranger'),
		device: script('device'),
	};
}
