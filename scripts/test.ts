// Runs what `npm test` promises: types, lint, and every test (or those named). Before the last line stands what failed, once more; the
// last line counts them all, and apart from them what this machine has skipped for a reason.
import process from 'node:process';
import {runCommand} from '../tools/run-command.ts';
import {verdictOf} from '../tools/tap-line.ts';

/** The test runner itself ends tests that it has heard nothing of for five minutes (ava.config.js); this ends the runner, ms. */
const SILENCE_MS = 400_000;

let passed = 0;
let skipped = 0;
/** A line for each, and what it looked like below. */
const failures: string[][] = [];
/** What is told of the test before it: of one that failed. */
let lastFailure: string[] | undefined;

function count(ok: boolean, title: string): void {
	const line = `${ok ? '✔' : '✘'} ${title}`;
	lastFailure = ok ? undefined : [line];
	if (lastFailure === undefined) passed++;
	else failures.push(lastFailure);
	process.stdout.write(`${line}\n`);
}

function onHang(line: string): void {
	process.stdout.write(`it hangs, and is ended: ${line}\n`);
}

/** Each with what has it do nothing twice: both cores are wanted by the tests. Alone each is done sooner without. */
const CHECKS = {typecheck: ['--checkers', '1'], lint: []};

/** Types and lint, one after the other, beside the tests: those wait for terminals and clocks now and then. */
async function check(): Promise<void> {
	for (const [name, options] of Object.entries(CHECKS)) {
		const lines: string[] = [];
		const exitCode = await runCommand('npm', ['run', '--silent', name, '--', ...options], {
			onLine: line => lines.push(line),
			// Both are written in Go, take 1 GB at most, and end: a third of their time went to memory that is given back.
			env: {GOGC: 'off'},
			silenceMs: SILENCE_MS,
			onHang,
		});
		count(exitCode === 0, name);
		for (const line of lines) tell(line);
	}
}

let tests = 0;
let failedTests = 0;
const checked = check();
const exitCode = await runCommand('ava', ['--tap', ...process.argv.slice(2)], {onLine, silenceMs: SILENCE_MS, onHang});

function onLine(line: string): void {
	const verdict = verdictOf(line);
	if (verdict) {
		tests++;
		if (verdict.outcome === 'skipped') {
			skipped++;
			lastFailure = undefined;
			process.stdout.write(`- ${verdict.title}\n`);
		} else {
			if (verdict.outcome === 'failed') failedTests++;
			count(verdict.outcome === 'passed', verdict.title);
		}
	} else if (/^[ #]/v.test(line) && !/^# (?:tests|pass|skip|todo|fail) \d+$/v.test(line)) {
		tell(line); // What a failure looked like, or what a test logged
	}
}

function tell(line: string): void {
	lastFailure?.push(line);
	process.stdout.write(`${line}\n`);
}

await checked;
if (tests === 0) count(false, 'no test ran');
if (exitCode !== 0 && failedTests === 0) count(false, `the test runner ended with code ${exitCode}`);
const failed = failures.length;
for (const line of failures.flat()) process.stdout.write(`${line}\n`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
process.exitCode = failed === 0 ? 0 : 1;
