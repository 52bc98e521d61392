// Takes the pictures in media/ from the real program, in real pseudo-terminals.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Scene, scenes} from './media/scenes.ts';
import {svgOf} from './media/svg.ts';
import {Terminal} from './media/terminal.ts';

const root = path.resolve(import.meta.dirname, '..');
const COMMANDS = {simchat: 'cli.tsx', 'simchat-server': 'server.ts'};

/** A home with both commands in its bin/, as if installed, and nothing else of whoever takes the pictures. */
async function furnish(home: string): Promise<Record<string, string>> {
	const bin = path.join(home, 'bin');
	await mkdir(bin);
	for (const [command, door] of Object.entries(COMMANDS)) {
		const script = `#!/bin/sh\nexec '${process.execPath}' --import=tsx '${path.join(root, door)}' "$@"\n`;
		await writeFile(path.join(bin, command), script, {mode: 0o755});
	}

	return {
		HOME: home,
		TMPDIR: home,
		PATH: `${bin}:${process.env['PATH'] ?? ''}`,
		PS1: '$ ',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		NPM_CONFIG_UPDATE_NOTIFIER: 'false',
	};
}

async function take(scene: Scene): Promise<string> {
	const home = await mkdtemp(path.join(tmpdir(), 'simchat-media-'));
	const windows: {readonly title: string; readonly terminal: Terminal}[] = [];
	try {
		const env = await furnish(home);
		for (const {title, columns, rows, steps} of scene.windows) {
			const terminal = Terminal.spawn('/bin/sh', ['-i'], {columns, rows, cwd: root, env});
			windows.push({title, terminal});
			await terminal.waitFor(/\$$/v);
			for (const {type, until} of steps) {
				terminal.write(type);
				await terminal.waitFor(until);
			}
		}

		const grids = windows.map(({title, terminal}) => ({title, grid: terminal.grid()}));
		return svgOf(grids, scene.label);
	} finally {
		await Promise.all(windows.map(async ({terminal}) => terminal.close()));
		// A program that is hung up may still be closing its files.
		await rm(home, {recursive: true, force: true, maxRetries: 10});
	}
}

for (const scene of scenes) {
	await writeFile(path.join(root, 'media', scene.file), await take(scene));
	process.stdout.write(`media/${scene.file}\n`);
}
