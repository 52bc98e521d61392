// Runs every test under c8 and holds the floors that carry the security to a share of lines covered.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {runCommand} from '../tools/run-command.ts';

const FLOORS = ['crypto', 'wire', 'protocol'];
const REQUIRED_PERCENT = 95;

type Summary = Record<string, {lines: {total: number; covered: number}}>;

const exitCode = await runCommand('c8', ['ava', ...process.argv.slice(2)]);
const summary = JSON.parse(await readFile('coverage/coverage-summary.json', 'utf8')) as Summary;
let short = false;

for (const floor of FLOORS) {
	const folder = path.resolve('source', floor) + path.sep;
	let total = 0;
	let covered = 0;
	for (const [file, {lines}] of Object.entries(summary)) {
		if (!file.startsWith(folder)) continue;
		total += lines.total;
		covered += lines.covered;
	}

	const percent = total === 0 ? 0 : (100 * covered) / total;
	const isShort = percent < REQUIRED_PERCENT;
	short ||= isShort;
	const verdict = isShort ? ` ✘ under ${REQUIRED_PERCENT} %` : '';
	process.stdout.write(`${floor.padEnd(9)}${percent.toFixed(2).padStart(7)} % of ${total} lines${verdict}\n`);
}

process.exitCode = exitCode !== 0 || short ? 1 : 0;
