// One profile, many processes: the one that has it is killed in the middle of what others have it do, and nothing is lost or doubled.
import {chmodSync, existsSync, mkdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {HANDOVER_SOCKET} from '../../source/cli/handover/handover-lines.ts';
import {socketPath} from '../../source/os/private-socket.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, type Running, signUpQuickly, signedUpPerson, startServer} from '../cli/processes.ts';

type Line = {type: string; id: string; text: string; name: string; presence: string};

const linesOf = ({lines}: Running) => lines.map(line => JSON.parse(line) as Line);
const messagesOf = (running: Running) => linesOf(running).filter(({type}) => type === 'message');
const textsOf = (running: Running) => messagesOf(running).map(({text}) => text);

async function aliceAndBob(t: ExecutionContext): Promise<{alice: Person; bob: Person}> {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	return {alice, bob};
}

/** Has the profile open. */
async function holderOf(person: Person): Promise<Running> {
	const holder = person.start('tail', '--json');
	await holder.line(/"state":"online"/);
	return holder;
}

test('what a killed process was to send is sent once, by the command itself', async t => {
	const {alice, bob} = await aliceAndBob(t);
	const holder = await holderOf(alice);
	const sending = alice.start('send', 'bob', 'kept before the kill', '--id', '--wait', '120');
	const piping = alice.start('pipe', 'bob', '--wait', '120');
	piping.child.stdin?.write('a\nb\n');
	// Both wait on alice's disk.
	let outbox = 0;
	for (let look = 0; look < 100 && outbox < 3; look++) {
		const {stdout} = await alice.run(['contacts', '--json']);
		outbox = stdout === '' ? 0 : (JSON.parse(stdout) as {outbox: number}).outbox;
	}

	t.is(outbox, 3);
	await holder.stop('SIGKILL');
	piping.child.stdin?.end('c\nd\n');
	const hearing = bob.start('tail', '--json');
	const [sent, piped] = await Promise.all([sending.ended(), piping.ended()]);
	t.is(sent.code, 0, sent.stderr);
	t.regex(sent.stdout, /^[\da-f]{32}$/, 'once');
	t.like(piped, {code: 0, stdout: ''}, piped.stderr);
	await hearing.line(/"text":"d"/);
	t.deepEqual(textsOf(hearing).toSorted(), ['a', 'b', 'c', 'd', 'kept before the kill']);
	t.deepEqual(
		textsOf(hearing).filter(text => text.length === 1),
		['a', 'b', 'c', 'd'],
	);
});

test('wherever in a talk that goes through it a process is killed, nothing is lost and nothing doubled', async t => {
	const {alice, bob} = await aliceAndBob(t);
	const hearing = await holderOf(bob);
	const wanted: string[] = [];
	for (const place of [0, 1, 7, 30, 49]) {
		const holder = await holderOf(alice);
		const lines = Array.from({length: 50}, (_, index) => `${place}.${index}`);
		wanted.push(...lines);
		const piping = alice.start('pipe', 'bob', '--wait', '120');
		piping.child.stdin?.end(`${lines.join('\n')}\n`);
		await hearing.line(new RegExp(`"text":"${place}\\.${place}"`));
		await holder.stop('SIGKILL');
		const {code, stderr} = await piping.ended();
		t.is(code, 0, stderr);
	}

	await hearing.line(/"text":"49\.49"/);
	t.deepEqual(textsOf(hearing), wanted);
});

test('many commands at once are all done, by whichever of them has the profile', async t => {
	const {alice, bob} = await aliceAndBob(t);
	const hearing = await holderOf(bob);
	const wanted = Array.from({length: 6}, (_, index) => `number ${index}`);
	const all = await Promise.all(wanted.map(async text => alice.run(['send', 'bob', text, '--wait', '120'])));
	for (const {code, stderr} of all) t.is(code, 0, stderr);
	t.deepEqual(textsOf(hearing).toSorted(), wanted);
});

test('tail goes on by itself when the process that has the profile ends, and two print the same', async t => {
	const {alice, bob} = await aliceAndBob(t);
	const holder = await holderOf(alice);
	const tailing = alice.start('tail', '--json');
	await tailing.line(/"state":"online"/);
	t.is((await bob.run(['send', 'alice', 'to both', '--wait', '60'])).code, 0);
	await Promise.all([holder.line(/to both/), tailing.line(/to both/)]);
	await holder.stop('SIGKILL');
	const sent = await bob.run(['send', 'alice', 'to the other', '--wait', '60']);
	t.is(sent.code, 0, sent.stderr);
	await tailing.line(/to the other/);
	t.deepEqual(textsOf(tailing), ['to both', 'to the other']);
	t.is((await tailing.stop()).code, 0);
});

test('the password is proved as ever, and the socket is its owner’s alone', async t => {
	const {alice} = await aliceAndBob(t);
	const holder = await holderOf(alice);
	const socket = path.join(alice.profile, 'commands.sock');
	t.is(statSync(socket).mode & 0o777, 0o600);
	t.is(statSync(alice.profile).mode & 0o777, 0o700);
	const stranger = new Person(t, alice.profile, 'some other password');
	for (const args of [['send', 'bob', 'hi'], ['contacts'], ['search', 'x'], ['export']]) {
		const refused = await stranger.run(args);
		t.like(refused, {code: 77, stdout: ''}, args.join(' '));
		t.regex(refused.stderr, /^simchat: wrong password/);
	}

	t.is((await stranger.run(['whoami'])).code, 0);
	// A socket that others could have made is not used.
	chmodSync(socket, 0o666);
	const refused = await alice.run(['contacts']);
	t.is(refused.code, 69);
	t.regex(refused.stderr, /another simchat uses/);
	chmodSync(socket, 0o600);
	t.is((await alice.run(['contacts'])).code, 0);
	t.is((await holder.stop()).code, 0);
	t.false(existsSync(socket));
});

test('a socket that a killed process left is replaced, and a folder with a long path has one, too', async t => {
	const {link} = await startServer(t);
	const profile = path.join(temporaryFolder(t), 'p'.repeat(120), 'alice');
	mkdirSync(path.dirname(profile), {recursive: true});
	const place = path.dirname(socketPath(profile, HANDOVER_SOCKET));
	t.not(place, profile);
	t.teardown(() => rmSync(place, {recursive: true, force: true}));
	const alice = new Person(t, profile, 'a password of alice');
	await signUpQuickly(link, 'alice', profile, 'a password of alice');
	for (let round = 0; round < 2; round++) {
		const holder = await holderOf(alice);
		t.is((await alice.run(['contacts'])).code, 0);
		await holder.stop(round === 0 ? 'SIGKILL' : 'SIGTERM');
	}

	t.is((await alice.run(['contacts'])).code, 0);
});

test('beside a process that is stopped, commands end and say what is known', async t => {
	const {alice} = await aliceAndBob(t);
	const holder = await holderOf(alice);
	const sending = alice.start('send', 'bob', 'is it kept?', '--wait', '1000');
	let isKept = false;
	for (let look = 0; look < 100 && !isKept; look++) {
		const {stdout} = await alice.run(['contacts', '--json']);
		isKept = stdout !== '' && (JSON.parse(stdout) as {outbox: number}).outbox === 1;
	}

	t.true(isKept);
	holder.child.kill('SIGSTOP');
	const [sent, refused] = await Promise.all([sending.ended(), alice.run(['contacts'])]);
	t.is(sent.code, 75);
	t.regex(sent.stderr, /it does not answer any more: the last message is kept on this disk/);
	t.is(refused.code, 69);
	t.regex(refused.stderr, /it does not answer, and nothing was done: continue it with fg/);
	holder.child.kill('SIGCONT');
	t.regex((await alice.run(['export'])).stdout, /is it kept\?/);
});
