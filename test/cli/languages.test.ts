// In a language without a Latin letter no Latin word stays in what commands say, but names, commands, flags and what one types for them.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client, ClientError, backUp} from '../../source/client/facade.ts';
import {type Contact} from '../../source/client/snapshot.ts';
import {errorOf} from '../../source/client/login-errors.ts';
import {signUpCheck} from '../../source/client/sign-up-check.ts';
import {clientManual} from '../../source/cli/command-table.ts';
import {changeLine, contactLine, correspondenceLine, devicesLine} from '../../source/cli/lines.ts';
import {clockLine, explain, problems} from '../../source/cli/report.ts';
import {parseTask} from '../../source/cli/task.ts';
import {changes} from '../../source/cli/watch.ts';
import {linearCommands} from '../../source/linear/linear-commands.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {OutputError} from '../../source/os/standard-streams.ts';
import {ALERT_CODE, type AlertReason} from '../../source/wire/alert.ts';
import {commandHelp, wholeHelp} from '../../source/usage/help-text.ts';
import {dashed} from '../../source/usage/manual.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {latinWords, pseudoText, speakPseudo} from '../catalogue/pseudo.ts';
import {pseudoDoor} from '../programs.ts';
import {ClientTwin, contact, message} from '../twins/client.ts';
import {password, profileOf} from './handover-sides.ts';
import {Running} from './processes.ts';

speakPseudo();

const manual = clientManual('/p');
const usages = [manual.alone, ...Object.values(manual.commands)];
/** Of the command line: commands, flags, and the names of what stands behind them. */
const TYPED = words(
	'simchat',
	manual.program,
	...Object.keys(manual.commands),
	...Object.entries(manual.options).map(([flag, {value = ''}]) => `${dashed(flag)} -h ${value}`),
	...usages.flatMap(({takes}) => takes.map(({name}) => name)),
);

/** Of this machine, whatever they are. */
const IPV6 = /(?:[\da-f]*:){2,}[\da-f]*/g;

function words(...texts: string[]): string[] {
	return texts.flatMap(text => text.match(/[A-Za-z]+/g) ?? []);
}

function isOther(t: ExecutionContext, text: string | undefined, ...known: string[]): void {
	t.regex(text ?? '', /\p{Script=Cyrillic}/u);
	t.deepEqual(latinWords(text ?? '', [...TYPED, ...words(...known)]), [], text);
}

function refusal(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return explain(error).words;
	}

	throw new Error('it was done');
}

test('the help, of all and of each command', t => {
	isOther(t, wholeHelp(manual), ...manual.environment.map(([name]) => name), '/p');
	for (const word of Object.keys(manual.commands)) isOther(t, commandHelp(manual, word), '/p');
});

test('what is wrong with a command line', t => {
	for (const [typed, flags] of [
		[['nonsense'], {}],
		[['send', 'bob'], {}],
		[['whoami', 'bob'], {}],
		[['verify', 'bob', 'cat'], {}],
		[['sign-up', 'x'], {}],
		[['completion', 'tcsh'], {}],
		[['contacts'], {wait: '1'}],
		[[], {wait: '1'}],
		[[], {linear: true, name: 'x'}],
		[['contacts'], {password: 'x'}],
		[['contacts'], {nonsense: true}],
		[['tail'], {port: ''}],
		[['tail'], {port: '0'}],
		[['send', 'bob', 'hi'], {wait: 'x'}],
		[['search', 'x'], {limit: '0'}],
	] as Array<[string[], Record<string, unknown>]>) {
		isOther(
			t,
			refusal(() => parseTask(typed, flags, '/p')),
			'nonsense bob cat x bash zsh fish',
		);
	}
});

test('contacts and messages, as lines', t => {
	const full: Contact = contact('bob', {unread: 2, outbox: 1, blocked: true, request: true, nickname: '1', away: '2'});
	isOther(t, contactLine(full), 'bob');
	isOther(t, devicesLine({type: 'devices', name: 'bob', time: 0, count: 2}), 'bob');
	for (const identity of ['unknown', 'pinned', 'changed'] as const) isOther(t, contactLine({...full, identity}), 'bob');
	isOther(t, correspondenceLine(message('bob', 1, {text: 'hi', direction: 'out'})), 'bob hi');
	const about = {conversation: talkWith('bob'), direction: 'in', time: 0} as const;
	for (const [kind, value] of [
		['edit', 'new'],
		['delete', ''],
		['reaction', '👍'],
		['reaction', ''],
		['timer', '60'],
		['timer', '0'],
		['pin', 'pinned'],
		['pin', ''],
	] as const) {
		isOther(t, changeLine({...about, kind, value}), 'bob new');
	}
});

test('the connection, the clock and the output', t => {
	for (const problem of Object.values(problems())) isOther(t, problem);
	for (const hours of [-30, -2, 0.1, 3, 100]) isOther(t, clockLine(hours * 3_600_000));
	isOther(t, explain(new OutputError(Object.assign(new Error('x'), {code: 'ENOSPC'}))).words, 'ENOSPC');
	isOther(t, explain(new ClientError('server-key', pseudoText('x'))).words);
});

