// Plays a scene: every window a shell in a pseudo-terminal, in a home with both commands installed and nothing else.
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {cut, filmOf, shotOf} from './film.ts';
import type {Scene, Step} from './scenes.ts';
import {svgOf} from './svg.ts';
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';
import {EmulatedTerminal} from '../terminal/emulated-terminal.ts';

/** What runs our sources, wherever the shell is. */
const loader = import.meta.resolve('tsx');
const root = path.resolve(import.meta.dirname, '../..');
/** Between two keys of a person who is filmed, ms. */
const TYPING_MS = 60;
/** A screen that has not changed for so long is drawn to its end, ms. */
const REST_MS = 400;
/** The longest that a film is, ms. */
const FILM_MS = 20_000;
/** A key as terminals send it: an escape sequence or a character. */
const KEY = /\u001B(?:O.|\[[\d;]*[~A-Za-z])|[^]/gu; // oxlint-disable-line no-control-regex

/** The picture or the film of a scene, as SVG. */
export async function play(scene: Scene): Promise<string> {
	const home = makeTemporaryFolder();
	const stage = new Stage(scene);
	try {
		await stage.open(await furnish(home), home);
		for (const step of scene.before ?? []) await stage.take(step);
		return await (scene.isFilm === true ? stage.film() : stage.picture());
	} finally {
		await stage.close();
		removeFolder(home);
	}
}

class Stage {
	readonly #scene: Scene;
	/** By the names of the windows: as many as the scene has. */
	readonly #terminals = new Map<string, EmulatedTerminal>();

	constructor(scene: Scene) {
		this.#scene = scene;
	}

	/** Every window has a folder of its own for what its programs keep. */
	async open(env: Readonly<Record<string, string>>, home: string): Promise<void> {
		for (const [name, {columns, rows}] of Object.entries(this.#scene.windows)) {
			const own = {...env, XDG_DATA_HOME: path.join(home, name)};
			const shell = {command: '/bin/sh', args: ['-i'], cwd: root, env: own};
			this.#terminals.set(name, new EmulatedTerminal(shell, {columns, rows}, {answers: true}));
		}

		await Promise.all([...this.#terminals.values()].map(async terminal => terminal.shows(/\$$/v)));
	}

	async close(): Promise<void> {
		const terminals = [...this.#terminals.values()];
		// Hanging up ends what runs inside.
		for (const terminal of terminals) terminal.signal('SIGHUP');
		await Promise.all(terminals.map(async terminal => terminal.ended()));
	}

	async take({window, type, until, hold = 0}: Step, pace = 0): Promise<void> {
		const terminal = this.#terminal(window);
		if (pace === 0) terminal.type(type);
		else {
			for (const [key] of type.matchAll(KEY)) {
				await pause(pace);
				terminal.type(key);
			}
		}

		await terminal.shows(until);
		await pause(hold);
	}

	async picture(): Promise<string> {
		const {label, palette, steps} = this.#scene;
		for (const step of steps) await this.take(step);
		await Promise.all(this.#shown().map(async ([name]) => this.#terminal(name).rests(REST_MS)));
		const shown = this.#shown().map(([name, title]) => ({
			title,
			grid: this.#terminal(name).grid(palette),
			...(palette && {palette}),
		}));
		return svgOf(shown, label);
	}

	/** Of the first window that is shown. */
	async film(): Promise<string> {
		const {label, steps, windows} = this.#scene;
		const [name = '', title = ''] = this.#shown()[0] ?? [];
		const terminal = this.#terminal(name);
		const shots = [shotOf(terminal.grid(), performance.now())];
		const camera = terminal.watch(() => shots.push(shotOf(terminal.grid(), performance.now())));
		for (const step of steps) await this.take(step, TYPING_MS);
		camera.dispose();
		return filmOf(cut(shots, FILM_MS), {title}, windows[name]?.columns ?? 0, label);
	}

	#terminal(name: string): EmulatedTerminal {
		const terminal = this.#terminals.get(name);
		if (terminal === undefined) throw new Error(`there is no window ${name}`);
		return terminal;
	}

	/** Names and titles of the windows in the picture. */
	#shown(): (readonly [string, string])[] {
		return Object.entries(this.#scene.windows).flatMap(([name, {title}]) =>
			title === undefined ? [] : [[name, title] as const],
		);
	}
}

/** A home with both commands in its bin/, as if installed; whoever asks for the server's data finds the same. */
async function furnish(home: string): Promise<Record<string, string>> {
	const bin = path.join(home, 'bin');
	await mkdir(bin);
	const start = (door: string) => `exec '${process.execPath}' --import='${loader}' '${path.join(root, door)}' "$@"\n`;
	const commands = {
		simchat: start('cli.tsx'),
		'simchat-server': `XDG_DATA_HOME='${path.join(home, 'server')}' ${start('server.ts')}`,
	};
	for (const [command, script] of Object.entries(commands)) {
		await writeFile(path.join(bin, command), `#!/bin/sh\n${script}`, {mode: 0o755});
	}

	return {
		HOME: home,
		TMPDIR: home,
		PATH: `${bin}:${process.env['PATH'] ?? ''}`,
		PS1: '$ ',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		// For the loader, which looks where the shell is.
		TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json'),
		COLORTERM: 'truecolor',
		NPM_CONFIG_UPDATE_NOTIFIER: 'false',
	};
}
