// What is done about messages and people from scripts: each verb and its exit codes, handed over and alone; and that what tail --json
// prints, of every kind, is what docs/events.schema.json says. Real processes, one server.
import {randomBytes} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {SCHEMA_PAGE, eventSchema} from '../../tools/event-schema.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type Running, signUpQuickly, signedUpPerson, startServer} from '../cli/processes.ts';
import {quickScrypt} from '../twins/people.ts';
import {Tenant, smallDisk} from './volume.ts';

type Event = Readonly<Record<string, unknown>> & {readonly type: string};

const eventsOf = ({lines}: Running): Event[] => lines.map(line => JSON.parse(line) as Event);

/** The id of the newest message with this text. */
const idOf = (running: Running, text: string): string =>
	String(eventsOf(running).findLast(event => event.type === 'message' && event['text'] === text)?.['id']);

type Runner = Pick<Tenant, 'run'>;

/** Somebody whose disk can be filled. */
async function onSmallDisk(t: ExecutionContext, link: string, name: string) {
	const disk = await smallDisk(t);
	const tenant = new Tenant(t, path.join(disk.folder, name), `the password of ${name}`, disk.wrap);
	const made = path.join(temporaryFolder(t), name);
	await signUpQuickly(link, name, made, `the password of ${name}`);
	await tenant.move(made);
	return {tenant, disk};
}

/** Each event, and each kind of event; nothing is in one that the definition does not know. */
function isAsTheSchemaSays(t: ExecutionContext, events: readonly Event[]): void {
	const published = JSON.parse(readFileSync(SCHEMA_PAGE, 'utf8')) as {$defs: Record<string, object>};
	const ajv = new Ajv2020({allErrors: true});
	for (const schema of [published, {...eventSchema({isStrict: true}), $id: 'urn:simchat:strict'}]) {
		const validate = ajv.compile(schema);
		for (const event of events) t.true(validate(event), `${JSON.stringify(event)} ${ajv.errorsText(validate.errors)}`);
		t.false(validate({...events[0], type: 'nothing like it'}));
	}

	t.deepEqual([...new Set(events.map(({type}) => type))].toSorted(), Object.keys(published.$defs).toSorted());
}

const nobodyHas = '0'.repeat(32);