test('why a sign-in comes to nothing', t => {
	const server = {host: '192.0.2.1', port: 7};
	const told = (outcome: Parameters<typeof errorOf>[0]) => errorOf(outcome, server).message;
	for (const reason of Object.keys(ALERT_CODE) as AlertReason[]) {
		isOther(t, told({kind: 'refused', alert: {reason, triesLeft: 1, retryAfter: 9}}));
	}

	for (const reason of ['server-key', 'memory', 'unexpected'] as const)
		isOther(t, told({kind: 'failed', reason}), reason);
	isOther(t, told({kind: 'unreachable', cause: new Error('x')}));
	isOther(t, told({kind: 'timeout'}));
	isOther(t, told({kind: 'closed', registerSent: false}));
	isOther(t, signUpCheck.link('x'));
	isOther(t, signUpCheck.name('Ü', ''), 'a z');
	isOther(t, signUpCheck.password(''));
	isOther(t, signUpCheck.password('\u200B'));
});

test('the files of a profile', t => {
	const folder = path.join(temporaryFolder(t), '1');
	const open = () => Client.open({folder}).close();
	const known = [folder, 'settings.json', 'ENOTDIR'];
	isOther(
		t,
		refusal(() => Client.open({folder: '/dev/null/1'})),
		'dev null',
		...known,
	);
	isOther(
		t,
		refusal(() => backUp(folder, `${folder}2`)),
		...known,
	);
	mkdirSync(folder, {mode: 0o700});
	isOther(
		t,
		refusal(() => Client.open({folder, trace: '/dev/null/1'})),
		'dev null',
		...known,
	);
	for (const [screen, names] of [
		[{theme: 7}, 'screen theme'],
		[{theme: ''}, 'screen theme'],
		[{theme: 'x'.repeat(999)}, 'screen theme'],
		[{mapPort: 7}, 'screen mapPort'],
		[{keys: 7}, 'screen keys'],
		[{keys: {a: 7}}, 'screen keys a'],
		[{keys: {['x'.repeat(999)]: []}}, 'screen keys'],
		[{keys: Object.fromEntries(Array.from({length: 300}, (_, index) => [String(index), []]))}, 'screen keys'],
	] as const) {
		writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({screen}));
		isOther(t, refusal(open), names, ...known);
	}

	writeFileSync(path.join(folder, 'settings.json'), '{');
	isOther(t, refusal(open), ...known);
});

test('what programs read is the same in every language', t => {
	const twin = new ClientTwin([contact('bob')]);
	const before = twin.snapshot();
	const [bob] = before.contacts;
	const after = {
		...before,
		disk: new ClientError('disk', () => 'words'),
		contacts: [{...bob!, path: {kind: 'blocked', why: 'dead'} as const}],
	};
	t.deepEqual(changes(before, after), [
		{type: 'disk', problem: 'words'},
		{
			type: 'path',
			name: 'bob',
			path: 'blocked',
			words: 'blocked: it does not answer any more',
			why: 'it does not answer any more',
		},
	]);
});

/** What a process says to its end, `input` being its standard input. */
async function output(t: ExecutionContext, folder: string, args: readonly string[], input = '') {
	const running = new Running(t, pseudoDoor, [...args, '--profile', folder], {
		SIMCHAT_PASSWORD: password,
		XDG_DATA_HOME: '/p',
	});
	running.child.stdin?.end(input);
	return running.ended();
}

test('simchat --help, simchat doctor and a talk in lines, without a server', async t => {
	const folder = await profileOf(t);
	const known = [folder, 'alice bob strawberry', 'UDP IPv4 IPv6'];
	const help = await output(t, folder, ['--help']);
	isOther(t, help.stdout, 'SIMCHAT_PASSWORD SIMCHAT_TRACE NO_COLOR XDG_DATA_HOME', '/p');
	const doctor = await output(t, folder, ['doctor', '--wait', '0']);
	t.is(doctor.code, 75);
	isOther(t, doctor.stdout.replaceAll(IPV6, ''), ...known);
	isOther(t, doctor.stderr, ...known);
	const json = await output(t, folder, ['doctor', '--wait', '0', '--json']);
	t.regex(json.stdout, /"nextStep":"(?:look at the network|wait a moment)/);
	const talk = [
		'/help',
		'/list',
		'/unread',
		'hello',
		'/open bob',
		'/last',
		'/search straw',
		'/outbox',
		'/doctor',
		'/nonsense',
		'/who b',
		'/react',
		'/quit',
	];
	const linear = await output(t, folder, ['--linear', '--wait', '0'], `${talk.join('\n')}\n`);
	const names = linearCommands().map(({name}) => name);
	isOther(t, linear.stdout.replaceAll(IPV6, ''), ...known, 'Bob nonsense', ...names);
});
