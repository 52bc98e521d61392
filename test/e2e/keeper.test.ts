// A keeper as a process: it takes what comes for its account, keeps it over signals, kills and full disks, and says nothing of it in its log.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, Running, signedUpPerson, startServer} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';
import {quickScrypt} from '../twins/people.ts';
import {seededNumbers} from '../twins/random.ts';
import {standInForSystemd, testWithSystemd, withSystemd} from './systemd.ts';
import {Tenant, smallDisk} from './volume.ts';

const TIME = String.raw`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d `;
const line = (words: string) => new RegExp(`${TIME}${words}$`);

/** Alice, whose device is a keeper, and bob, who are contacts of each other. */
async function pair(t: ExecutionContext) {
	const {server, link} = await startServer(t);
	const [alice, bob] = [await signedUpPerson(t, link, 'alice'), await signedUpPerson(t, link, 'bob')];
	// Who was written to is a contact; what waits for bob is sent when the keeper is there.
	t.is((await alice.run(['send', 'bob', 'first words', '--wait', '0'])).code, 75);
	return {server, alice, bob};
}

test('a keeper takes what comes for its account, hands on what waited, and has it after SIGTERM', async t => {
	const {alice, bob} = await pair(t);
	const keeper = alice.start('keep');
	await keeper.line(line('signed in'));
	const said = await bob.run(['send', 'alice', 'while you sleep', '--wait', '60']);
	t.is(said.code, 0, said.stderr);
	await keeper.line(line('came: 1'));
	await keeper.line(line('handed on: [1-9]'));
	const status = await alice.run(['keep', 'status']);
	t.is(status.code, 0, status.stderr);
	t.regex(status.stdout, /^runs since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/m);
	t.regex(status.stdout, /^starts; holds what comes until every other device has it$/m);
	t.regex(status.stdout, /^signed in$/m);
	t.regex(status.stdout, /^contacts: 1, there: [01]$/m);
	t.regex(status.stdout, /^messages: 2, waiting to be delivered: 0$/m);
	t.regex(status.stdout, /^history: \d\.\d MB$/m);
	const {code, stdout, stderr} = await keeper.stop();
	t.is(code, 0, stderr);
	t.regex(stdout, /signs off$/);
	for (const each of keeper.lines) {
		t.regex(each, new RegExp(TIME));
		t.notRegex(each, /alice|bob|words|sleep/);
	}

	const none = await alice.run(['keep', 'status']);
	t.is(none.code, 69);
	t.regex(none.stderr, /^simchat: no keeper runs with .*: start one with simchat keep$/m);
	const again = alice.start('tail');
	await again.line(/bob: while you sleep$/);
	t.is((await again.stop()).code, 0);
});

test('a keeper that is started while a command has the profile waits for its end', async t => {
	const {alice} = await pair(t);
	const command = Client.open({folder: alice.profile, scrypt: quickScrypt});
	const keeper = alice.start('keep');
	try {
		// So long another keeper needs to open a profile, and to say that nobody has an account in it.
		const other = new Person(t, path.join(temporaryFolder(t), 'other'), 'a password of nobody');
		t.is((await other.run(['keep'])).code, 67);
	} finally {
		await command.close();
	}

	await keeper.line(line('signed in'));
	t.is((await keeper.stop()).code, 0);
});

test('a simchat that is no keeper says so when it is asked', async t => {
	const {alice} = await pair(t);
	const tail = alice.start('tail', '--json');
	await tail.line(/"state":"online"/);
	const asked = await alice.run(['keep', 'status']);
	t.is(asked.code, 69);
	t.regex(asked.stderr, /is no keeper: end it, and start simchat keep/);
	await tail.stop();
});

