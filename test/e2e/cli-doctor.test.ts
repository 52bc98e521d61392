// simchat doctor and what send says of a way that is not there, as scripts run them: real processes, a real server, exit codes and words.
import test from 'ava';
import {type Person, signedUpPerson, startServer} from '../cli/processes.ts';

type Told = {
	readonly ok: boolean;
	readonly nextStep: string | null;
	readonly connection: {readonly state: string};
	readonly network: {readonly port: number; readonly reflectors: ReadonlyArray<{readonly observed?: string}>};
	readonly contacts: ReadonlyArray<{readonly name: string; readonly path: {readonly kind: string}}>;
};

async function told(person: Person, ...args: string[]): Promise<Told & {readonly code: number | null}> {
	const {code, stdout} = await person.run(['doctor', ...args, '--json']);
	return {...(JSON.parse(stdout) as Told), code};
}

test('doctor: 0 where the server and its answers over UDP come back, 75 where they do not, with the same facts', async t => {
	const {server, link} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	const well = await alice.run(['doctor']);
	t.like(well, {code: 0, stderr: ''});
	t.regex(well.stdout, /^good +directory +reached, and signed in\ngood +UDP +127\.0\.0\.1:\d+ sees 127\.0\.0\.1:\d+\n/);
	t.regex(well.stdout, /^good +UDP port +\d+, the same at each start$/m);
	t.regex(well.stdout, /^ +router +not asked: the directory is on this machine$/m);
	const facts = await told(alice);
	t.like(facts, {code: 0, ok: true, nextStep: null, connection: {state: 'online'}, contacts: []});
	t.true(facts.network.reflectors.length > 0 && facts.network.reflectors.every(({observed}) => observed !== undefined));
	t.true(well.stdout.includes(`UDP port     ${facts.network.port}, `));

	await server.stop();
	const away = await alice.run(['doctor', '--wait', '0.5']);
	t.is(away.code, 75, away.stderr);
	t.regex(away.stdout, /^BAD +directory +the server is out of reach$/m);
	t.regex(away.stdout, /^ +next step +look at the network, or ask the admin/m);
	t.regex(away.stderr, /^simchat: the server is out of reach/);
	t.like(await told(alice, '--wait', '0.5'), {code: 75, ok: false});
});

test('doctor NAME looks for a way: 67 for who is no contact, 75 for who is away, 0 once there is a session', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const stranger = await alice.run(['doctor', 'bob']);
	t.is(stranger.code, 67);
	t.regex(stranger.stderr, /^simchat: there is no bob in your list/);
	t.is((await alice.run(['doctor', 'Ümit'])).code, 65);
	t.is((await alice.run(['send', 'bob', 'hello', '--wait', '0'])).code, 75);

	const away = await alice.run(['doctor', 'bob']);
	t.is(away.code, 75);
	t.is(away.stderr, 'simchat: no session with bob: bob is not online\n');
	t.regex(away.stdout, /^ +bob +offline; no path yet$/m);

	const listening = bob.start('tail', '--json');
	await listening.line(/"state":"online"/);
	const found = await alice.run(['doctor', 'bob', '--wait', '30']);
	t.is(found.code, 0, found.stderr);
	// Both ask at once: where bob was faster, the session stands before he has answered.
	const tried =
		/^good +bob +online; lan(?: · \d+ ms)?\n +tried 127\.0\.0\.1:\d+, .*: (?:answered in \d+ ms|no answer yet)$/m;
	t.regex(found.stdout, tried);
	// Nothing waits any more: the session is for its own sake.
	const again = await told(alice, 'bob', '--wait', '30');
	t.like(again, {code: 0, ok: true});
	t.is(again.contacts[0]?.path.kind, 'lan');

	const piping = alice.start('pipe', 'bob');
	piping.child.stdin?.write('a line\n');
	await listening.line(/"type":"path","name":"alice","path":"lan","words":"lan","address":"127\.0\.0\.1:\d+"/);
	piping.child.stdin?.end();
	t.is((await piping.ended()).code, 0);
	t.is((await listening.stop()).code, 0);
});

test('who is there and does not answer: send and doctor say what was tried, end with 75, and do not blame a receipt', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const listening = bob.start('tail', '--json');
	await listening.line(/"state":"online"/);
	t.is((await alice.run(['send', 'bob', 'hello', '--wait', '30'])).code, 0);
	listening.child.kill('SIGSTOP');
	const sent = await alice.run(['send', 'bob', 'are you there?', '--wait', '3']);
	t.is(sent.code, 75);
	t.regex(sent.stderr, /^simchat: not delivered yet: a way to bob is still being looked for\. It is kept/);
	t.regex(sent.stderr, /^ {2}tried 127\.0\.0\.1:\d+, (?:once|twice|\d+ times): no answer yet$/m);
	t.regex(sent.stderr, /^ {2}next step: wait longer with --wait, or see what simchat doctor bob says$/m);
	t.notRegex(sent.stderr, /confirmed/);

	const looked = await alice.run(['doctor', 'bob', '--wait', '3']);
	t.is(looked.code, 75);
	t.regex(looked.stderr, /^simchat: no session with bob: a way to bob is still being looked for/);
	t.regex(looked.stdout, /^ +bob +online; looking for a way/m);
	const piped = await alice.run(['pipe', 'bob', '--wait', '1'], 'a line\n');
	t.is(piped.code, 75);
	t.regex(piped.stderr, /a way to bob is still being looked for/);

	listening.child.kill('SIGCONT');
	t.is((await listening.stop()).code, 0);
});
