// What --help prints: every command and every flag, and of a command no flag that it refuses.
import test from 'ava';
import {commandHelp, wholeHelp} from '../../source/cli/help-pages.ts';
import {COMMAND_WORDS, flagsOf} from '../../source/cli/task.ts';

const dashed = (flag: string) => `--${flag.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

test('the whole help has every command, and the page of each has its flags and no other', t => {
	const whole = wholeHelp('/profile');
	t.regex(whole, /--profile DIR .*\/profile unless given/);
	const flags = new Set<string>();
	for (const word of COMMAND_WORDS.split(', ')) {
		t.regex(whole, new RegExp(String.raw`^  \$ simchat ${word}\b`, 'm'));
		const page = commandHelp(word, '/profile') ?? '';
		t.true(page.startsWith(`Usage\n  $ simchat ${word}`), page);
		const own = [...flagsOf(word as Parameters<typeof flagsOf>[0]), 'profile'].map(flag => dashed(flag));
		const shown = Array.from(page.matchAll(/^ {2}(--[a-z-]+)/gm), ([, flag = '']) => flag);
		t.deepEqual(shown.toSorted(), own.toSorted(), word);
		for (const flag of own) flags.add(flag);
	}

	for (const flag of flags) t.regex(whole, new RegExp(`^  ${flag} `, 'm'));
	for (const word of ['echo-bot', 'nothing', 'constructor', '']) t.is(commandHelp(word, '/profile'), undefined);
});
