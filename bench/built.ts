// The built programs, as a bench of what people run needs them.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

export const root = path.resolve(import.meta.dirname, '..');

/** Builds both doors; throws when that fails. */
export function buildDoors(): void {
	const {status} = spawnSync(process.execPath, ['--import=tsx', 'scripts/build.ts'], {cwd: root, stdio: 'inherit'});
	if (status !== 0) throw new Error(`the build ended with ${status}`);
}
