// Bug class: a process that is killed. A line that was seen in the input, and Enter: it is said, or it is still there to be said,
// and never both, whenever the process ends.
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {signUpQuickly, startServer} from '../../cli/processes.ts';
import {Screen} from '../screen.ts';

const PASSWORD = 'a password for tests';
/** Between Enter and the kill, ms: before Enter is read, while it is done, and after. */
const MOMENTS = [0, 1, 2, 4, 7, 11, 16, 24, 35, 50];

test('a line is not lost by kill -9 after Enter, and not sent twice', async t => {
	const {link} = await startServer(t);
	const profile = path.join(temporaryFolder(t), 'alice');
	await signUpQuickly(link, 'alice', profile, PASSWORD);
	await signUpQuickly(link, 'bob', path.join(temporaryFolder(t), 'bob'), PASSWORD);
	const signIn = async (pattern: RegExp) => {
		const opened = new Screen(t, ['--profile', profile]);
		await opened.shows(/simchat: sign in as/);
		opened.type(PASSWORD);
		await opened.shows(/•{20}/);
		opened.type('\r');
		await opened.shows(pattern);
		return opened;
	};

	let screen = await signIn(/● connected/);
	screen.type('/add bob\r');
	await screen.shows(/› *[○?] bob/);

	const places = {said: 0, draft: 0};
	for (const [index, ms] of MOMENTS.entries()) {
		const line = `line number ${index}.`;
		// Seen in the input as soon as it is typed, or together with what Enter makes of it.
		screen.type(index % 2 === 0 ? line : `${line}\r`);
		await screen.until(() => screen.text.includes(line), line);
		if (index % 2 === 0) screen.type('\r');
		await screen.pass(ms);
		screen.signal('SIGKILL');
		await screen.ended();

		screen = await signIn(/› *[○?] bob[^]*● connected/);
		const rows = screen.text.split('\n');
		const isDraft = rows.at(-1)?.includes(`> ${line}`) === true;
		const said = rows.slice(0, -1).filter(row => row.includes(line)).length;
		t.is(said + Number(isDraft), 1, `${ms} ms after Enter:\n${screen.text}`);
		if (isDraft) {
			places.draft++;
			screen.type('\u0003');
			await screen.until(() => screen.text.split('\n').at(-1)?.trimEnd().endsWith('>') === true, 'an empty input');
		} else {
			places.said++;
		}
	}

	t.log(`said ${places.said}, still in the input ${places.draft}`);
});
