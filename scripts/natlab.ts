// npm run natlab [-- --only PART,PART] [-- --asleep SECONDS]: whether messages get from any home to any other, with the built programs,
// in network namespaces of its own. Needs root; nothing leaves the namespaces, and they are removed at the end.
import process from 'node:process';
import {currentDoors} from '../tools/net/doors.ts';
import {endOnSignals} from '../tools/net/lab.ts';
import {missingForNetworks} from '../tools/net/missing.ts';
import {PARTS, runLab} from '../tools/net/run.ts';
import {scriptFlags, wrongFlags} from '../tools/script-flags.ts';

/** As sysexits.h has it: what this needs is not there. */
const UNAVAILABLE = 69;
/** Of ten minutes; the rest is for the end. */
const LIMIT_MS = 585_000;

const text = {type: 'string'} as const;
const values = scriptFlags('natlab', {only: text, asleep: text});
const names = values.only?.split(',') ?? [...PARTS];
const parts = PARTS.filter(part => names.includes(part));
const asleepS = Number(values.asleep ?? 300);
if (parts.length !== names.length || !(asleepS > 0)) {
	wrongFlags('natlab', `--only takes some of ${PARTS.join(',')}, and --asleep a number of seconds`);
}

const missing = missingForNetworks();
if (missing.length > 0) {
	process.stderr.write(`natlab: this machine cannot make networks of its own. It lacks: ${missing.join('; ')}\n`);
	process.exit(UNAVAILABLE);
}

endOnSignals();
const doors = await currentDoors();
const print = (line: string) => process.stdout.write(`${line}\n`);
const isGood = await runLab({doors, parts, asleepS, limitMs: LIMIT_MS, print});
// What still ran when time was over has no end of its own.
process.exit(isGood ? 0 : 1);
