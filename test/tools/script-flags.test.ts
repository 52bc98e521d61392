// Scripts for developers that are given flags they do not know.
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import test from 'ava';

const scripts = {
	'bench/main.ts': ['bench', '--only nothing', 'no such bench: nothing'],
	'scripts/chaos.ts': ['chaos', '--rounds none', '--rounds takes a whole number'],
	'scripts/natlab.ts': ['natlab', '--only nothing', '--only takes some of'],
	'scripts/package.ts': ['package', '--arch none', '--arch takes some of'],
} as const;

function run(file: string, args: string): {readonly code: number | null; readonly complaint: string} {
	const {status, stderr} = spawnSync(process.execPath, ['--import=./tools/jsx-files.ts', file, ...args.split(' ')], {
		encoding: 'utf8',
	});
	return {code: status, complaint: stderr};
}

for (const [file, [name, value, words]] of Object.entries(scripts)) {
	test(`${name} says what is wrong with its flags in one line`, t => {
		for (const [args, expected] of [
			['table', "Unexpected argument 'table'"],
			['--fast', "Unknown option '--fast'"],
			[value, words],
		] as const) {
			const {code, complaint} = run(file, args);
			t.is(code, 64, complaint);
			t.true(complaint.startsWith(`${name}: ${expected}`), complaint);
			t.is(complaint.trimEnd().split('\n').length, 1);
		}
	});
}
