// Recovery words on the screen: shown whole or not at all, asked back, and admitted only then.
import test from 'ava';
import {SLASH_COMMANDS} from '../../../source/ui/commands.ts';
import {within} from '../../../tools/within.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

async function opened() {
	const client = new ClientTwin([]);
	const screen = new ScreenTwin(client);
	await SLASH_COMMANDS.find(({name}) => name === 'recovery')?.run(screen, '');
	const answer = (text: string) => {
		screen.ask(text);
		screen.press('enter');
	};

	return {client, screen, answer};
}

test('24 words are shown, two are asked back, and then their key is handed in', async t => {
	const {client, screen, answer} = await opened();
	const shown = screen.lines().join('\n');
	for (const [index, word] of client.newRecovery.words.entries()) t.true(shown.includes(`${index + 1} ${word}`), word);
	screen.press('enter');
	t.regex(screen.lines().join('\n'), /Word 2 of 24/);
	answer('ZOO ');
	t.regex(screen.lines().join('\n'), /Word 23 of 24/);
	t.deepEqual(client.asked, []);
	answer('mushroom');
	const done = async () => {
		while (screen.overlay !== undefined) await new Promise(resolve => setImmediate(resolve));
	};
	await within(done(), 60_000, () => 'it does not end');
	t.deepEqual(client.asked, ['admit a key']);
	t.true(screen.asked.some(each => each.includes('me has recovery words now')));
});

test('a word that is another shows them once more, and nothing is handed in', async t => {
	const {client, screen, answer} = await opened();
	screen.press('enter');
	answer('abandon');
	t.regex(screen.lines().join('\n'), /That was another word[^]*24 original/);
	t.deepEqual(client.asked, []);
});

test('a window without room for all words shows none, and Enter waits', async t => {
	const {screen} = await opened();
	t.regex(screen.lines(40, 8).join('\n'), /Make the window larger/);
	t.false(screen.lines(40, 8).join('\n').includes('abandon'));
	screen.press('enter');
	t.regex(screen.lines(40, 30).join('\n'), /24 original/);
});

test('words before the server has told of the devices are none', async t => {
	const client = new ClientTwin([]);
	const screen = new ScreenTwin(client);
	client.recovery.create = async () => {
		throw new Error('the server is out of reach');
	};
	await t.throwsAsync(async () => SLASH_COMMANDS.find(({name}) => name === 'recovery')?.run(screen, ''));
	t.is(screen.overlay, undefined);
});
