// Two people who are never there together: what one writes gets to the other by keepers, which are killed on the way, again and again.
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {Person, type Running, signedUpPerson, startServer} from '../cli/processes.ts';
import {quickScrypt} from '../twins/people.ts';
import {seededNumbers} from '../twins/random.ts';

/** Who was killed is known to be away only when a session with it has been silent for long, ms. */
const PATIENCE_MS = 300_000;
/** Kills of each keeper with a message on its way. */
const KILLS = 3;
const signedIn = /signed in$/;

/** Another device of a person, a keeper, that knows what the first one knows. */
async function keeperOf(t: ExecutionContext, person: Person, name: string): Promise<Person> {
	const password = `the password of ${name}`;
	const profile = path.join(temporaryFolder(t), 'keeper');
	const adding = person.start('devices', 'add', '--keeper');
	const client = Client.open({folder: profile, scrypt: quickScrypt, keeper});
	try {
		await client.join(await adding.line(/^simchat:/), password, 'keeper');
	} finally {
		await client.close();
	}

	t.is((await adding.ended()).code, 0);
	const device = new Person(t, profile, password);
	const first = person.start('tail', '--json');
	const running = device.start('keep', '--hold', 'all');
	await running.line(signedIn);
	await has(device, 2);
	await running.stop();
	await first.stop();
	return device;
}

const keeper = {holdMs: undefined, maxBytes: undefined, strangers: false};

/** Resolves once a keeper that runs has so many messages. */
async function has(device: Person, count: number): Promise<void> {
	const look = async () => {
		for (;;) {
			const {stdout} = await device.run(['keep', 'status']);
			if (Number(/^messages: (\d+)/m.exec(stdout)?.[1]) >= count) return;
		}
	};

	await within(look(), PATIENCE_MS, () => `the keeper never had ${count} messages`);
}

/** A keeper that is killed at some moment after its start, and started again, KILLS times; it runs on then. */
async function killed(device: Person, number: () => number): Promise<Running> {
	for (let kills = 0; kills < KILLS; kills++) {
		const running = device.start('keep', '--hold', 'all');
		await running.line(number() < 0.5 ? signedIn : /starts/);
		// Some rounds later, in the middle of whatever it does.
		for (let rounds = Math.floor(number() * 2000); rounds > 0; rounds--) await new Promise(setImmediate);
		await running.stop('SIGKILL');
	}

	const running = device.start('keep', '--hold', 'all');
	await running.line(signedIn);
	return running;
}

/** Both know each other, and have said one thing. */
async function acquainted(t: ExecutionContext) {
	const {link} = await startServer(t);
	const [alice, bob] = [await signedUpPerson(t, link, 'alice'), await signedUpPerson(t, link, 'bob')];
	// Who was written to is a contact: a keeper takes nothing of strangers.
	t.is((await bob.run(['send', 'alice', 'first words', '--wait', '0'])).code, 75);
	const listening = bob.start('tail');
	t.is((await alice.run(['send', 'bob', 'hello', '--wait', '100'])).code, 0);
	await listening.line(/alice: hello$/);
	await listening.stop();
	return {alice, bob};
}

/** Alice writes with her keeper there, which is killed meanwhile, and quits once it has it. */
async function writes(alice: Person, device: Person, number: () => number): Promise<Running> {
	const writing = alice.start('pipe', 'bob', '--wait', '120');
	writing.child.stdin?.write('while you were away\n');
	const running = await killed(device, number);
	await has(device, 3);
	await writing.stop('SIGKILL');
	return running;
}

/** Bob comes while whoever has it is killed: he has it, once. */
async function reads(t: ExecutionContext, bob: Person, from: Person, number: () => number): Promise<void> {
	const listening = bob.start('tail');
	const running = await killed(from, number);
	await listening.line(/alice: while you were away$/);
	await listening.stop();
	await running.stop();
	const {stdout} = await bob.run(['export', '--with', 'alice']);
	const texts = stdout.split('\n').map(each => (JSON.parse(each) as {text: string}).text);
	t.deepEqual(texts.toSorted(), ['first words', 'hello', 'while you were away']);
}

test('alice writes and quits; bob comes later and has it from her keeper, which is killed again and again', async t => {
	const number = seededNumbers(1);
	const {alice, bob} = await acquainted(t);
	const device = await keeperOf(t, alice, 'alice');
	const running = await writes(alice, device, number);
	await running.stop('SIGKILL');
	await reads(t, bob, device, number);
});

test('alice writes and quits; bob comes later and has it from his own keeper, which is killed again and again', async t => {
	const number = seededNumbers(2);
	const {alice, bob} = await acquainted(t);
	const device = await keeperOf(t, bob, 'bob');
	const writing = alice.start('send', 'bob', 'while you were away', '--wait', '120');
	const running = await killed(device, number);
	t.is((await writing.ended()).code, 0);
	await running.stop('SIGKILL');
	await reads(t, bob, device, number);
});

test('alice writes and quits; her keeper gives it to his, and bob has it, though never two of them were safe from a kill', async t => {
	const number = seededNumbers(3);
	const {alice, bob} = await acquainted(t);
	const [hers, his] = [await keeperOf(t, alice, 'alice'), await keeperOf(t, bob, 'bob')];
	const first = await writes(alice, hers, number);
	const second = await killed(his, number);
	await has(his, 3);
	await first.stop('SIGKILL');
	await second.stop('SIGKILL');
	await reads(t, bob, his, number);
});