test('verbs do what the screen does, and their exit codes say what became of it', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all(['alice', 'bob'].map(async name => signedUpPerson(t, link, name)));
	const {tenant: carol, disk} = await onSmallDisk(t, link, 'carol');
	const ends = async (person: Runner, args: readonly string[], code: number, words = /^$/, input = '') => {
		const ended = await person.run(args, input);
		t.is(ended.code, code, `${args.join(' ')}: ${ended.stderr}`);
		t.regex(ended.stderr, words, args.join(' '));
		return ended.stdout;
	};

	const atBob = bob!.start('tail', '--json');
	const atAlice = alice!.start('tail', '--json');
	await Promise.all([atBob.line(/"state":"online"/), atAlice.line(/"state":"online"/)]);
	await ends(alice!, ['send', 'bob', 'hello'], 0);
	await atBob.line(/"text":"hello"/);
	const hello = idOf(atBob, 'hello');

	// Handed over: both sides have a process.
	const answer = await ends(bob!, ['reply', 'alice', hello, 'hello', 'you', '--id'], 0);
	await atAlice.line(/"text":"hello you"/);
	t.is(idOf(atAlice, 'hello you'), answer);
	t.like(
		eventsOf(atAlice).find(({id}) => id === answer),
		{reply: {id: hello, own: true}},
	);
	await ends(bob!, ['edit', 'alice', answer, '-'], 0, /^$/, 'hello\nto you\n');
	await atAlice.line(/"type":"edit".*hello\\nto you/);
	await ends(bob!, ['edit', 'alice', answer, '-'], 0, /^$/, 'hello\nto you\n');
	await ends(bob!, ['react', 'alice', hello, ':heart:'], 0);
	await atAlice.line(/"type":"reaction".*"own":true,"emoji":"❤️"/);
	await ends(bob!, ['react', 'alice', hello, '', '--wait', '20'], 0);
	await atAlice.line(/"type":"reaction".*"emoji":""/);
	await ends(alice!, ['pin', 'bob', answer], 0);
	await atBob.line(/"type":"pin".*"pinned":true/);
	await ends(alice!, ['unpin', 'bob'], 0);
	await atBob.line(/"type":"pin".*"pinned":false/);
	await ends(alice!, ['unpin', 'bob'], 0);
	await ends(alice!, ['timer', 'bob', 'off'], 0);
	await atBob.line(/"type":"timer".*"seconds":0/);
	await ends(alice!, ['read', 'bob'], 0);
	await ends(alice!, ['read', 'bob', answer], 0);
	await ends(bob!, ['delete', 'alice', answer], 0);
	await atAlice.line(/"type":"delete"/);
	await ends(bob!, ['delete', 'alice', answer], 0);

	// What cannot be done.
	await ends(alice!, ['edit', 'bob', answer, 'mine'], 77, /that message is bob’s: only its author edits or deletes it/);
	await ends(alice!, ['reply', 'bob', answer, 'to what?'], 65, /that message is not there any more/);
	await ends(alice!, ['react', 'bob', nobodyHas, '👍'], 65, /there is no message 0{32} with bob: tail --json/);
	await ends(alice!, ['pin', 'bob', 'not an id'], 65, /there is no message not an id with bob/);
	await ends(alice!, ['react', 'bob', answer, ':nothing-like-it:'], 65, /no emoji is called :nothing-like-it:/);
	await ends(alice!, ['edit', 'nobdy', answer, 'x'], 67, /no such name in the directory: nobdy/);
	for (const verb of ['accept', 'unblock', 'mute', 'read', 'nick'])
		await ends(alice!, [verb, 'dave'], 67, /there is no dave in your list/);
	await ends(alice!, ['timer', 'bob', 'soon'], 64, /how long takes a number and a unit, as 30s/);
	await ends(alice!, ['nick', 'bob', 'n'.repeat(33)], 65, /a nickname has 1 to 32 characters/);
	await ends(alice!, ['away', 'w'.repeat(300)], 65, /why you are away takes 1 to 256 bytes/);
	await ends(alice!, ['cancel', nobodyHas], 65, /no message of yours has the id 0{32}/);
	await ends(alice!, ['cancel', hello], 69, /only what still waits can be taken back/);
	await ends(alice!, ['retry', hello], 69, /only what failed can be sent again/);

	// People.
	await ends(alice!, ['nick', 'bob', 'Bobby', 'B.'], 0);
	await ends(alice!, ['mute', 'bob'], 0);
	await ends(alice!, ['away', 'at', 'lunch'], 0);
	t.like(JSON.parse(await ends(alice!, ['contacts', '--json'], 0)), {name: 'bob', nickname: 'Bobby B.', muted: true});
	await ends(alice!, ['unmute', 'bob'], 0);
	await ends(alice!, ['away'], 0);
	const atCarol = carol.start('tail', '--json');
	await atCarol.line(/"state":"online"/);
	await ends(carol, ['send', 'alice', 'may I?', '--wait', '60'], 0);
	await atAlice.line(/may I\?/);
	await atAlice.line(/"type":"request","name":"carol"/);
	await ends(alice!, ['accept', 'carol'], 0);
	await ends(alice!, ['block', 'carol'], 0);
	await ends(alice!, ['send', 'carol', 'no'], 69, /you have blocked carol/);
	await ends(alice!, ['unblock', 'carol'], 0);

	// Files: offered until they are there, and taken where it is said; by the processes that have the profiles.
	const file = path.join(temporaryFolder(t), 'notes.txt');
	const sent = randomBytes(1_200_000);
	writeFileSync(file, sent);
	const sending = alice!.start('send-file', 'bob', file, '--wait', '60');
	await atBob.line(/"text":"notes.txt".*"file":{"name":"notes.txt","size":1200000}/);
	const saved = await ends(bob!, ['get', 'alice'], 0);
	t.is(saved, path.join(bob!.downloads, 'notes.txt'));
	t.true(readFileSync(saved).equals(sent));
	const sendingEnd = await sending.ended();
	t.is(sendingEnd.code, 0, sendingEnd.stderr);
	await atAlice.line(/"type":"file".*"own":true,"file":"received"/);
	await atBob.line(/"type":"transfer".*"own":false,"state":"done","path":".*notes.txt"/);
	const notes = idOf(atBob, 'notes.txt');
	t.is(await ends(bob!, ['get', 'alice', notes], 0), saved, 'it is there already');
	await ends(bob!, ['get', 'alice', hello], 65, /that message offers no file/);
	await ends(alice!, ['get', 'bob', '--wait', '0'], 65, /bob has offered no file/);
	await ends(alice!, ['send-file', 'bob', `${file}.gone`], 66, /there is no file .*notes.txt.gone/);
	await ends(alice!, ['send-file', 'bob', path.dirname(file)], 66, /is a folder: pack it first/);
	await ends(alice!, ['send-file', 'bob', file, '--wait', '0.3'], 75, /offered to bob, who has not got all of it yet/);
	const taking = bob!.start('tail', '--accept', '--json');
	await taking.line(/"state":"online"/);
	await ends(alice!, ['send-file', 'bob', file, '--wait', '60'], 0);
	t.is((await taking.stop()).code, 0);
	t.deepEqual(readdirSync(bob!.downloads).toSorted(), ['notes (2).txt', 'notes.txt']);

	// What else is told: a full disk, and one more device.
	disk.fill(atCarol);
	await ends(alice!, ['send', 'carol', 'no room', '--wait', '0'], 75, /not delivered yet/);
	await atCarol.line(/"type":"disk","problem":"/);
	disk.free(atCarol);
	await atCarol.line(/"text":"no room"/);
	await atCarol.line(/"type":"disk","problem":null/);
	t.is((await atCarol.stop()).code, 0);
	const adding = bob!.start('devices', 'add', '--json');
	const {link: deviceLink} = JSON.parse(await adding.line(/"link"/)) as {link: string};
	const further = Client.open({folder: path.join(temporaryFolder(t), 'further'), scrypt: quickScrypt});
	t.teardown(async () => further.close());
	await further.join(deviceLink, 'the password of bob', 'further');
	await atAlice.line(/"type":"devices","name":"bob".*"count":2/);
	await further.close();
	adding.child.kill('SIGKILL');
	await adding.ended();

	// Alone, and with nobody there: it is kept, or taken back.
	t.is((await atBob.stop()).code, 0);
	t.is((await atAlice.stop()).code, 0);
	await ends(
		alice!,
		['edit', 'bob', hello, 'hello again', '--wait', '0'],
		75,
		/not delivered yet.*It is kept on this disk/,
	);
	await ends(alice!, ['away', 'at', 'lunch'], 69, /with one device you are away only while simchat runs/);
	const never = await ends(alice!, ['send', 'bob', 'never', '--id', '--wait', '0'], 75, /not delivered yet/);
	const waiting = JSON.parse(await ends(alice!, ['outbox', '--json'], 0)) as {id: string};
	t.like(waiting, {id: never, peer: 'bob', text: 'never', state: 'queued'});
	t.regex(await ends(alice!, ['outbox'], 0), /^\d{4}-\d\d-\d\d \d\d:\d\d me → bob: never$/);
	await ends(alice!, ['cancel', waiting.id], 0);
	await ends(alice!, ['retry', waiting.id, '--wait', '0'], 75, /not delivered yet/);
	const again = bob!.start('tail', '--json');
	await again.line(/"state":"online"/);
	await ends(alice!, ['react', 'bob', hello, '👍', '--wait', '60'], 0);
	await again.line(/"type":"edit".*hello again/);
	await again.line(/"text":"never"/);
	await again.line(/"type":"reaction".*"own":false,"emoji":"👍"/);

	isAsTheSchemaSays(t, [...eventsOf(atAlice), ...eventsOf(atBob), ...eventsOf(atCarol), ...eventsOf(again)]);

	// What was kept comes first, read or not: handed over, and alone.
	const since = async (start: string) => {
		const tailing = bob!.start('tail', '--json', '--since', start);
		await tailing.line(/"state":"online"/);
		t.is((await tailing.stop()).code, 0);
		return eventsOf(tailing).flatMap(event => (event.type === 'message' ? [event['text']] : []));
	};

	t.deepEqual(await since(hello), ['notes.txt', 'notes.txt', 'notes.txt', 'never']);
	t.is((await again.stop()).code, 0);
	t.deepEqual(await since('0'), ['hello again', 'notes.txt', 'notes.txt', 'notes.txt', 'never']);
	t.deepEqual(await since('2100-01-01'), []);
	await ends(bob!, ['tail', '--since', nobodyHas], 65, /there is no message 0{32} with anybody in your list/);
	await ends(bob!, ['tail', '--since', 'yesterday'], 64, /--since takes a day/);
});
