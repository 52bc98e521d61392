// The server's view of itself in a terminal: beside a real server, and beside one that answers what a test tells it to.
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {serveAdmin} from '../../source/server/admin-socket.ts';
import {type AdminReply} from '../../source/server/administration.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, Running, signedUpPerson} from '../cli/processes.ts';
import {answerOf, crowd} from '../top/answers.ts';
import {Screen} from './screen.ts';
import {serverDoor} from '../programs.ts';

/** How long the screen is watched for a byte, ms: some questions long. */
const IDLE_MS = 5000;

const openTop = (t: ExecutionContext, data: string, env: Readonly<Record<string, string>> = {}) =>
	new Screen(t, ['top', '--data', data], {columns: 100, rows: 30, door: serverDoor, env});

/** Answers `top` with whatever `answer` says at that moment. */
async function puppet(t: ExecutionContext, answer: () => AdminReply): Promise<string> {
	const data = path.join(temporaryFolder(t), 'data');
	await mkdir(data, {mode: 0o700});
	const {status} = answerOf();
	const server = await serveAdmin(data, async ({command}) => (command === 'top' ? answer() : {kind: 'status', status}));
	t.teardown(() => server.close());
	return data;
}

test('who signs up appears, a wrong password is a refusal, a server that goes and comes back is told', async t => {
	const data = temporaryFolder(t);
	const args = ['--listen', '127.0.0.1:0', '--registration', 'open', '--data', data];
	const server = new Running(t, serverDoor, args);
	const {joinLink} = JSON.parse(await server.line(/"joinLink"/)) as {joinLink: string};
	const screen = openTop(t, data);
	await screen.shows(/● up \d+ s/);
	await screen.shows(/nobody/);
	await screen.shows(/\d\d:\d\d:\d\d listening on 127\.0\.0\.1:\d+, TCP and UDP/);

	const alice = await signedUpPerson(t, joinLink, 'alice');
	await screen.shows(/alice registered, from 127\.0\.0\.1/);
	const tail = alice.start('tail');
	await screen.shows(/^alice +since \d\d:\d\d/m);
	await screen.shows(/^1 of 1 online {2}1 connection {2}memory \d+ MiB/m);
	await screen.shows(/^logins +[12] .*[▂-█]/m);

	const thief = new Person(t, alice.profile, 'wrong');
	await tail.stop();
	t.not((await thief.run(['contacts'])).code, 0);
	await screen.shows(/warn: alice refused: credentials, from 127/);
	await screen.shows(/^refusals +[1-9]\d* .*[▂-█]/m);

	await server.stop();
	await screen.shows(/○ gone/);
	await screen.shows(/no answer since \d\d:\d\d:\d\d; still asking/);
	const again = new Running(t, serverDoor, args);
	await again.line(/"joinLink"/);
	await screen.shows(/● up \d+ s/);
	await screen.shows(/^0 of 1 online/m);

	screen.type('q');
	t.is(await screen.ended(), 0);
	await screen.givenBack();
});

test('it scrolls through a crowd, and writes nothing while nothing changes', async t => {
	const data = await puppet(t, () => answerOf(crowd(150)));
	const screen = openTop(t, data);
	await screen.shows(/user-0000/);
	await screen.rests();
	const bytes = screen.written;
	await screen.pass(IDLE_MS);
	t.is(screen.written, bytes, screen.output.slice(bytes));

	screen.type('\u001B[B\u001B[B');
	await screen.shows(/online 3–23 of 150/);
	screen.type('\u001B[F');
	await screen.shows(/user-0149/);
	screen.resize({columns: 1, rows: 1});
	screen.resize({columns: 40, rows: 12});
	await screen.shows(/user-0149/);
	screen.resize({columns: 100, rows: 30});
	await screen.shows(/user-0149/);
	screen.type('\u001B[H');
	await screen.shows(/user-0000/);

	screen.type('\u001B');
	t.is(await screen.ended(), 0);
	await screen.givenBack();
});

test('a process that is stopped or ended leaves the terminal as it was', async t => {
	const data = await puppet(t, () => answerOf(crowd(3)));
	const screen = openTop(t, data, {NO_COLOR: '1'});
	await screen.shows(/user-0002/);
	// oxlint-disable-next-line no-control-regex
	t.notRegex(screen.output, /\u001B\[[34][0-7]m/, 'no colours were asked for');
	screen.signal('SIGTSTP');
	await screen.givenBack();
	await screen.until(() => screen.isStopped, 'the process stops');
	screen.signal('SIGCONT');
	await screen.shows(/user-0002/);
	t.is(screen.modes.screen, 'alternate');
	screen.signal('SIGTERM');
	t.is(await screen.ended(), 143);
	await screen.givenBack();

	const other = openTop(t, data);
	await other.shows(/user-0002/);
	other.signal('SIGHUP');
	t.is(await other.ended(), 129);
	await other.givenBack();
});

test('what fails while drawing gives the terminal back before it is told', async t => {
	let answer: AdminReply = answerOf(crowd(3));
	const data = await puppet(t, () => answer);
	const screen = openTop(t, data);
	await screen.shows(/user-0002/);
	answer = answerOf({top: {paces: {} as never}});
	t.is(await screen.ended(), 74);
	await screen.givenBack();
	t.regex(screen.text, /simchat-server: /);
});

test('without a terminal it is wrong usage; without a server it says what status says', async t => {
	const data = temporaryFolder(t);
	const piped = await new Running(t, serverDoor, ['top', '--data', data]).ended();
	t.is(piped.code, 64);
	t.regex(piped.stderr, /top needs a terminal/);
	const screen = openTop(t, path.join(data, 'nothing'));
	t.is(await screen.ended(), 69);
	t.regex(screen.text.replaceAll('\n', ''), /there is no server in .*nothing: start simchat-server there first/);
	await screen.givenBack();
});
