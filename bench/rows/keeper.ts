// What a keeper costs to which nothing comes, with another device of its account and a contact there.
import {execFile} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {buildDoors, root} from '../built.ts';
import type {IdleKeeper} from '../children/idle-keeper.ts';
import {type Row} from '../table.ts';

const SECONDS = {full: 300, quick: 60} as const;
const HOUR_S = 3600;
const [KIB, MIB] = [1024, 1024 ** 2];
/** A network of its own, so that all that passes there is theirs. */
const ALONE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

export async function keeper(quick: boolean): Promise<Row[]> {
	buildDoors();
	const seconds = quick ? SECONDS.quick : SECONDS.full;
	const child = path.join(import.meta.dirname, '../children/idle-keeper.ts');
	const words = [...ALONE, process.execPath, '--import=tsx', child, String(seconds)];
	const {stdout} = await promisify(execFile)('unshare', words, {cwd: root});
	const {resident, cpu, bytes} = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as IdleKeeper;
	const hours = seconds / HOUR_S;
	return [
		{what: 'an idle keeper, memory, resident', measured: resident / MIB, unit: 'MiB'},
		{what: '  CPU time an hour', measured: cpu / 1000 / hours, unit: 's'},
		{what: '  bytes an hour on the network, both directions', measured: bytes / KIB / hours, unit: 'KiB'},
	];
}
