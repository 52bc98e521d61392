// What is made from the tables of commands and options: help, man pages, and completions that real shells load.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {COMMAND_WORDS, clientManual} from '../../source/cli/command-table.ts';
import {commandHelp, wholeHelp} from '../../source/usage/help-text.ts';
import {dashed} from '../../source/usage/manual.ts';
import {MANUALS, writeSharedFiles} from '../../tools/build/shared-files.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {PseudoTerminal} from '../../tools/terminal/pseudo-terminal.ts';
import {within} from '../../tools/within.ts';
import {Person} from '../cli/processes.ts';

const PATIENCE_MS = 60_000;
const manual = clientManual('/profile');
const commands = COMMAND_WORDS.split(', ');

/** What `npm test` counts as skipped where a program is missing. */
function testWith(program: string, title: string, body: (t: ExecutionContext) => unknown): void {
	const isThere = (process.env['PATH'] ?? '')
		.split(path.delimiter)
		.some(folder => existsSync(path.join(folder, program)));
	if (isThere) test(`${program}: ${title}`, async t => body(t));
	else test.skip(`${program}: ${title} (needs ${program})`, () => {});
}

/** The files of both programs in a folder of their own. */
async function shared(t: ExecutionContext): Promise<string> {
	const folder = temporaryFolder(t);
	await writeSharedFiles(folder, '1.2.3');
	return folder;
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}): string {
	const {status, stdout, stderr} = spawnSync(command, args, {
		encoding: 'utf8',
		env: {PATH: process.env['PATH'], HOME: '/nonexistent', LC_ALL: 'C.UTF-8', ...env},
	});
	if (status !== 0 || stderr !== '') throw new Error(`${command}: ${status}: ${stderr}`);
	return stdout;
}

test('the whole help has every command, and the page of each has its flags and no other', t => {
	for (const each of [manual, ...MANUALS]) {
		const whole = wholeHelp(each);
		for (const [word, {flags}] of Object.entries(each.commands)) {
			t.regex(whole, new RegExp(String.raw`^  \$ ${each.program} ${word}\b`, 'm'));
			const page = commandHelp(each, word) ?? '';
			t.true(page.startsWith(`Usage\n  $ ${each.program} ${word}`), page);
			const shown = Array.from(page.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm), ([, flag = '']) => flag);
			t.deepEqual(shown.toSorted(), [...flags, ...each.general].map(flag => dashed(flag)).toSorted(), word);
		}

		for (const flag of Object.keys(each.options)) t.regex(whole, new RegExp(`^  (?:-., )?${dashed(flag)} `, 'm'));
		for (const word of ['echo-bot', 'nothing', 'constructor', '']) t.is(commandHelp(each, word), undefined);
	}

	t.regex(wholeHelp(manual), /--profile DIR .*\/profile unless given/);
	t.deepEqual(commands.toSorted(), Object.keys(manual.commands).toSorted());
});

test('every flag of a command is an option, and every option is for something', t => {
	for (const {alone, commands: all, options, general} of MANUALS) {
		const used = [...alone.flags, ...general, ...Object.values(all).flatMap(({flags}) => flags)];
		t.deepEqual([...new Set(used)].toSorted(), Object.keys(options).toSorted());
	}
});

