// Runs what `npm test` promises: types, lint, then every test (or those named); the last line counts them all.
import process from 'node:process';
import {run} from './run.ts';

let passed = 0;
let failed = 0;

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
	const result = /^(?<not>not )?ok \d+ - (?<title>.*)$/v.exec(line)?.groups;
	if (result) {
		tests++;
		const title = result['title'] ?? '';
		// A test that was skipped has shown nothing.
		count(result['not'] === undefined && !title.endsWith('# SKIP'), title);
	} else if (/^[ #]/v.test(line) && !/^# (?:tests|pass|skip|todo|fail) \d+$/v.test(line)) {
		process.stdout.write(`${line}\n`); // What a failure looked like, or what a test logged
	}
});

if (tests === 0) count(false, 'no test ran');
if (exitCode !== 0 && failed === failedChecks) count(false, `the test runner ended with code ${exitCode}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