test('a keeper that joins by a link holds what comes until the other device has it, lets it go then, and hands on what that wrote', async t => {
	const {alice, bob} = await pair(t);
	const holder = alice.start('tail', '--json');
	await holder.line(/"online"/);
	const met = bob.start('tail');
	await met.line(/alice: first words$/);
	t.is((await met.stop()).code, 0);
	t.is((await alice.run(['send', 'bob', 'second words', '--wait', '0'])).code, 75);
	const adding = alice.start('devices', 'add', '--keeper');
	const link = await adding.line(/^simchat:/);
	const shed = new Person(t, path.join(temporaryFolder(t), 'shed'), 'the password of alice');
	const keeper = shed.start('keep', link);
	await keeper.line(line('this device has joined the account'));
	t.is((await adding.ended()).code, 0);
	await keeper.line(line('signed in'));
	// What she wrote before there was a keeper goes out without her.
	await keeper.line(line(String.raw`from own devices: \d+`));
	t.is((await holder.stop()).code, 0);
	const later = bob.start('tail');
	await later.line(/alice: second words$/);
	t.is((await later.stop()).code, 0);
	await keeper.line(line('handed on: [1-9]'));
	// What he writes while she is away is delivered.
	const said = await bob.run(['send', 'alice', 'while you sleep', '--wait', '60']);
	t.is(said.code, 0, said.stderr);
	await keeper.line(line('came: 1'));
	const held = await shed.run(['keep', 'status']);
	t.regex(held.stdout, /^other devices: 1, there: 0$/m);
	t.regex(held.stdout, /^messages: 3, waiting to be delivered: 0$/m);
	const awake = alice.start('tail');
	await awake.line(/bob: while you sleep$/);
	await keeper.line(line(String.raw`let go, since every other device has it: \d+`));
	t.is((await awake.stop()).code, 0);
	const stopped = await keeper.stop();
	t.is(stopped.code, 0, stopped.stderr);
	// A unit may name the link for good: who has joined goes on.
	const again = shed.start('keep', link);
	await again.line(line('signed in'));
	const after = await shed.run(['keep', 'status']);
	// That she has read it waits for him.
	t.regex(after.stdout, /^messages: 0, waiting to be delivered: [01]$/m);
	t.is((await again.stop()).code, 0);
	t.is((await shed.run(['export'])).stdout.includes('while you sleep'), false);
	const whole = (await alice.run(['export'])).stdout;
	t.true(whole.includes('while you sleep') && whole.includes('second words'));
	for (const each of [...keeper.lines, ...again.lines]) t.notRegex(each, /alice|bob|words|sleep/);
});

test('a keeper takes nothing of strangers, unless it is told to', async t => {
	const {link} = await startServer(t);
	const [alice, carol] = [await signedUpPerson(t, link, 'alice'), await signedUpPerson(t, link, 'carol')];
	const keeper = alice.start('keep');
	await keeper.line(line('signed in'));
	const refused = await carol.run(['send', 'alice', 'a stranger is here', '--wait', '3']);
	t.is(refused.code, 75, refused.stderr);
	t.is((await keeper.stop()).code, 0);
	t.false(keeper.lines.some(each => each.includes('came')));
	const open = alice.start('keep', '--strangers', '--hold', 'all');
	await open.line(line('starts; holds everything'));
	await open.line(line('signed in'));
	const taken = await carol.run(['send', 'alice', 'a stranger is here again', '--wait', '60']);
	t.is(taken.code, 0, taken.stderr);
	await open.line(line('came: [12]'));
	t.is((await open.stop()).code, 0);
});

test('a keeper that is killed at any moment loses nothing that it has acknowledged, and has nothing twice', async t => {
	const {alice, bob} = await pair(t);
	const number = seededNumbers(20_261_128);
	const talking = bob.start('pipe', 'alice', '--wait', '120');
	const said: string[] = [];
	for (let round = 0; round < 6; round++) {
		const keeper = alice.start('keep');
		await keeper.line(line('signed in'));
		for (let index = 0; index < 20; index++) {
			said.push(`${round} ${index}`);
			talking.child.stdin?.write(`${said.at(-1)}\n`);
		}

		if (round === 5) {
			// All of it is acknowledged then.
			talking.child.stdin?.end();
			t.is((await talking.ended()).code, 0);
			t.is((await keeper.stop()).code, 0);
			break;
		}

		// At some of them the first messages have come, at others none.
		if (number() < 0.7) await keeper.line(line(String.raw`came: \d+`));
		await keeper.stop('SIGKILL');
	}

	const out = await alice.run(['export', '--with', 'bob']);
	t.is(out.code, 0, out.stderr);
	const records = out.stdout.split('\n').map(each => JSON.parse(each) as {direction: string; text: string});
	t.deepEqual(
		records.filter(({direction}) => direction === 'in').map(({text}) => text),
		said,
	);
});

test('on a full disk a keeper acknowledges nothing, says so, and goes on once there is room', async t => {
	const {link} = await startServer(t);
	const bob = await signedUpPerson(t, link, 'bob');
	const disk = await smallDisk(t);
	const alice = new Tenant(t, path.join(disk.folder, 'alice'), 'the password of alice', disk.wrap);
	const fresh = await signedUpPerson(t, link, 'alice');
	await alice.move(fresh.profile);
	t.is((await alice.run(['send', 'bob', 'hello', '--wait', '0'])).code, 75);
	const keeper = alice.start('keep');
	await keeper.line(line('signed in'));
	t.is((await bob.run(['send', 'alice', 'one', '--wait', '60'])).code, 0);
	await keeper.line(line('came: 1'));
	disk.fill(keeper);
	const sent = await bob.run(['send', 'alice', 'two', '--wait', '2']);
	t.is(sent.code, 75, sent.stderr);
	const full = 'the disk takes nothing: what comes is not acknowledged, and comes again once there is room';
	await keeper.line(line(full));
	const status = await alice.run(['keep', 'status']);
	t.is(status.code, 0, status.stderr);
	t.true(status.stdout.split('\n').includes(full), status.stdout);
	disk.free(keeper);
	t.is((await bob.run(['send', 'alice', 'three', '--wait', '120'])).code, 0);
	await keeper.line(line('the disk takes what comes again'));
	t.is((await keeper.stop()).code, 0);
	const out = await alice.run(['export', '--with', 'bob']);
	const texts = out.stdout.split('\n').map(each => (JSON.parse(each) as {text: string}).text);
	t.deepEqual(texts, ['hello', 'one', 'two', 'three']);
});

