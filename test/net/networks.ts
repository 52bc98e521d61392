// How the tests of the lab are run: where the machine has no networks of its own they are skipped, and say why.
import test, {type ExecutionContext} from 'ava';
import {currentDoors} from '../../tools/net/doors.ts';
import {Homes} from '../../tools/net/homes.ts';
import {Internet} from '../../tools/net/internet.ts';
import {missingForNetworks} from '../../tools/net/missing.ts';
import {World} from '../../tools/net/world.ts';

const missing = missingForNetworks();

/** A test with a small internet of its own, which ends with it. */
export function labTest(title: string, body: (t: ExecutionContext, homes: Homes) => Promise<void>): void {
	networksTest(title, async t => {
		const internet = new Internet();
		t.teardown(async () => internet.lab.close());
		await body(t, new Homes(internet));
	});
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
export function networksTest(title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (missing.length > 0) test.skip(`${title} (needs ${missing.join(', ')})`, body);
	else test.serial(title, body);
}
