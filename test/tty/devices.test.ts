// One person in two terminals: the second profile joins by the link that the first screen shows.
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startServer} from '../cli/processes.ts';
import {Screen} from './screen.ts';

const PASSWORD = 'a password for tests';
const DOWN = '\u001B[B';
/** The Escape key as kitty writes it: no pause tells it from what follows. */
const CLOSE = '\u001B[27u';

/** Somebody who has signed up, on a screen on which a link has one row. */
async function alice(t: ExecutionContext): Promise<Screen> {
	const {link} = await startServer(t);
	const screen = new Screen(t, [link, '--profile', temporaryFolder(t)], {columns: 120, rows: 30});
	await screen.shows(/simchat: sign up/);
	screen.type(`alice\r${PASSWORD}\r${PASSWORD}\r`);
	await screen.shows(/● connected/);
	return screen;
}

/** Types it until there is a link: the list of the own devices comes a moment after the connection, and until then one is told so. */
async function addDevice(screen: Screen): Promise<void> {
	const isOffered = () => /Good for (?:10:00|9:\d\d)/.test(screen.text);
	for (let tries = 0; tries < 50 && !isOffered(); tries++) {
		screen.type('/devices add\r');
		await screen.until(() => isOffered() || /not told/.test(screen.text), 'a link, or why there is none');
		if (!isOffered()) screen.type('\u0015');
	}
}

/** As a person copies it: the rows of the link, without what is drawn around them. */
function linkOn({text}: Screen): string {
	const rows = text.split('\n').map(row => row.replace(/^.*?│ │ /, '').replace(/ *│$/, ''));
	const begin = rows.findIndex(row => row.startsWith('simchat://'));
	const end = rows.findIndex((row, index) => index > begin && !/^\S+$/.test(row));
	return rows.slice(begin, end).join('');
}

test('a second terminal joins by the link that the first one shows, and both list it; then it is removed', async t => {
	const study = await alice(t);
	await addDevice(study);
	const link = linkOn(study);
	t.regex(link, /\?name=alice&device=[\w-]{86}$/);

	const laptop = new Screen(t, ['--profile', temporaryFolder(t)], {columns: 120, rows: 30});
	await laptop.shows(/simchat: sign up/);
	// A device link makes the form another one.
	laptop.type(`${link}\t`);
	await laptop.shows(/simchat: join as alice at 127\.0\.0\.1/);
	laptop.type(`${PASSWORD}\t\u0015the laptop\r`);
	await study.shows(/Joined: the laptop\./);
	await laptop.shows(/● connected/);
	study.type(CLOSE);
	await study.shows(/the laptop {2}.*added /);

	laptop.type('/devices\r');
	await laptop.shows(/the laptop {2}this device {2}added .* by /);
	laptop.type(CLOSE);

	study.type(`${DOWN}d`);
	await study.shows(/Remove the laptop\?/);
	study.type(`${DOWN}\r`);
	await laptop.shows(/has removed this one/);
	study.type('/devices\r');
	await study.until(() => /your devices/.test(study.text) && !/the laptop {2}.*added/.test(study.text), 'it is gone');
	for (const screen of [study, laptop]) {
		screen.type('\u0003\u0003\u0003');
		t.is(await screen.ended(), 0);
	}
});

test('who waits to be let in goes back with Escape, and is told of a wrong password', async t => {
	const study = await alice(t);
	await addDevice(study);
	const link = linkOn(study);
	study.type(CLOSE);
	await study.shows(/your devices/);
	const laptop = new Screen(t, [link, '--profile', temporaryFolder(t)], {columns: 120, rows: 30});
	await laptop.shows(/simchat: join as alice/);
	laptop.type('a guess\r');
	await laptop.shows(/4 tries left/);
	laptop.type(`${PASSWORD}\r`);
	await laptop.shows(/Waiting for the device that made the link/);
	laptop.type(CLOSE);
	await laptop.shows(/Enter goes on/);
	laptop.type('\u0003\u0003');
	t.is(await laptop.ended(), 0);
});
