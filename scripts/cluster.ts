// npm run cluster [-- --failovers N] [-- --clients N] [-- --only PART,PART]: three servers with a PostgreSQL that has two standbys, all real processes of
// this machine; what is killed and restarted under them, and what that may cost.
import process from 'node:process';
import {endEverythingAtExit} from '../tools/cluster/everything.ts';
import {CLUSTER_PARTS, runCluster} from '../tools/cluster/run.ts';
import {missingForPostgresql} from '../tools/engines/postgresql.ts';
import {scriptFlags, wrongFlags} from '../tools/script-flags.ts';

/** As sysexits.h has it: what this needs is not there. */
const UNAVAILABLE = 69;

const text = {type: 'string'} as const;
const values = scriptFlags('cluster', {only: text, failovers: text, clients: text});
const [failovers, clients] = [Number(values.failovers ?? 5), Number(values.clients ?? 300)];
const names = values.only?.split(',') ?? [...CLUSTER_PARTS];
const parts = CLUSTER_PARTS.filter(part => names.includes(part));
const isWhole = (count: number) => Number.isSafeInteger(count) && count >= 1;
if (!isWhole(failovers) || !isWhole(clients) || parts.length !== names.length) {
	wrongFlags(
		'cluster',
		`--only takes some of ${CLUSTER_PARTS.join(',')}; --failovers and --clients take whole numbers`,
	);
}

const missing = missingForPostgresql();
if (missing.length > 0) {
	process.stderr.write(`cluster: this machine lacks ${missing.join('; ')}\n`);
	process.exit(UNAVAILABLE);
}

endEverythingAtExit();
const print = (line: string) => process.stdout.write(`${line}\n`);
const isGood = await runCluster({parts, failovers, clients, print});
process.exit(isGood ? 0 : 1);
