// Signals that end a process: the handler that was set last gets them, alone.
import {spawn} from 'node:child_process';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import test from 'ava';

const module = new URL('../../source/os/end-signals.ts', import.meta.url).href;

for (const [signal, exitCode] of [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const) {
	test(`${signal} goes to the last handler alone, each time it comes`, async t => {
		const code = `
			import {handleEndSignals} from '${module}';
			let count = 0;
			handleEndSignals(() => console.log('the first one'));
			handleEndSignals((signal, exitCode) => {
				console.log(signal, exitCode);
				count++;
				if (count === 2) process.exit();
				process.kill(process.pid, signal);
			});
			process.kill(process.pid, '${signal}');
			setInterval(() => {}, 1000);
		`;
		const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '--eval', code], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		t.is(await text(child.stdout), `${signal} ${exitCode}\n`.repeat(2));
	});
}
