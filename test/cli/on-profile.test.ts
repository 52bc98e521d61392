// A command whose profile another process has, which ends: the command goes on, starts over, or says what is known.
import {readFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {talkWith} from '../../source/client/snapshot.ts';
import {HANDOVER_SOCKET} from '../../source/cli/handover/handover-lines.ts';
import {onProfile} from '../../source/cli/on-profile.ts';
import {OutputFile} from '../../source/cli/output-file.ts';
import {type SharedTask} from '../../source/cli/shared-task.ts';
import {StartedIo} from '../../source/cli/started-io.ts';
import {ToSend} from '../../source/cli/to-send.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {hello, impostor, password, profileOf, refusal} from './handover-sides.ts';

/** A process that has the profile and ends as soon as it is given a task, having sent `lines` and heard an answer to each; then `after`. */
async function ending(t: ExecutionContext, lines: readonly object[], after?: () => Promise<void>) {
	const parts = await impostor(t, socket => {
		let rest = [...lines];
		socket.write(hello());
		createInterface({input: socket}).on('line', line => {
			const {type, nonce} = JSON.parse(line) as {type: string; nonce: string};
			if (type === 'hello') {
				const proof = parts.key.proof('holder', {holder: '1'.repeat(64), command: nonce});
				return socket.write(`${JSON.stringify({type: 'proof', proof})}\n`);
			}

			const [next, ...others] = rest;
			rest = others;
			if (next !== undefined) return socket.write(`${JSON.stringify(next)}\n`);
			void (after?.() ?? Promise.resolve()).then(() => socket.destroy());
		});
	});
	const lock = Client.open({folder: parts.folder});
	t.teardown(async () => lock.close());
	return {...parts, lock};
}

/** A command as this process was started with it; what it prints is kept. */
function started(folder: string, task: SharedTask, text?: string, file?: OutputFile) {
	const texts = text === undefined ? [] : [text];
	const toSend = new ToSend(async () => texts.shift());
	const io = new StartedIo(toSend, new AbortController().signal, file);
	const {print, write, askYes, stop} = io;
	const complaints: string[] = [];
	return {
		toSend,
		complaints,
		run: async () =>
			onProfile({
				profile: folder,
				port: undefined,
				task,
				password: async () => password,
				toSend,
				io: () => ({
					print,
					write,
					askYes,
					newWords: async () => undefined,
					stop,
					toSend,
					complain: words => complaints.push(words),
				}),
				startOver: () => io.startOver(task),
			}),
	};
}

test('a command whose process has ended starts over, or says that it cannot', async t => {
	const file = path.join(temporaryFolder(t), 'said');
	const task = {kind: 'export', asText: true} as const;
	const write = {type: 'write', number: 0, text: 'half of it\n'};

	const once = await ending(t, [write], async () => once.lock.close());
	const output = new OutputFile(file, false);
	await started(once.folder, task, undefined, output).run();
	output.close();
	t.regex(readFileSync(file, 'utf8'), /^[^\n]+ bob: strawberry\n$/);

	const nothing = new StartedIo(new ToSend(async () => undefined), new AbortController().signal, undefined);
	for (const kind of ['send', 'pipe', 'tail', 'export', 'search', 'verify'] as const) t.true(nothing.startOver({kind}));
	t.false(nothing.startOver({kind: 'forget'}));
	await nothing.write('');
	for (const kind of ['send', 'reply', 'pipe', 'tail'] as const) t.true(nothing.startOver({kind}));
	t.false(nothing.startOver({kind: 'tail', since: {time: 0}}), 'how far it has got is not known');
	for (const kind of ['export', 'search', 'verify', 'forget'] as const) t.false(nothing.startOver({kind}));

	const forget = await ending(t, []);
	const failure = await refusal(started(forget.folder, {kind: 'forget', name: 'bob', isSure: true}).run());
	t.is(failure.exitCode, 75);
	t.regex(failure.message, /it has ended: it is not known whether all of it was done/);
});

test('a message that nobody goes on with is said to be kept, or not known to be', async t => {
	const task = {kind: 'send', name: 'bob', waitMs: 0} as const;
	const next = {type: 'next', number: 0};
	const unknown = await ending(t, [next], async () => rm(path.join(unknown.folder, HANDOVER_SOCKET)));
	const first = started(unknown.folder, task, 'hello');
	await t.throwsAsync(first.run(), {message: /another simchat uses/});
	t.regex(first.complaints.join(), /it has ended: it is not known whether the last message is kept/);

	const done = await ending(t, [next], async () => done.lock.close());
	const second = started(done.folder, task, 'hello');
	const failure = await refusal(second.run());
	t.is(failure.exitCode, 75);
	t.regex(failure.message, /^not delivered yet: .*It is kept on this disk/);
	t.deepEqual(second.complaints, []);
});

test('a message whose id is on the disk is not written down again', async t => {
	const folder = await profileOf(t);
	const client = Client.open({folder});
	t.teardown(async () => client.close());
	await client.signIn(password);
	const [bob, id] = [talkWith('bob'), 'ab'.repeat(16)];
	t.is(client.send(bob, 'once', {id}), id);
	t.is(client.send(bob, 'once', {id}), id);
	t.deepEqual(
		client.outbox().map(({text}) => text),
		['once'],
	);
	const shown = client.snapshot().conversations.get(bob)?.messages ?? [];
	t.is(shown.filter(({direction}) => direction === 'out').length, 1);
});

test('a text is given once more to the process that goes on, with its id, and not the ones before it', async t => {
	const texts = ['one', 'two'];
	const toSend = new ToSend(async () => texts.shift());
	const one = await toSend.next();
	t.like(one, {text: 'one', isKept: false});
	toSend.again();
	t.deepEqual(await toSend.next(), one);
	toSend.kept();
	const two = await toSend.next();
	t.like(two, {text: 'two', isKept: false});
	toSend.kept();
	toSend.again();
	t.deepEqual(await toSend.next(), {...two!, isKept: true});
	t.is(await toSend.next(), undefined);
});

test('a text that was being read when its process ended goes to the one that goes on', async t => {
	const {promise, resolve} = Promise.withResolvers<string>();
	const toSend = new ToSend(async () => promise);
	const lost = toSend.next();
	toSend.again();
	const next = toSend.next();
	resolve('late');
	t.like(await lost, {text: 'late'});
	t.deepEqual(await next, await lost);
});
