// The stage in a pane of a real tmux, which types into it what it is told to.
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {stageDoor} from '../programs.ts';
import {type SceneName} from './stage/scenes.ts';

const PATIENCE_MS = 60_000;
const LOOK_MS = 20;

export class Tmux {
	readonly #command: readonly string[];

	private constructor(command: readonly string[]) {
		this.#command = command;
	}

	/** A server of its own, with one pane of 80 columns and 24 rows. `env`: words for the shell. Throws when tmux is not installed. */
	static async open(t: ExecutionContext, scene: SceneName, env = ''): Promise<Tmux> {
		const tmux = new Tmux(['tmux', '-S', path.join(temporaryFolder(t), 'tmux'), '-f', '/dev/null']);
		const stage = [process.execPath, stageDoor, scene].map(word => `'${word}'`).join(' ');
		tmux.run('new-session', '-d', '-x', '80', '-y', '24', `exec env TZ=UTC ${env} ${stage}`);
		tmux.run('set-option', '-g', 'remain-on-exit', 'on');
		t.teardown(() => tmux.run('kill-server'));
		return tmux;
	}

	/** What tmux says to a command. Throws when there is no tmux, or it refuses. */
	run(...words: readonly string[]): string {
		const [file = '', ...rest] = this.#command;
		const {status, stdout, stderr, error} = spawnSync(file, [...rest, ...words], {encoding: 'utf8'});
		if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${error?.message ?? stderr}`);
		return stdout;
	}

	/** Bytes as if the terminal had sent them. */
	type(bytes: string): void {
		this.run('send-keys', '-H', ...Array.from(Buffer.from(bytes), byte => byte.toString(16)));
	}

	/** What `text` is in a buffer is pasted; `isMarked`: as a paste, where the program asked for that. */
	paste(text: string, {isMarked}: {readonly isMarked: boolean}): void {
		this.run('set-buffer', text);
		this.run('paste-buffer', ...(isMarked ? ['-p'] : []));
	}

	get text(): string {
		return this.run('capture-pane', '-p').trimEnd();
	}

	/** Whether the program in the pane has ended. */
	get isEnded(): boolean {
		return this.run('list-panes', '-F', '#{pane_dead}').trim() === '1';
	}

	/** Waits until the pane shows `pattern`. Throws with what it shows instead. */
	async shows(pattern: RegExp): Promise<void> {
		await this.until(() => pattern.test(this.text), String(pattern));
	}

	async until(holds: () => boolean, words: string): Promise<void> {
		for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(LOOK_MS)) {
			if (Date.now() > end) throw new Error(`not seen: ${words}\n${this.text}`);
		}
	}
}
