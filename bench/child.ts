// A measured process of its own: started here, called by name, ended by its id. Nothing it does on the way costs a call.
import {type ChildProcess, fork, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {SERVER_RUNTIME} from '../bin/server-runtime.js';

// oxlint-disable-next-line typescript/no-explicit-any -- the parameters of each call are typed where it is made
type Calls = Record<string, (...parameters: any[]) => unknown>;
type Call = {readonly id: number; readonly name: string; readonly parameters: readonly unknown[]};
type Answer = {readonly id: number; readonly value?: unknown; readonly error?: string};

export type Child<C extends Calls> = {
	call<Name extends keyof C & string>(
		name: Name,
		...parameters: Parameters<C[Name]>
	): Promise<Awaited<ReturnType<C[Name]>>>;
	stop(): Promise<void>;
};

/** How long a child may take to clean up, ms. */
const PATIENCE_MS = 5000;
/** Every child that runs. */
const running = new Set<() => Promise<void>>();

/**
 * Starts children/`file`.ts, whose calls come from it by `import type`: any other import would run it here, too. A server
 * gets the Node options of the installed one. On this core alone where the system can: two that wait for each other are at
 * times put on one core, and are then three times as fast as two machines would be.
 */
export function startChild<C extends Calls>(file: string, core?: number): Child<C> {
	const {options, environment} = file === 'server' ? SERVER_RUNTIME : {options: [], environment: {}};
	const child = fork(new URL(`children/${file}.ts`, import.meta.url), {
		execArgv: [...options, '--import=tsx'],
		env: {...environment, ...process.env},
		serialization: 'advanced',
	});
	if (core !== undefined) spawnSync('taskset', ['-pc', String(core), String(child.pid)]);
	/** Calls that wait for their answer, by id. */
	const waiting = new Map<number, PromiseWithResolvers<unknown>>();
	let calls = 0;
	// What is said before the child listens can be lost.
	const ready = once(child, 'message');
	child.on('message', ({id, value, error}: Answer) => {
		const call = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) call?.resolve(value);
		else call?.reject(new Error(`${file}: ${error}`));
	});
	child.on('exit', code => {
		for (const call of waiting.values()) call.reject(new Error(`${file} ended with ${code}`));
	});
	const stop = async () => {
		running.delete(stop);
		await end(child);
	};

	running.add(stop);
	return {
		async call(name, ...parameters) {
			const result = Promise.withResolvers<unknown>();
			const id = calls++;
			waiting.set(id, result);
			await ready;
			child.send({id, name, parameters} satisfies Call);
			return result.promise as Promise<never>;
		},
		stop,
	};
}

/** Ends whatever still runs. */
export async function stopChildren(): Promise<void> {
	await Promise.all([...running].map(async stop => stop()));
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	if (child.connected) child.disconnect();
	const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
	await ended;
	clearTimeout(timer);
}

/** Answers `calls` until the parent is gone, then runs `cleanUp` and ends. */
export function answer(calls: Calls, cleanUp: () => Promise<void> = async () => {}): void {
	process.on('message', ({id, name, parameters}: Call) => {
		void (async () => {
			try {
				process.send?.({id, value: await calls[name]!(...parameters)} satisfies Answer);
			} catch (error) {
				process.send?.({id, error: error instanceof Error ? String(error.stack) : String(error)} satisfies Answer);
			}
		})();
	});
	// Ctrl-C reaches every process of the terminal; the parent's end is what counts here.
	process.on('SIGINT', () => {});
	process.on('disconnect', () => {
		void cleanUp().finally(() => process.exit());
	});
	process.send?.({id: -1} satisfies Answer);
}
