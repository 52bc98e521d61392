// Notifications: who wrote, never what; whole sequences whatever a name holds; one a second; a command without a shell.
/* oxlint-disable no-control-regex -- these are the bytes in question */
import {access, readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import fc from 'fast-check';
import test from 'ava';
import {
	Notifier,
	type NotifierOptions,
	notificationBytes,
	runDetached,
	shouldNotify,
} from '../../../source/ui/terminal/notification.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {NASTY} from '../text/samples.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const BEL = '\u0007';
const ST = '\u001B\\';
const note = {title: 'simchat', body: 'a message from bob'};

test('each kind as terminals read it', t => {
	const bare = {isTmux: false};
	t.is(notificationBytes('bell', note, bare), BEL);
	t.is(notificationBytes('osc9', note, bare), `\u001B]9;simchat: a message from bob${BEL}`);
	t.is(notificationBytes('osc777', note, bare), `\u001B]777;notify;simchat;a message from bob${BEL}`);
	t.is(
		notificationBytes('osc99', note, bare),
		`\u001B]99;i=simchat:d=0;simchat${ST}\u001B]99;i=simchat:d=1:p=body;a message from bob${ST}`,
	);
});

test('tmux hands all on but the bell, which it rings itself', t => {
	t.is(notificationBytes('bell', note, {isTmux: true}), BEL);
	for (const kind of ['osc9', 'osc777', 'osc99'] as const) {
		const [, inside = ''] = /^\u001BPtmux;(.*)\u001B\\$/.exec(notificationBytes(kind, note, {isTmux: true})) ?? [];
		t.notRegex(inside.replaceAll('\u001B\u001B', ''), /\u001B/, 'every ESC is doubled');
		t.is(inside.replaceAll('\u001B\u001B', '\u001B'), notificationBytes(kind, note, {isTmux: false}));
	}
});

const FORMS = {
	osc9: /^\u001B\]9;([^;]*)\u0007$/,
	osc777: /^\u001B\]777;notify;([^;]*);([^;]*)\u0007$/,
	osc99: /^\u001B\]99;i=simchat:d=0;([^;]*)\u001B\\\u001B\]99;i=simchat:d=1:p=body;([^;]*)\u001B\\$/,
} as const;

test('whatever title and body are, the sequence keeps its form, and has an end', t => {
	const text = fc.array(fc.constantFrom(...NASTY, ';', ':', 'a'.repeat(150), '👍🏽', '\u001B\\', '\u009C'), {
		maxLength: 12,
	});
	const kind = fc.constantFrom('osc9' as const, 'osc777' as const, 'osc99' as const);
	fc.assert(
		fc.property(kind, text, text, (form, title, body) => {
			const bytes = notificationBytes(form, {title: title.join(''), body: body.join('')}, {isTmux: false});
			const [, ...fields] = FORMS[form].exec(bytes) ?? [];
			t.true(fields.length > 0, JSON.stringify(bytes));
			t.true(fields.every(field => !/\p{Cc}/u.test(field) && field.isWellFormed() && field.length <= 402));
		}),
		{numRuns: 500},
	);
});

test('only of what nobody looks at, and never of who is muted', t => {
	const seen = {isFocused: true, open: talkWith('bob'), conversation: talkWith('bob'), isMuted: false};
	t.false(shouldNotify(seen));
	t.true(shouldNotify({...seen, isFocused: false}));
	t.true(shouldNotify({...seen, open: talkWith('carol')}));
	t.true(shouldNotify({...seen, open: undefined}));
	t.false(shouldNotify({...seen, open: talkWith('carol'), isMuted: true}));
	t.false(shouldNotify({...seen, isFocused: false, isMuted: true}));
});

function notifierWith(preferences: ReturnType<NotifierOptions['preferences']>, env: NotifierOptions['env'] = {}) {
	const written: string[] = [];
	const run: Array<readonly string[]> = [];
	const clock = {now: 0};
	const notifier = new Notifier({
		preferences: () => preferences,
		write: bytes => void written.push(bytes),
		run: command => void run.push(command),
		env,
		now: () => clock.now,
	});
	return {notifier, written, run, clock};
}

test('one a second, also after the clock was put back', t => {
	const {notifier, written, clock} = notifierWith({notify: 'bell', notifyCommand: []});
	const heard = [0, 1, 999, 1000, 1500, 2000, -3_600_000].map(now => {
		clock.now = now;
		notifier.notify('bob', false);
		return written.length;
	});
	t.deepEqual(heard, [1, 1, 1, 2, 2, 3, 4]);
});

test('off is silent', t => {
	const {notifier, written, run} = notifierWith({notify: 'off', notifyCommand: ['notify-send']});
	notifier.notify('bob', true);
	t.deepEqual([written, run], [[], []]);
});

test('it says who, and whether one is named', t => {
	const {notifier, written, clock} = notifierWith({notify: 'osc9', notifyCommand: []});
	notifier.notify('bob', false);
	clock.now = 1000;
	notifier.notify('b;\u001B', true);
	t.deepEqual(written, [`\u001B]9;simchat: a message from bob${BEL}`, `\u001B]9;simchat: b,␛ has mentioned you${BEL}`]);
});

test('inside tmux it is handed on', t => {
	const {notifier, written} = notifierWith({notify: 'osc777', notifyCommand: []}, {TMUX: '/tmp/tmux-0/default,1,0'});
	notifier.notify('bob', false);
	t.deepEqual(written, [notificationBytes('osc777', note, {isTmux: true})]);
});

test('a command has its words, the name in each place', t => {
	const {notifier, written, run, clock} = notifierWith({
		notify: 'command',
		notifyCommand: ['notify-send', '{from} wrote', '$1 {from}{from}'],
	});
	notifier.notify('bob', true);
	clock.now = 1000;
	notifier.notify("$& $'", false);
	t.deepEqual(run, [
		['notify-send', 'bob wrote', '$1 bobbob'],
		['notify-send', "$& $' wrote", "$1 $& $'$& $'"],
	]);
	t.deepEqual(written, []);
});

async function appears(file: string): Promise<boolean> {
	for (let look = 0; look < 500; look++) {
		try {
			await access(file);
			return true;
		} catch {
			await pause(20);
		}
	}

	return false;
}

/** The code of the error that a command does not start with. */
const refusal = async (command: readonly string[]) =>
	new Promise(resolve => {
		runDetached(command, error => resolve((error as NodeJS.ErrnoException).code));
	});

test('a command is run without a shell, and one that does not start is told of', async t => {
	const folder = temporaryFolder(t);
	t.is(await refusal([path.join(folder, 'missing')]), 'ENOENT');
	t.is(await refusal([folder]), 'EACCES');
	t.is(await refusal(['touch', 'a\u0000b']), 'ERR_INVALID_ARG_VALUE');
	runDetached([], error => t.fail(String(error)));
	const name = 'a; touch b $(id) `id` *';
	runDetached(['touch', path.join(folder, name)], error => t.fail(String(error)));
	t.true(await appears(path.join(folder, name)));
	await t.throwsAsync(access(path.join(folder, 'b')));
});

test('a command outlives the screen: it leads a group of its own', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'group');
	runDetached(['sh', '-c', `echo $$ $(ps -o pgid= -p $$) > ${file}.part && mv ${file}.part ${file}`], error =>
		t.fail(String(error)),
	);
	t.true(await appears(file));
	const [pid, group] = (await readFile(file, 'utf8')).trim().split(/\s+/);
	t.is(group, pid);
});
