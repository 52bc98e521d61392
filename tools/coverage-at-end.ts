// Writes what was covered when the test runner ends a process that does not end by itself: half of the test files have open sockets then.
import process from 'node:process';
import {takeCoverage} from 'node:v8';

process.once('SIGTERM', () => {
	takeCoverage();
	process.kill(process.pid, 'SIGKILL');
});
