// simchat run: a bot has an account in a real process, others talk to it, and what it does wrong is told with an exit code. One server.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type Running, signedUpPerson, startServer} from '../cli/processes.ts';

const example = path.resolve('examples/shopping-list.js');

const textsOf = ({lines}: Running) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text?: string})
		.flatMap(({type, text}) => (type === 'message' ? [text] : []));

test('a bot keeps a list with each of two people over a restart, and is told what it did wrong', async t => {
	const {link} = await startServer(t);
	const [alice, bob, robot] = await Promise.all(
		['alice', 'bob', 'robot'].map(async name => signedUpPerson(t, link, name)),
	);
	const folder = temporaryFolder(t);
	const fileOf = (name: string, text: string) => {
		const file = path.join(folder, `${name}.mjs`);
		writeFileSync(file, text);
		return file;
	};

	const [atAlice, atBob] = [alice!, bob!].map(person => person.start('tail', '--json')) as [Running, Running];
	await Promise.all([atAlice, atBob].map(async tail => tail.line(/"state":"online"/)));
	const asks = async (tail: Running, person: typeof alice, text: string) => {
		const {code, stderr} = await person!.run(['send', 'robot', text, '--wait', '60']);
		t.is(code, 0, stderr);
		await tail.line(new RegExp(`"text":".*${text === 'show' ? '- milk' : text.split(' ')[1]}`));
	};

	// The example, with two people, over an end in the middle and one in order.
	const first = robot!.start('run', example);
	await asks(atAlice, alice, 'add milk');
	await asks(atBob, bob, 'add bread');
	await first.stop('SIGKILL');
	const second = robot!.start('run', example);
	await asks(atAlice, alice, 'add tea');
	await asks(atAlice, alice, 'remove tea');
	t.is((await alice!.run(['send', 'robot', `add ${'x'.repeat(101)}`, '--wait', '60'])).code, 0);
	await atAlice.line(/too much for the list/);
	await asks(atAlice, alice, 'show');
	t.deepEqual(textsOf(atAlice), [
		'milk is on the list',
		'tea is on the list',
		'tea is off the list',
		'that is too much for the list',
		'- milk',
	]);
	t.deepEqual(textsOf(atBob), ['bread is on the list']);
	// Commands go on beside it; a second bot does not.
	t.regex((await robot!.run(['contacts'])).stdout, /^alice .*\nbob /);
	const beside = await robot!.run(['run', example]);
	t.is(beside.code, 69, beside.stderr);
	t.regex(beside.stderr, /a bot runs in the process that has the profile: quit that one, or give the bot an account/);
	t.like(await second.stop('SIGINT'), {code: 0, stderr: ''});

	// Files, both ways.
	const page = path.join(folder, 'page.txt');
	writeFileSync(page, 'a page');
	const filing = fileOf(
		'filing',
		`export default chat => {
			chat.on('message', async ({peer, id, text, file}) => {
				if (file) await chat.takeFile(peer, id);
				else if (text === 'a file, please') await chat.sendFile(peer, ${JSON.stringify(page)});
			});
			chat.on('transfer', ({state, own, path}) => {
				if (state === 'done' && !own) console.log(path);
			});
		}`,
	);
	const filer = robot!.start('run', filing);
	t.is((await alice!.run(['send', 'robot', 'a file, please', '--wait', '60'])).code, 0);
	const got = await alice!.run(['get', 'robot', '--wait', '60']);
	t.like(got, {code: 0, stdout: path.join(alice!.downloads, 'page.txt')}, got.stderr);
	const given = await alice!.run(['send-file', 'robot', got.stdout, '--wait', '60']);
	t.is(given.code, 0, given.stderr);
	t.is(await filer.line(/page/), path.join(robot!.downloads, 'page.txt'));
	t.is((await filer.stop()).code, 0);

	// All that a bot has in hand, in an order of its own: it ends when it has done it.
	const once = fileOf(
		'once',
		`export default async chat => {
			const {id, delivered} = await chat.send('@Alice', 'one');
			console.log(await delivered);
			console.log(await (await chat.edit('alice', id, 'two')).delivered);
			await (await chat.react('alice', id, ':heart:')).delivered;
			await (await chat.pin('alice', id)).delivered;
			await (await chat.unpin('alice')).delivered;
			await (await chat.timer('alice', 60)).delivered;
			await (await chat.timer('alice', 0)).delivered;
			await (await chat.delete('alice', id)).delivered;
			chat.nick('alice', 'Al');
			chat.mute('alice');
			chat.unmute('alice');
			await chat.block('bob');
			chat.unblock('bob');
			chat.accept('bob');
			chat.read('bob');
			chat.away('busy');
			chat.away();
			chat.remember('count', '1');
			const waiting = await chat.send('carol', 'never').catch(error => error.code);
			console.log(JSON.stringify([chat.me, chat.recall('count'), chat.recall('count', 'bob'), waiting, chat.outbox()]));
			console.log(JSON.stringify(chat.contacts().map(({name, nickname, blocked}) => [name, nickname, blocked])));
			setInterval(() => {}, 1000);
		};`,
	);
	const done = await robot!.run(['run', once]);
	t.like(done, {code: 0, stderr: ''});
	t.deepEqual(done.stdout.split('\n'), [
		'delivered',
		'delivered',
		'["robot","1",null,"unknown-contact",[]]',
		'[["alice","Al",false],["bob",null,false]]',
	]);
	await atAlice.line(/"type":"edit".*"text":"two"/);
	await atAlice.line(/"type":"delete"/);

	// An event is taken when the next one is asked for; at the end the loop ends.
	const loop = fileOf(
		'loop',
		`export default async chat => {
			for await (const event of chat) {
				if (event.type === 'message') console.log(event.text);
			}
			console.log('ended', chat.stop.aborted);
		};`,
	);
	const looping = robot!.start('run', loop);
	t.is((await alice!.run(['send', 'robot', 'into the loop', '--wait', '60'])).code, 0);
	await looping.line(/^into the loop$/);
	t.is((await bob!.run(['send', 'robot', 'once more', '--wait', '60'])).code, 0);
	await looping.line(/^once more$/);
	const looped = await looping.stop();
	t.like(looped, {code: 0, stdout: 'into the loop\nonce more\nended true', stderr: ''});

	// Faults, each with its place. The message on which one fails comes again.
	const failing = robot!.start(
		'run',
		fileOf(
			'failing',
			`export default chat => void chat.on('message', ({text}) => { throw new Error('no ' + text); });`,
		),
	);
	t.is((await alice!.run(['send', 'robot', 'luck', '--wait', '60'])).code, 0);
	const failed = await failing.ended();
	t.is(failed.code, 70);
	t.regex(failed.stderr, /^simchat: the bot .*failing\.mjs has failed: Error: no luck\n\s+at .*failing\.mjs:1/);
	const heard = robot!.start('run', loop);
	await heard.line(/^luck$/);
	t.is((await heard.stop()).code, 0);
	for (const [name, text, code, words] of [
		['rejects', 'export default async () => { throw new Error("rejected"); };', 70, /has failed: Error: rejected/],
		[
			'forgets',
			'export default chat => { chat.on("message", () => {}); void Promise.reject(new Error("forgotten")); };',
			70,
			/Error: forgotten/,
		],
		[
			'later',
			'export default chat => { chat.on("message", () => {}); setTimeout(() => { throw new Error("later"); }, 1); };',
			70,
			/Error: later/,
		],
		['syntax', 'export default (', 70, /has failed: SyntaxError/],
		['none', 'export const bot = 1;', 65, /is no bot: its default export is to be a function/],
	] as const) {
		const ended = await robot!.run(['run', fileOf(name, text)]);
		t.is(ended.code, code, `${name}: ${ended.stderr}`);
		t.regex(ended.stderr, words);
	}

	const missing = await robot!.run(['run', path.join(folder, 'missing.js')]);
	t.is(missing.code, 65);
	t.regex(missing.stderr, /there is no file .*missing\.js/);
});
