// Runs one command of the toolchain.
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

/**
 * The exit code of `command`, found on the path npm sets up.
 * Its lines go to `onLine`, or straight to the screen; what it says on standard error always does.
 */
export async function run(command: string, args: readonly string[], onLine?: (line: string) => void): Promise<number> {
	const child = spawn(command, args, {stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit']});
	if (onLine && child.stdout) createInterface({input: child.stdout}).on('line', onLine);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', code => resolve(code ?? 1));
	});
}
