// A disk that is full: said with a way out, nothing that was said before is lost, and what could not be written is not acknowledged.
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type Person, type Running, signUpQuickly, signedUpPerson, startServer} from '../cli/processes.ts';
import {type SmallDisk, Tenant, canMount, smallDisk} from './volume.ts';

/** Alice has room; bob lives on a disk that can be filled. */
async function pair(t: ExecutionContext): Promise<{alice: Person; bob: Tenant; disk: SmallDisk}> {
	const {link} = await startServer(t);
	const disk = await smallDisk(t);
	t.log(canMount ? 'a tmpfs of its own, which answers ENOSPC' : 'no namespaces here: a limit of the process, EFBIG');
	const [alice] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'carol')]);
	const bob = new Tenant(t, path.join(disk.folder, 'bob'), 'his', disk.wrap);
	// His disk is seen by his processes alone.
	const made = path.join(temporaryFolder(t), 'bob');
	await signUpQuickly(link, 'bob', made, 'his');
	await bob.move(made);
	return {alice, bob, disk};
}

const textsOf = ({lines}: Running) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text?: string})
		.flatMap(({type, text}) => (type === 'message' ? [text] : []));

test('what comes while the disk is full is not acknowledged, is on no screen, and comes once there is room', async t => {
	const {alice, bob, disk} = await pair(t);
	const listening = bob.start('tail', '--json');
	await listening.line(/"state":"online"/);
	t.is((await alice.run(['send', 'bob', 'one'])).code, 0);
	await listening.line(/"text":"one"/);
	disk.fill(listening);
	const sent = await alice.run(['send', 'bob', 'two', '--wait', '2']);
	t.is(sent.code, 75, sent.stderr);
	t.regex(sent.stderr, /not delivered yet.*kept on this disk/);
	t.deepEqual(textsOf(listening), ['one']);
	disk.free(listening);
	// What he was not told of goes out again by itself, and before what is said later.
	t.is((await alice.run(['send', 'bob', 'three', '--wait', '60'])).code, 0);
	await listening.line(/"text":"three"/);
	t.deepEqual(textsOf(listening), ['one', 'two', 'three']);
	t.is((await listening.stop()).code, 0);
	t.regex((await alice.run(['contacts'])).stdout, /^bob  offline  key pinned$/);
});

test('what is said while the disk is full is refused with a way out, and what was said before is there again', async t => {
	const {alice, bob, disk} = await pair(t);
	const talking = bob.start('pipe', 'carol');
	t.is((await alice.run(['send', 'bob', 'before'])).code, 0); // Unread: bob looks at carol.
	talking.child.stdin?.write('kept\n');
	const watching = alice.start('tail', '--json');
	await watching.line(/"name":"bob","presence":"online"/);
	disk.fill(talking);
	talking.child.stdin?.write('refused\n');
	const said = await talking.ended();
	t.is(said.code, 74, said.stderr);
	t.regex(
		said.stderr,
		/^simchat: cannot write .*history\.db \(\w+\): make room or make it writable; what was there stands$/m,
	);

	disk.fill(); // What the process has tidied up is room again.
	for (const args of [['send', 'carol', 'refused'], ['tail'], ['contacts']]) {
		const {code, stderr} = await bob.run(args);
		t.is(code, 74, `${args.join(' ')}: ${stderr}`);
		t.regex(stderr, /^simchat: cannot write .*: make room or make it writable/);
	}

	disk.free();
	t.regex((await bob.run(['contacts'])).stdout, /^carol  .*  1 not delivered$/m);
	const listening = bob.start('tail', '--json');
	await listening.line(/"text":"before"/);
	t.is((await listening.stop()).code, 0);
});

test('that a message has arrived is heard while the disk is full: nothing breaks, and it is there once', async t => {
	const {alice, bob, disk} = await pair(t);
	const first = alice.start('tail', '--json');
	t.is((await bob.run(['send', 'alice', 'one'])).code, 0);
	t.is((await first.stop()).code, 0);
	t.is((await bob.run(['send', 'alice', 'two', '--wait', '0.2'])).code, 75);
	const waiting = bob.start('tail', '--json');
	await waiting.line(/"state":"online"/);
	disk.fill(waiting);
	const listening = alice.start('tail', '--json');
	await listening.line(/"text":"two"/);
	waiting.lines.splice(0);
	t.is((await listening.stop()).code, 0); // She tells him before she goes.
	await waiting.line(/"name":"alice","presence":"offline"/);
	const {code, stderr} = await waiting.stop();
	t.is(code, 0, stderr);
	disk.free();
	const again = alice.start('tail', '--json');
	t.is((await bob.run(['send', 'alice', 'three'])).code, 0);
	await again.line(/"text":"three"/);
	t.deepEqual([...textsOf(listening), ...textsOf(again)], ['two', 'three']);
	t.is((await bob.run(['contacts'])).stdout, 'alice  online  key pinned');
});

test('no account is made on a full disk, and signing up works once there is room', async t => {
	const {link} = await startServer(t);
	const disk = await smallDisk(t);
	const bob = new Tenant(t, path.join(disk.folder, 'bob'), 'his', disk.wrap);
	disk.fill();
	const {code, stderr} = await bob.run(['sign-up', link, '--name', 'bob']);
	t.true([73, 74].includes(code ?? 0), stderr);
	t.regex(stderr, /^simchat: cannot .*: make/m);
	disk.free();
	const made = await bob.run(['sign-up', link, '--name', 'bob']);
	t.is(made.code, 0, made.stderr);
});
