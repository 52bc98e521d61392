// How the tests of the lab are run: where the machine has no networks of its own they are skipped, and say why.
import test, {type ExecutionContext} from 'ava';
import {Homes} from '../../tools/net/homes.ts';
import {Internet} from '../../tools/net/internet.ts';
import {missingForNetworks} from '../../tools/net/missing.ts';

const missing = missingForNetworks();

/** A test with a small internet of its own, which ends with it. `scripts/test.ts` counts what "(needs …)" skips. */
export function labTest(title: string, body: (t: ExecutionContext, homes: Homes) => Promise<void>): void {
	if (missing.length > 0) {
		test.skip(`${title} (needs ${missing.join(', ')})`, body as never);
		return;
	}

	test.serial(title, async t => {
		const internet = new Internet();
		t.teardown(async () => internet.lab.close());
		await body(t, new Homes(internet));
	});
}
