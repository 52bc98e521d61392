// Runs what `npm test` promises: types, lint, then every test (or those named); the last line counts them all, and apart from them what
// this machine has skipped for a reason.
import process from 'node:process';
import {verdictOf} from '../tools/tap-line.ts';
import {run} from './run.ts';

let passed = 0;
let failed = 0;
let skipped = 0;

function count(ok: boolean, title: string): void {
	if (ok) passed++;
	else failed++;
	process.stdout.write(`${ok ? '✔' : '✘'} ${title}\n`);
}

for (const check of ['typecheck', 'lint']) {
	count((await run('npm', ['run', '--silent', check])) === 0, check);
}

let tests = 0;
const failedChecks = failed;
const exitCode = await run('ava', ['--tap', ...process.argv.slice(2)], line => {
	const verdict = verdictOf(line);
	if (verdict) {
		tests++;
		if (verdict.outcome === 'skipped') {
			skipped++;
			process.stdout.write(`- ${verdict.title}\n`);
		} else {
			count(verdict.outcome === 'passed', verdict.title);
		}
	} else if (/^[ #]/v.test(line) && !/^# (?:tests|pass|skip|todo|fail) \d+$/v.test(line)) {
		process.stdout.write(`${line}\n`); // What a failure looked like, or what a test logged
	}
});

if (tests === 0) count(false, 'no test ran');
if (exitCode !== 0 && failed === failedChecks) count(false, `the test runner ended with code ${exitCode}`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
process.exitCode = failed === 0 ? 0 : 1;
