// An older client with the server of now, and the reverse: they talk where they could before.
import {type ExecFileSyncOptions, execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, renameSync, symlinkSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {makeTemporaryFolder, removeFolder} from '../../temporary-folder.ts';
import {deliveryLine, isAsExpected} from '../delivery.ts';
import {Directory} from '../directory.ts';
import {type Doors} from '../doors.ts';
import {deliverAll} from '../pairs.ts';
import {type PersonOptions, type World} from '../world.ts';
import {type Report} from './report.ts';

/** The last commit before clients found ways through NATs. */
export const OLDER = '3b084d5c88c72438080b57d2c624760d79ac81cf';

const root = path.resolve(import.meta.dirname, '../../..');

/** The receivers that it could always reach. */
const RECEIVERS = ['none', 'full'] as const;

/** The doors of an older commit, built with its own script and kept for the next run; a string says why there are none. */
export function olderDoors(commit = OLDER): Pick<Doors, 'client' | 'server'> | string {
	// Within node_modules, so that they find the packages.
	const cache = path.join(root, 'node_modules/.cache/simchat-older');
	const folder = path.join(cache, commit);
	const doors = {client: path.join(folder, 'cli.js'), server: path.join(folder, 'server.js')};
	if (existsSync(folder)) return doors;
	mkdirSync(cache, {recursive: true});
	const sources = makeTemporaryFolder(cache);
	const options: ExecFileSyncOptions = {cwd: root, stdio: ['ignore', 'pipe', 'pipe']};
	try {
		execFileSync('sh', ['-c', `git archive ${commit} | tar -x -C ${sources}`], options);
		symlinkSync(path.join(root, 'node_modules'), path.join(sources, 'node_modules'));
		execFileSync(process.execPath, ['--import=tsx', 'scripts/build.ts'], {...options, cwd: sources});
		renameSync(path.join(sources, 'dist'), folder);
		return doors;
	} catch (error) {
		const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
		return `${commit.slice(0, 7)} cannot be built here: ${why}`;
	} finally {
		removeFolder(sources);
	}
}

export async function runOlder(world: World, report: Report): Promise<void> {
	const doors = olderDoors();
	if (typeof doors === 'string') {
		report.say(`no older build: ${doors}`);
		return;
	}

	const host = world.internet.lab.namespace('server-older');
	world.internet.plug(host, 'wan', 13, 'ipv4');
	const directory = await Directory.start(host, doors.server, world.folder);
	const older = {client: doors.client};
	const atOlder = {directory, server: '203.0.113.13'};
	const ends: ReadonlyArray<readonly [title: string, from: PersonOptions, to: PersonOptions]> = [
		['older clients, server of now', older, older],
		['from an older client to one of now', older, {}],
		['from a client of now to an older one', {}, older],
		['clients of now, older server', atOlder, atOlder],
	];
	const pairs = [];
	for (const [index, [title, from, to]] of ends.entries()) {
		for (const kind of RECEIVERS) {
			const [sender, receiver] = [`sends-${index}-${kind}`, `hears-${index}-${kind}`];
			pairs.push({
				title,
				from: await world.person(sender, world.homes.add(sender, 'port').hosts[0]!, from),
				to: await world.person(receiver, world.homes.add(receiver, kind).hosts[0]!, to),
				names: {from: 'port', to: kind},
			});
		}
	}

	await deliverAll(pairs, (delivery, {title}) => {
		report.judge(isAsExpected(delivery, {withinS: 5}), `${title}: ${deliveryLine(delivery)}`);
	});
}
