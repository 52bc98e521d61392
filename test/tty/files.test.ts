// A file between two people in two terminals: dropped into a window, got by keys; then in lines, and declined.
import {randomBytes} from 'node:crypto';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {signUpQuickly, startServer} from '../cli/processes.ts';
import {Screen} from './screen.ts';

const PASSWORD = 'a password for tests';
const SELECT = '\u001Bm';
const pasted = (text: string) => `\u001B[200~${text}\u001B[201~`;

async function profileOf(t: ExecutionContext, link: string, name: string): Promise<string> {
	const profile = path.join(temporaryFolder(t), name);
	await signUpQuickly(link, name, profile, PASSWORD);
	return profile;
}

async function signedIn(
	t: ExecutionContext,
	profile: string,
	env: Readonly<Record<string, string>> = {},
): Promise<Screen> {
	const screen = new Screen(t, ['--profile', profile], {env});
	await screen.shows(/simchat: sign in as/);
	screen.type(`${PASSWORD}\r`);
	await screen.shows(/● connected/);
	return screen;
}

test('a file that is dropped into a window is offered, got by keys, and there; in lines it is got and declined', async t => {
	const {link} = await startServer(t);
	const downloads = path.join(temporaryFolder(t), 'in');
	const env = {XDG_DOWNLOAD_DIR: downloads};
	const bobs = await profileOf(t, link, 'bob');
	const alice = await signedIn(t, await profileOf(t, link, 'alice'));
	const bob = await signedIn(t, bobs, env);
	alice.type('/msg bob hello\r');
	await bob.shows(/alice WANTS TO TALK/);
	bob.type('/accept\r');
	await alice.shows(/hello +✓[✓R]/);

	const bytes = randomBytes(2_000_000);
	const source = path.join(temporaryFolder(t), 'my holiday.jpg');
	writeFileSync(source, bytes);
	alice.type(pasted(`'${source}' `));
	await alice.shows(/Send my holiday\.jpg, 2 MB\?/);
	alice.type('\r');
	await alice.shows(/▤ my holiday\.jpg {2}2 MB {2}offered/);
	await bob.shows(/▤ my holiday\.jpg {2}2 MB {2}offered: \/get gets it/);
	bob.type(SELECT);
	await bob.shows(/Enter gets it/);
	bob.type('\r');
	await bob.shows(/▤ my holiday\.jpg {2}2 MB[^]*saved as/);
	await alice.shows(/▤ my holiday\.jpg {2}2 MB {2}bob has it/);
	const saved = path.join(downloads, 'my holiday.jpg');
	t.true(readFileSync(saved).equals(bytes));
	t.is(statSync(saved).mode & 0o777, 0o600);
	bob.type('\u001B[27u/quit\r');
	t.is(await bob.ended(), 0);

	const lines = new Screen(t, ['--linear', '--profile', bobs], {env: {...env, SIMCHAT_PASSWORD: PASSWORD}});
	await lines.shows(/Talking to alice/);
	writeFileSync(path.join(path.dirname(source), 'notes.txt'), 'in lines');
	alice.type(`/send ${path.dirname(source)}/no\t`);
	await alice.shows(/send .*notes\.txt$/m);
	alice.type('\r');
	await lines.shows(/alice offers a file, notes\.txt, 8 B\. \/get gets it\./);
	lines.type('/get\r');
	await lines.shows(/The file notes\.txt is here, saved as [^]*notes\.txt\./);
	t.is(readFileSync(path.join(downloads, 'notes.txt'), 'utf8'), 'in lines');
	await alice.shows(/▤ notes\.txt {2}8 B {2}bob has it/);
	alice.type(`/send '${source}'\r`);
	await lines.until(() => lines.output.includes('my holiday.jpg, 2 MB. /get'), 'another offer');
	lines.type('/decline\r');
	await alice.shows(/bob declined it/);
	lines.type('/quit\r');
	t.is(await lines.ended(), 0);
	alice.type('\u0003\u0003');
	t.is(await alice.ended(), 0);
});
