// How the tests of the lab are run: where the machine has no networks of its own they are skipped, and say why.
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {currentDoors} from '../../tools/net/doors.ts';
import {Homes} from '../../tools/net/homes.ts';
import {Internet} from '../../tools/net/internet.ts';
import {missingForNetworks} from '../../tools/net/missing.ts';
import {hasPortMapper} from '../../tools/net/port-mapper.ts';
import {World} from '../../tools/net/world.ts';

const missing = missingForNetworks();

/** The programs that the lab starts find what their passwords were stretched to before. */
const stretching = pathToFileURL(path.resolve(import.meta.dirname, '../twins/stretching-program.ts')).href;
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import=${stretching}`;

/** A test with a small internet of its own, which ends with it. `needs` is what the machine lacks besides, in words. */
export function labTest(
	title: string,
	body: (t: ExecutionContext, homes: Homes) => Promise<void>,
	needs: readonly string[] = [],
): void {
	const run = async (t: ExecutionContext) => {
		const internet = new Internet();
		t.teardown(async () => internet.lab.close());
		await body(t, new Homes(internet));
	};
	networksTest(title, run, needs);
}

/** The same, with a router that opens ports when it is asked to. */
export function portMapperTest(title: string, body: (t: ExecutionContext, homes: Homes) => Promise<void>): void {
	labTest(title, body, hasPortMapper() ? [] : ['miniupnpd (apt-get install miniupnpd)']);
}

/** The same, with a directory server and the built programs. */
export function worldTest(title: string, body: (t: ExecutionContext, world: World) => Promise<void>): void {
	networksTest(title, async t => {
		const world = await World.open(await currentDoors());
		t.teardown(async () => world.close());
		await body(t, world);
	});
}

/** `npm test` counts what is skipped with "(needs …)" apart; any other skipped test has failed. */
export function networksTest(
	title: string,
	body: (t: ExecutionContext) => Promise<void>,
	needs: readonly string[] = [],
): void {
	const all = [...missing, ...needs];
	if (all.length > 0) test.skip(`${title} (needs ${all.join(', ')})`, body);
	else test.serial(title, body);
}