test('a keeper whose history is as large as it may be takes nothing, and goes on when it may be larger', async t => {
	const {alice, bob} = await pair(t);
	const keeper = alice.start('keep', '--max-size', '1');
	await keeper.line(line('signed in'));
	const words = 'x'.repeat(30_000);
	const talking = bob.start('pipe', 'alice', '--wait', '120');
	for (let index = 0; index < 40; index++) talking.child.stdin?.write(`${index} ${words}\n`);
	talking.child.stdin?.end();
	const full = 'the history has the 1 MB that --max-size allows: .*';
	await keeper.line(line(full));
	const status = await alice.run(['keep', 'status']);
	t.regex(status.stdout, new RegExp(`^${full}$`, 'm'));
	t.is((await keeper.stop()).code, 0);
	const larger = alice.start('keep', '--max-size', '100');
	t.is((await talking.ended()).code, 0);
	t.is((await larger.stop()).code, 0);
	const out = await alice.run(['export', '--with', 'bob']);
	const texts = out.stdout.split('\n').map(each => (JSON.parse(each) as {text: string}).text.split(' ')[0]);
	t.deepEqual(
		texts.slice(1),
		Array.from({length: 40}, (_, index) => String(index)),
	);
});

const UNIT = path.join(import.meta.dirname, '../../tools/package/debian/simchat-keeper@.service');

/** What the unit starts simchat with. */
function unitWords(profile: string, options: string): string[] {
	const [, words = ''] = /^ExecStart=\/usr\/bin\/simchat (.*)$/m.exec(readFileSync(UNIT, 'utf8')) ?? [];
	const whole = words.replace('/var/lib/simchat-keeper/%i/profile', profile);
	return whole.replace('$SIMCHAT_KEEPER_OPTIONS', options).split(' ');
}

testWithSystemd(
	withSystemd('systemd hears when a keeper is ready, how it is, that it is well, and that it stops; never a name'),
	async t => {
		const {server, alice} = await pair(t);
		const credentials = temporaryFolder(t);
		writeFileSync(path.join(credentials, 'password'), 'the password of alice\n');
		const manager = await standInForSystemd(t);
		const keeper = new Running(t, clientDoor, unitWords(alice.profile, '--hold all'), {
			NOTIFY_SOCKET: manager.socket,
			WATCHDOG_USEC: '400000',
			CREDENTIALS_DIRECTORY: credentials,
		});
		await manager.hears(/^READY=1/);
		await manager.hears(/STATUS=signed in$/);
		await manager.hears(/^WATCHDOG=1$/, 3);
		await server.stop();
		await manager.hears(/^STATUS=.*; trying again by itself$/);
		const before = manager.heard.filter(said => said === 'WATCHDOG=1').length;
		await manager.hears(/^WATCHDOG=1$/, before + 2);
		t.is((await keeper.stop()).code, 0);
		await manager.hears(/^STOPPING=1$/);
		t.deepEqual(
			manager.heard.filter(said => /alice|bob|words/.test(said)),
			[],
		);
		// With the server out of reach the profile opens all the same: another start would mend nothing.
		const again = new Running(t, clientDoor, ['keep', '--profile', alice.profile], {
			NOTIFY_SOCKET: manager.socket,
			CREDENTIALS_DIRECTORY: credentials,
		});
		await manager.hears(/^READY=1/, 2);
		t.is((await again.stop()).code, 0);
	},
);

test('a password comes from a file that is named, and one that cannot be read ends it with a way out', async t => {
	const {alice} = await pair(t);
	const folder = temporaryFolder(t);
	mkdirSync(path.join(folder, 'here'));
	const file = path.join(folder, 'here', 'password');
	writeFileSync(file, 'the password of alice');
	const keep = (...words: string[]) => new Running(t, clientDoor, ['keep', ...words, '--profile', alice.profile]);
	const keeper = keep('--password-file', file);
	await keeper.line(line('signed in'));
	t.is((await keeper.stop()).code, 0);
	const missing = await keep('--password-file', path.join(folder, 'nothing')).ended();
	t.is(missing.code, 65);
	t.regex(missing.stderr, /cannot read the password from .*nothing \(ENOENT\): make it readable/);
	writeFileSync(file, '\n');
	const empty = await keep('--password-file', file).ended();
	t.is(empty.code, 65);
	t.regex(empty.stderr, /the first line of .* is the password, and it is empty/);
	writeFileSync(file, 'wrong');
	t.is((await keep('--password-file', file).ended()).code, 77);
});