test('-h is --help, and behind a command it prints the page of that command', async t => {
	const person = new Person(t, temporaryFolder(t), '');
	for (const words of [
		['send', '-h'],
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
	const script = await person.run(['completion', 'fish']);
	t.is(script.code, 0);
	t.true(script.stdout.includes('complete -c simchat -l version'), script.stdout);
});

testWith('man', 'renders both pages without a warning, and they have every command and option', async t => {
	const folder = await shared(t);
	for (const {program, commands: all, options} of MANUALS) {
		const page = run('man', ['--warnings', '-l', path.join(folder, `man/${program}.1`)], {MANWIDTH: '80'});
		t.regex(page, new RegExp(`^${program.toUpperCase()}\\(1\\).*${program.toUpperCase()}\\(1\\)$`, 'm'));
		t.true(page.includes(`${program} 1.2.3`));
		for (const word of Object.keys(all)) t.regex(page, new RegExp(`^ {7}${word}\\b`, 'm'));
		for (const flag of Object.keys(options)) t.regex(page, new RegExp(`^ {7}(?:-., )?${dashed(flag)}\\b`, 'm'));
		for (const line of page.split('\n')) t.true(line.length <= 80, line);
	}
});

/** By a half-typed line: some of what is offered, and some of what is not. */
const LINES: ReadonlyArray<readonly [line: string, offered: readonly string[], others: readonly string[]]> = [
	['simchat ', commands, ['echo-bot', '--profile']],
	['simchat se', ['send', 'search'], ['tail']],
	['simchat --profile /tmp se', ['send', 'search'], ['tail']],
	['simchat send bob --', ['--wait', '--password-stdin', '--profile'], ['--json', '--out']],
	['simchat completion ', ['bash', 'zsh', 'fish'], ['send']],
	['simchat --', ['--profile', '--port', '--linear', '--version'], ['--json']],
	['simchat-server ', ['invite', 'users', 'status'], ['send']],
	['simchat-server --registration ', ['invite', 'open', 'closed'], ['users']],
	['simchat-server --', ['--listen', '--data'], ['--profile']],
];

function checkOffers(t: ExecutionContext, offersOf: (line: string) => readonly string[]): void {
	for (const [line, offered, others] of LINES) {
		const offers = offersOf(line);
		for (const each of offered) t.true(offers.includes(each), `${line}: ${each} of ${offers.join(' ')}`);
		for (const each of others) t.false(offers.includes(each), `${line}: no ${each}`);
	}
}

testWith('bash', 'completes commands, options and their values', async t => {
	const folder = await shared(t);
	const ask = (line: string, cwd = folder) => {
		const program = line.split(' ')[0]!;
		// As the shell itself does it: the line in words, and then the function that was registered.
		const script = `cd "$3" || exit; source "$1"; COMP_WORDS=($2); [[ $2 != *' ' ]] || COMP_WORDS+=(''); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
			spec=$(complete -p ${program}); spec=\${spec#*-F }; compopt() { :; }; "\${spec%% *}"; printf '%s\\n' "\${COMPREPLY[@]}"`;
		const file = path.join(folder, 'completions/bash', program);
		return run('bash', ['--norc', '-u', '-c', script, 'bash', file, line, cwd]).trimEnd().split('\n');
	};
	checkOffers(t, ask);
	t.deepEqual(ask('simchat backup m'), ['man']);
	t.deepEqual(ask('simchat --profile = c'), ['completions']);
	t.deepEqual(ask('simchat export --out c'), ['completions']);
	t.deepEqual(ask('simchat send --wait '), ['']);
});

testWith('fish', 'completes commands, options and their values', async t => {
	const folder = await shared(t);
	const ask = (line: string) => {
		const file = path.join(folder, 'completions/fish', `${line.split(' ')[0]}.fish`);
		const answer = run(
			'fish',
			['--no-config', '-c', 'source $argv[1]; cd $argv[3]; complete -C $argv[2]', file, line, folder],
			{
				HOME: folder,
			},
		);
		return answer.split('\n').map(offer => offer.split('\t')[0]!);
	};
	checkOffers(t, ask);
	t.true(ask('simchat backup ').includes('man/'));
	t.deepEqual(ask('simchat send bob '), ['']);
});

testWith('zsh', 'completes commands, options and their values', async t => {
	const folder = await shared(t);
	const env = {PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8', ZDOTDIR: folder};
	const terminal = new PseudoTerminal(
		{command: 'zsh', args: ['-f', '-i'], env, cwd: folder},
		{columns: 200, rows: 100},
	);
	t.teardown(async () => terminal.kill());
	let output = '';
	let look: (() => void) | undefined;
	terminal.onData(data => {
		output += data;
		look?.();
	});
	const shown = async (pattern: RegExp) => {
		const {promise, resolve} = Promise.withResolvers<void>();
		look = () => {
			if (pattern.test(output)) resolve();
		};
		look();
		await within(promise, PATIENCE_MS, () => `no ${pattern.source} in ${JSON.stringify(output)}`);
	};
	// What is offered is kept by the function that takes it from completions, and printed.
	terminal.type(`PS1=; unsetopt zle_bracketed_paste; fpath=(${folder}/completions/zsh $fpath); autoload -Uz compinit; compinit -D -u
offers=(); compadd() { local -a found; builtin compadd -O found "$@"; offers+=($found); builtin compadd "$@"; }
answer() { offers=(); zle complete-word; print -r -- "<$offers>"; zle kill-whole-line; }
zle -N answer; zle -C complete-word complete-word _main_complete; bindkey '^I' answer; print rea''dy\n`);
	await shown(/ready/);
	const offers: string[] = [];
	for (const [line] of LINES) {
		output = '';
		terminal.type(`${line}\t`);
		await shown(/<[^<>]*>/);
		offers.push(/<([^<>]*)>/.exec(output)![1]!);
	}

	checkOffers(t, line => offers[LINES.findIndex(([each]) => each === line)]!.split(/\s+/));
});
