// Where downloads go: what the person's desktop says, else a folder in the home.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {downloadFolder} from '../../source/os/download-folder.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

test('the environment, then user-dirs.dirs, then Downloads in the home', t => {
	const home = temporaryFolder(t);
	const said = (line: string, environment = {}) => {
		mkdirSync(path.join(home, '.config'), {recursive: true});
		writeFileSync(
			path.join(home, '.config', 'user-dirs.dirs'),
			`# written by xdg-user-dirs\nXDG_DESKTOP_DIR="$HOME/Desk"\n${line}\n`,
		);
		return downloadFolder(home, environment);
	};

	t.is(downloadFolder(home, {}), path.join(home, 'Downloads'));
	t.is(said('XDG_DOWNLOAD_DIR="$HOME/Geladen"'), path.join(home, 'Geladen'));
	t.is(said('XDG_DOWNLOAD_DIR="/srv/in \\"q\\""'), '/srv/in "q"');
	t.is(said('XDG_DOWNLOAD_DIR="$HOME/Geladen"', {XDG_DOWNLOAD_DIR: '/else'}), '/else');
	// The home itself stands for a folder that was taken away, and what is no path from the root is not taken.
	for (const line of [
		'XDG_DOWNLOAD_DIR="$HOME/"',
		'XDG_DOWNLOAD_DIR="in"',
		'XDG_DOWNLOAD_DIR=',
		'#XDG_DOWNLOAD_DIR="/x"',
	]) {
		t.is(said(line), path.join(home, 'Downloads'), line);
	}

	t.is(downloadFolder(home, {XDG_CONFIG_HOME: path.join(home, 'nowhere')}), path.join(home, 'Downloads'));
});
