// What the tests start as processes of their own: both doors, the stage of the screen, and the client in another language. Built, as people
// run them.
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {builtPrograms} from '../tools/build/programs.ts';

const root = path.resolve(import.meta.dirname, '..');

export const {
	client: clientDoor,
	server: serverDoor,
	stage: stageDoor,
	pseudo: pseudoDoor,
} = await builtPrograms({
	client: path.join(root, 'cli.tsx'),
	server: path.join(root, 'server.ts'),
	stage: path.join(root, 'test/tty/stage/stage.tsx'),
	pseudo: path.join(root, 'test/catalogue/pseudo-client.ts'),
});

const before = pathToFileURL(path.join(root, 'test/twins/stretching-program.ts')).href;

/** What starts a door: the client with what its password was stretched to before. */
export function commandOf(door: string): readonly [string, ...string[]] {
	return [process.execPath, ...(door === clientDoor ? [`--import=${before}`] : []), door];
}
