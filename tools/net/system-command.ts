// The system's own commands, such as ip and nft.
import {execFileSync, spawnSync} from 'node:child_process';
import process from 'node:process';

/** npm's scripts find the programs of packages first, and one of them is called nft, too. */
const env = {...process.env, PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'};

/** None takes longer. A test that waits for one in its thread can be ended by nobody, ms. */
const LIMITS = {timeout: 60_000, killSignal: 'SIGKILL'} as const;

/** What it printed. Throws when it fails; what it said on standard error is part of the message. */
export function systemCommand(command: string, ...words: readonly string[]): string {
	return execFileSync(command, words, {...LIMITS, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
}

/** Whether it works; what it says is not shown. */
export function works(command: string, ...words: readonly string[]): boolean {
	return spawnSync(command, words, {...LIMITS, env, stdio: 'ignore'}).status === 0;
}

/** Whether a program of this name is installed. */
export function has(program: string): boolean {
	return works('sh', '-c', `command -v ${program}`);
}
