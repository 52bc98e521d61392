// The lab leaves nothing behind: not after its end, not after a signal, and a killed one not beyond the next.
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {type ExecutionContext} from 'ava';
import {Lab} from '../../tools/net/lab.ts';
import {Program} from '../../tools/net/program.ts';
import {networksTest} from './networks.ts';

/** A process with a lab: its namespace, and the process id of the program in it. */
async function left(t: ExecutionContext) {
	const script = path.join(import.meta.dirname, 'left-lab.ts');
	const program = new Program([process.execPath, script]);
	t.teardown(() => program.child.kill('SIGKILL'));
	const [full = '', pid = ''] = (await program.line(/ \d+$/)).text.split(' ');
	t.teardown(() => {
		if (existsSync(`/proc/${pid}`)) process.kill(Number(pid), 'SIGKILL');
	});
	return {program, full, pid};
}

const isThere = (full: string) => existsSync(`/run/netns/${full}`) || existsSync(`/etc/netns/${full}`);

networksTest('an end takes namespaces and programs with it', async t => {
	const lab = new Lab('');
	const namespace = lab.namespace('short');
	const program = namespace.start(['sleep', '600']);
	t.true(isThere(namespace.full));
	await lab.close();
	t.false(isThere(namespace.full));
	t.is(program.child.signalCode, 'SIGKILL');
});

networksTest('so does a signal', async t => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		const {program, full, pid} = await left(t);
		t.true(isThere(full));
		await program.stop(signal);
		t.false(isThere(full), signal);
		const deadline = performance.now() + 10_000;
		while (existsSync(`/proc/${pid}`) && performance.now() < deadline) await sleep(20);
		t.false(existsSync(`/proc/${pid}`), signal);
	}
});

networksTest('what a killed process has left is removed by the next lab, and what a living one has is not', async t => {
	const [killed, living] = [await left(t), await left(t)];
	await killed.program.stop('SIGKILL');
	t.true(isThere(killed.full));
	const lab = new Lab('');
	t.teardown(async () => lab.close());
	t.false(isThere(killed.full));
	t.true(isThere(living.full));
	await living.program.stop();
});
