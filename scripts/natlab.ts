// npm run natlab [-- --only PARTS]: whether messages get from any home to any other, with the built programs, in network
// namespaces of its own. Needs root; nothing leaves the namespaces, and they are removed at the end.
import process from 'node:process';
import {parseArgs} from 'node:util';
import {currentDoors} from '../tools/net/doors.ts';
import {missingForNetworks} from '../tools/net/missing.ts';
import {type Tally, reportInto} from '../tools/net/parts/report.ts';
import {runTable} from '../tools/net/parts/table.ts';
import {World} from '../tools/net/world.ts';

/** As sysexits.h has it: what this needs is not there. */
const UNAVAILABLE = 69;

const missing = missingForNetworks();
if (missing.length > 0) {
	process.stderr.write(`natlab: this machine cannot make networks of its own. It lacks: ${missing.join('; ')}\n`);
	process.exit(UNAVAILABLE);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const tally: Tally = {good: 0, all: 0};
const report = reportInto(tally, line => process.stdout.write(`${line}\n`));
const world = await World.open(await currentDoors());
try {
	const {delivered, expected, pairs} = await runTable(world, report);
	report.say(`${delivered} of ${pairs} pairs (${expected} expected)`);
} finally {
	await world.close();
}

process.exitCode = tally.good === tally.all ? 0 : 1;
