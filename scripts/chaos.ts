// npm run chaos [-- --rounds N] [-- --seed TEXT] [-- --minutes N]: kills clients and server in the middle of a talk, again and again,
// while a stranger troubles both, and looks whether anything was lost. The same seed draws the same victims, moments and texts. With --devices
// both people have three devices each, a keeper among them, and all must end with the same.
import {randomBytes} from 'node:crypto';
import {rmSync} from 'node:fs';
import process from 'node:process';
import {runDevices} from '../tools/chaos/devices/run.ts';
import {devicesTable} from '../tools/chaos/devices/table.ts';
import {buildScripts} from '../tools/chaos/scripts.ts';
import {runChaos} from '../tools/chaos/run.ts';
import {tableText} from '../tools/chaos/table.ts';
import {scriptFlags, wrongFlags} from '../tools/script-flags.ts';

const text = {type: 'string'} as const;
const values = scriptFlags('chaos', {rounds: text, seed: text, minutes: text, devices: {type: 'boolean'}});
const rounds = Number(values.rounds ?? 1000);
const minutes = Number(values.minutes ?? 20);
const seed = values.seed ?? randomBytes(4).toString('hex');
if (!Number.isSafeInteger(rounds) || rounds < 1 || !(minutes > 0)) {
	wrongFlags('chaos', '--rounds takes a whole number, and --minutes one over 0');
}

process.stdout.write(
	`seed ${seed}: again with npm run chaos --${values.devices === true ? ' --devices' : ''} --seed ${seed} --rounds ${rounds}\n`,
);
const scripts = await buildScripts();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.on('exit', () => rmSync(scripts.folder, {recursive: true, force: true}));
const options = {
	seed,
	rounds,
	limitMs: minutes * 60_000,
	scripts,
	onProgress: (line: string) => process.stdout.write(`${line}\n`),
};
const [outcome, table] = values.devices === true ? await withDevices() : await withStranger();
process.stdout.write(`\n${table}`);
if (outcome.rounds < rounds) process.stdout.write(`\n${minutes} minutes were not enough: use --minutes\n`);
process.exitCode = outcome.violations.length === 0 && outcome.rounds === rounds ? 0 : 1;

async function withDevices() {
	const run = await runDevices(options);
	return [run, devicesTable(seed, rounds, run)] as const;
}

async function withStranger() {
	const run = await runChaos(options);
	return [run, tableText(seed, rounds, run)] as const;
}
