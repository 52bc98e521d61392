// What --help prints: every command and every flag, and of a command no flag that it refuses.
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {commandHelp, wholeHelp} from '../../source/cli/help-pages.ts';
import {COMMAND_WORDS, flagsOf} from '../../source/cli/task.ts';
import {Person} from './processes.ts';

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

test('-h is --help, and behind a command it prints the page of that command', async t => {
	const person = new Person(t, temporaryFolder(t), '');
	for (const words of [
		['send', '-h'],
		['send', '--help'],
		['--help', 'send'],
		['send', 'bob', 'hi', '-h'],
	]) {
		const {code, stdout} = await person.run(words);
		t.is(code, 0, words.join(' '));
		t.regex(stdout, /^\s*Usage\n {2}\$ simchat send NAME TEXT…\n\n {2}sends a message/);
		t.notRegex(stdout, /simchat tail/);
	}

	const whole = await person.run(['-h']);
	t.is(whole.code, 0);
	t.regex(whole.stdout, /simchat send[^]*simchat tail[^]*Exit codes/);
});
