// The bench as it is started: a row from end to end, and what it says when there is no such bench.
import {execFile} from 'node:child_process';
import process from 'node:process';
import {promisify} from 'node:util';
import test from 'ava';

const run = promisify(execFile);
const bench = async (...words: string[]) => run(process.execPath, ['--import=tsx', 'bench/main.ts', ...words]);

test('a bench is measured and printed as a table', async t => {
	const {stdout} = await bench('--quick', '--only', 'strangers,prosody');
	t.regex(stdout, /^simchat on .+ cores, Node \d+/v);
	t.regex(stdout, /\nHELLO, malformed +[\d.,]+ µs +[\d.,]+ µs one HMAC-SHA-256 .+ ≤ 20 µs \/ 10 µs/v);
	t.regex(
		stdout,
		/\nINIT, its share forged, by whoever sniffed it +[\d.,]+ µs +[\d.,]+ µs one HMAC-SHA-256 +[\d.]+\n/v,
	);
	t.regex(stdout, /\nprosody beside us(?: +not installed|: logins by SCRAM.* +[\d,.]+\/s)\n/v);
	t.regex(stdout, /\n\d+ of 8 musts met, \d+ goals\n$/v);
});

test('an unknown bench is refused, with the names of those there are', async t => {
	const error = await t.throwsAsync<Error & {code: number; stderr: string}>(bench('--only', 'nothing'));
	t.is(error.code, 64);
	t.regex(error.stderr, /no such bench: nothing\. There are: logins, .+, prosody, hostile-peer, soak\n/v);
});
