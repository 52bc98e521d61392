// The folder that a person's downloads go to (XDG user directories: user-dirs.dirs).
import {readFileSync} from 'node:fs';
import path from 'node:path';

/** XDG_DOWNLOAD_DIR of the environment or of user-dirs.dirs; else `Downloads` in the home. `home` is an absolute path. */
export function downloadFolder(home: string, environment: Readonly<Record<string, string | undefined>>): string {
	const config = absolute(environment['XDG_CONFIG_HOME']) ?? path.join(home, '.config');
	const said = absolute(environment['XDG_DOWNLOAD_DIR']) ?? saidInFile(path.join(config, 'user-dirs.dirs'), home);
	return said ?? path.join(home, 'Downloads');
}

/** Lines of shell such as `XDG_DOWNLOAD_DIR="$HOME/Downloads"`: a path from the root, or from the home. */
function saidInFile(file: string, home: string): string | undefined {
	const line = /^\s*XDG_DOWNLOAD_DIR="(?<said>(?:[^"\\]|\\.)*)"/m.exec(textOf(file));
	const said = line?.groups?.['said']?.replaceAll(/\\(.)/g, '$1');
	if (said === undefined) return undefined;
	// A directory that is the home itself stands for none.
	const resolved = said.replace(/^\$HOME(?=\/|$)/, home);
	return path.resolve(resolved) === path.resolve(home) ? undefined : absolute(resolved);
}

function absolute(folder: string | undefined): string | undefined {
	return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
