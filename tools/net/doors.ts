// The built programs that the lab runs.
import path from 'node:path';
import {builtPrograms} from '../build/programs.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Files for Node: the client, the server, what signs people up, and a member that keeps to no rules (member.ts). */
export type Doors = {
	readonly client: string;
	readonly server: string;
	readonly signUp: string;
	readonly member: string;
};

/** Of the sources as they are now. */
export async function currentDoors(): Promise<Doors> {
	return builtPrograms({
		client: path.join(root, 'cli.tsx'),
		server: path.join(root, 'server.ts'),
		signUp: path.join(root, 'tools/net/children/sign-up.ts'),
		member: path.join(root, 'tools/net/children/member.ts'),
	});
}
