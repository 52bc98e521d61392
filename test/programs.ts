// What the tests start as processes of their own: both doors, and the stage of the screen. Built, as people run them.
import path from 'node:path';
import {builtPrograms} from '../tools/build/programs.ts';

const root = path.resolve(import.meta.dirname, '..');

export const {
	client: clientDoor,
	server: serverDoor,
	stage: stageDoor,
} = await builtPrograms({
	client: path.join(root, 'cli.tsx'),
	server: path.join(root, 'server.ts'),
	stage: path.join(root, 'test/tty/stage/stage.tsx'),
});
