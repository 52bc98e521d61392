// Recovery words by real processes: made on one machine, and typed on another when every device is lost.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {PseudoTerminal} from '../../tools/terminal/pseudo-terminal.ts';
import {within} from '../../tools/within.ts';
import {type Person, Running, isHeld, signedUpPerson, startServer} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';

const PATIENCE_MS = 120_000;
const PASSWORD = 'the password of alice';
const size = {columns: 80, rows: 24};

/** A command in a terminal, and what it has written so far. */
class Typed {
	readonly terminal: PseudoTerminal;
	output = '';
	readonly #news = new EventTarget();

	constructor(t: ExecutionContext, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const {SIMCHAT_PASSWORD: _, ...inherited} = process.env;
		const all = {...inherited, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...env};
		this.terminal = new PseudoTerminal({command: process.execPath, args: [clientDoor, ...args], env: all}, size);
		t.teardown(async () => this.terminal.kill());
		this.terminal.onData(data => {
			this.output += data;
			this.#news.dispatchEvent(new Event('data'));
		});
	}

	/** What was written behind `from`, once it matches. */
	async said(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
		const look = async (): Promise<RegExpExecArray> => {
			for (;;) {
				const found = pattern.exec(this.output.slice(from));
				if (found !== null) return found;
				await new Promise(resolve => this.#news.addEventListener('data', resolve, {once: true}));
			}
		};

		return within(look(), PATIENCE_MS, () => `no ${pattern} in: ${this.output}`);
	}
}

/** The words that stand on the terminal, in their order. */
function wordsIn(output: string): string[] {
	const words: string[] = [];
	for (const [, number = '', word = ''] of output.matchAll(/(?<![\w-])(\d{1,2}) ([a-z]{3,8})(?= |\r)/g)) {
		words[Number(number) - 1] = word;
	}

	return words;
}

/** Makes words by `simchat recover --make` at a terminal, as a person does. */
async function makeWords(t: ExecutionContext, profile: string): Promise<{words: string[]; typed: Typed}> {
	const typed = new Typed(t, ['recover', '--make', '--profile', profile], {SIMCHAT_PASSWORD: PASSWORD});
	await typed.said(/Press Enter once they are on paper/);
	const words = wordsIn(typed.output);
	const shown = typed.output.length;
	typed.terminal.type('\r');
	// Each is drawn anew with every key: the second one stands in a row of its own.
	for (const before of ['2J', '\\n']) {
		const [, place] = await typed.said(new RegExp(`${before}\\r\\u001B\\[KWord (\\d+) of 24: `), shown);
		typed.terminal.type(`${words[Number(place) - 1]}\r`);
	}

	return {words, typed};
}

/** Recovers alice's account into a new folder without a terminal; the words come on standard input. */
async function recover(t: ExecutionContext, link: string, words: string, name = 'alice') {
	const profile = path.join(temporaryFolder(t), 'new');
	const args = ['recover', link, '--name', name, '--password-stdin', '--profile', profile];
	const running = new Running(t, clientDoor, args);
	running.child.stdin?.end(`${PASSWORD}\n${words}\n`);
	return {profile, ...(await running.ended())};
}

async function aliceWithWords(t: ExecutionContext, link: string): Promise<{alice: Person; words: string[]}> {
	const alice = await signedUpPerson(t, link, 'alice');
	const {words, typed} = await makeWords(t, alice.profile);
	t.is(await typed.terminal.ended(), 0);
	return {alice, words};
}

test('words that were made on one machine bring a new one in, and say that the lost one is gone', async t => {
	const {link} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	const {words, typed} = await makeWords(t, alice.profile);
	await typed.said(/alice has recovery words now/);
	t.is(await typed.terminal.ended(), 0);
	t.is(words.length, 24);
	// They stood on the second screen, which is gone, and in no file.
	t.true(typed.output.indexOf(words.at(-1)!) < typed.output.lastIndexOf('\u001B[?1049l'));
	for (const file of readdirSync(alice.profile)) {
		const text = readFileSync(path.join(alice.profile, file), 'latin1');
		t.false(text.includes(words.slice(0, 2).join(' ')), file);
	}

	const profile = path.join(temporaryFolder(t), 'new');
	const phone = new Typed(t, ['recover', link, '--name', 'alice', '--profile', profile], {SIMCHAT_PASSWORD: PASSWORD});
	await phone.said(/Word 1 of 24/);
	// Capital letters, spaces and numbers do not count; a word that is none is asked for once more, and several come at once.
	phone.terminal.type(`  ${words[0]!.toUpperCase()} \r`);
	await phone.said(/Word 2 of 24/);
	phone.terminal.type('strohbeere\r');
	await phone.said(/word 2 is none of the list/);
	phone.terminal.type(`2. ${words[1]}\r`);
	await phone.said(/Word 3 of 24/);
	phone.terminal.type(`${words.slice(2).join('   ')}\r`);
	await phone.said(/Is this device lost, and to be removed: [\da-f]{16}, added/);
	phone.terminal.type('yes\r');
	await phone.said(/alice at 127\.0\.0\.1/);
	t.is(await phone.terminal.ended(), 0);

	// The new machine is in; the one that was lost is not any more.
	const after = new Running(t, clientDoor, ['contacts', '--profile', profile], {SIMCHAT_PASSWORD: PASSWORD});
	t.is((await after.ended()).code, 0);
	const lost = await alice.run(['contacts']);
	t.is(lost.code, 77);
	t.regex(lost.stderr, /another device of this account has removed this one/);
});

test('words are made through a screen or a tail that has the profile open', async t => {
	const {link} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	const tail = alice.start('tail');
	await isHeld(alice.profile);
	const {words, typed} = await makeWords(t, alice.profile);
	t.is(await typed.terminal.ended(), 0);
	t.is((await tail.stop()).code, 0);
	const {code, profile} = await recover(t, link, words.join(' '));
	t.is(code, 0);
	t.true(existsSync(path.join(profile, 'vault')));
});

test('a wrong word is told before anything is asked of the server; a right form of them is taken', async t => {
	const {server, link} = await startServer(t);
	const {words} = await aliceWithWords(t, link);
	await server.stop();
	const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
	const cases: ReadonlyArray<readonly [string, RegExp]> = [
		['', /recovery words are 24, and these are 0/],
		[words.slice(1).join(' '), /recovery words are 24, and these are 23/],
		[[...words, 'abandon'].join(' '), /these are 25/],
		[['Apfel', ...words.slice(1)].join(' '), /word 1 is none of the list/],
		[[...words.slice(0, 23), 'あいこくしん'].join(' '), /word 24 is none of the list/],
		['abandon '.repeat(24), /together they are no recovery words/],
		['x'.repeat(900), /word 1 is none of the list/],
		['x'.repeat(5000), /longer than 1024 characters/],
	];
	for (const [typed, refusal] of cases) {
		const {code, stderr, profile} = await recover(t, link, typed);
		t.is(code, 65, typed);
		t.regex(stderr, refusal);
		t.false(existsSync(path.join(profile, 'vault')), typed);
		for (const word of words) t.false(stderr.includes(` ${word} `), word);
	}

	t.not((await recover(t, link, swapped)).code, 0);
	// The server is not there, which is only found out with words that are some.
	const {code, stderr} = await recover(
		t,
		link,
		words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join(',  '),
	);
	t.is(code, 69);
	t.regex(stderr, /nobody answers at/);
});

test('words of another account bring nobody in, nor do the right ones with a wrong password or name', async t => {
	const {link} = await startServer(t);
	const {words} = await aliceWithWords(t, link);
	await signedUpPerson(t, link, 'bob');
	const wrongName = await recover(t, link, words.join(' '), 'bob');
	t.is(wrongName.code, 77);
	t.regex(wrongName.stderr, /wrong password: \d tries left/);
	const unmade =
		'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art';
	const foreign = await recover(t, link, unmade);
	t.is(foreign.code, 65);
	t.regex(foreign.stderr, /these are not the recovery words of alice/);
	t.false(existsSync(path.join(foreign.profile, 'vault')));
});

test('words that are typed to be removed bring nobody in any more', async t => {
	const {link} = await startServer(t);
	const {alice, words} = await aliceWithWords(t, link);
	const removing = new Running(t, clientDoor, ['recover', '--remove', '--password-stdin', '--profile', alice.profile]);
	removing.child.stdin?.end(`${PASSWORD}\n${words.join(' ')}\n`);
	const removed = await removing.ended();
	t.like(removed, {
		code: 0,
		stdout: 'these recovery words are removed: nobody gets in by them any more',
	});
	t.not((await recover(t, link, words.join(' '))).code, 0);
});
