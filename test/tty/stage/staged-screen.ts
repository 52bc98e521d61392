// A stage in a pseudo-terminal whose client takes cues from the test.
import {once} from 'node:events';
import {type Socket, createServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import type {ExecutionContext} from 'ava';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {Screen, type ScreenOptions} from '../screen.ts';
import {stageDoor} from '../../programs.ts';
import {type SceneName} from './scenes.ts';
import {cellsOf} from './sheet.ts';
import type {Cue} from './stage.tsx';

export type StagedScreenOptions = Pick<ScreenOptions, 'columns' | 'rows' | 'env' | 'emulator' | 'answers'> & {
	/** The command that has these words run in another terminal. */
	readonly inside?: (words: readonly string[]) => readonly string[];
};

export class StagedScreen {
	readonly screen: Screen;
	readonly #wire: Socket;
	readonly #answers: AsyncIterator<string>;

	private constructor(screen: Screen, wire: Socket) {
		this.screen = screen;
		this.#wire = wire;
		this.#answers = createInterface({input: wire})[Symbol.asyncIterator]();
	}

	/** Resolves once the client listens; 80 columns by 24 rows unless told otherwise. */
	static async open(t: ExecutionContext, scene: SceneName, options: StagedScreenOptions = {}): Promise<StagedScreen> {
		const {columns = 80, rows = 24, env = {}, inside, ...rest} = options;
		const socket = path.join(temporaryFolder(t), 'cues');
		const listener = createServer().listen(socket);
		t.teardown(() => listener.close());
		await once(listener, 'listening');
		const command = [process.execPath, stageDoor, scene, 'terminal', socket];
		const screen = new Screen(t, [], {
			...rest,
			columns,
			rows,
			command: inside?.(command) ?? command,
			env: {TZ: 'UTC', ...env},
		});
		const [wire] = (await once(listener, 'connection')) as [Socket];
		t.teardown(() => wire.destroy());
		wire.on('error', () => {}); // The stage may end before what it was told.
		return new StagedScreen(screen, wire);
	}

	/** What the client was asked so far, once it has taken `cue`. */
	async cue(cue: Cue): Promise<string[]> {
		this.#wire.write(`${JSON.stringify(cue)}\n`);
		const {value} = await this.#answers.next();
		return JSON.parse(String(value)) as string[];
	}

	/** What the client was asked so far. */
	async asked(): Promise<string[]> {
		return this.cue({kind: 'say', messages: []});
	}

	/** Every cell of the screen, row by row. */
	get cells(): string {
		return cellsOf(this.screen.emulator);
	}

	/** Takes all cells off the terminal and asks for them again: resolves once the screen is `cells`, and throws if it will not be. */
	async becomesAnew(cells: string): Promise<void> {
		const {screen} = this;
		screen.emulator.write('\u001B[2J');
		await screen.until(() => screen.text.trim() === '', 'a blank screen');
		screen.type('\u000C');
		await this.becomes(cells);
	}

	/** Waits until the screen is `cells`. Throws with what it is instead. */
	async becomes(cells: string): Promise<void> {
		try {
			await this.screen.until(() => this.cells === cells, 'the cells');
		} catch (error) {
			throw new Error(`expected:\n${cells}\nactual:\n${this.cells}`, {cause: error});
		}
	}
}
