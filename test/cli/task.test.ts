// The client's command line: what is understood, and that everything else is refused with a way out.
import path from 'node:path';
import test from 'ava';
import {parseTask} from '../../source/cli/task.ts';
import {Failure} from '../../source/cli/failure.ts';

const switches = {json: false, yes: false, passwordStdin: false};
const parse = (words: string[], flags: Record<string, unknown> = {}) =>
	parseTask(words, {...switches, ...flags}, '/default');
const common = {profile: '/default', port: undefined, passwordStdin: false};

test('each command takes its words and flags', t => {
	t.deepEqual(parse(['sign-up', 'simchat://h/#k'], {name: 'Alice', profile: '/p', passwordStdin: true}), {
		kind: 'sign-up',
		link: 'simchat://h/#k',
		name: 'Alice',
		profile: '/p',
		port: undefined,
		passwordStdin: true,
	});
	const invite = `simchat://h:1/#${'A'.repeat(43)}?invite=code`;
	t.like(parse(['sign-up', `${invite}:alice`]), {kind: 'sign-up', name: 'alice'});
	t.like(parse(['sign-up', `${invite}:alice`], {name: 'Bob'}), {name: 'Bob'});
	t.throws(() => parse(['sign-up', invite]), {message: /needs a name/});
	t.deepEqual(parse(['completion', 'zsh']), {...common, kind: 'completion', shell: 'zsh'});
	t.throws(() => parse(['completion', 'tcsh']), {message: 'completion takes one of bash, zsh, fish'});
	t.deepEqual(parse(['send', '@Bob', 'two', 'words']), {
		...common,
		kind: 'send',
		name: 'bob',
		text: 'two words',
		printsId: false,
		waitMs: 10_000,
	});
	t.like(parse(['send', 'bob', '-'], {wait: '0.5'}), {text: undefined, waitMs: 500});
	t.deepEqual(parse(['pipe', 'bob'], {wait: '0'}), {...common, kind: 'pipe', name: 'bob', waitMs: 0});
	t.deepEqual(parse([], {profile: '/p'}), {...common, kind: 'screen', link: undefined, profile: '/p'});
	t.deepEqual(parse(['simchat://h/#k']), {...common, kind: 'screen', link: 'simchat://h/#k'});
	t.deepEqual(parse(['simchat://h/#k'], {linear: true}), {
		...common,
		kind: 'linear',
		link: 'simchat://h/#k',
		waitMs: 10_000,
	});
	t.like(parse([], {linear: true, passwordStdin: true, port: '7410'}), {
		kind: 'linear',
		passwordStdin: true,
		port: 7410,
	});
	t.like(parse([], {linear: true, wait: '0.5'}), {waitMs: 500});
	t.like(parse([], {linear: false}), {kind: 'screen'});
	t.deepEqual(parse(['tail'], {json: true}), {...common, kind: 'tail', json: true, since: undefined, accepts: false});
	t.like(parse(['tail'], {accept: true}), {accepts: true});
	t.like(parse(['send-file', 'Bob', 'a', '/b'], {wait: '5'}), {
		kind: 'send-file',
		name: 'bob',
		files: [{path: path.resolve('a')}, {path: '/b'}],
		waitMs: 5000,
	});
	t.like(parse(['get', 'bob', 'x']), {kind: 'get', name: 'bob', id: 'x', waitMs: 10_000});
	t.deepEqual(parse(['contacts']), {...common, kind: 'contacts', json: false});
	t.deepEqual(parse(['verify', 'bob'], {yes: true}), {...common, kind: 'verify', name: 'bob', isSure: true});
	t.deepEqual(parse(['trust', 'bob']), {...common, kind: 'trust', name: 'bob', isSure: false});
	t.deepEqual(parse(['doctor']), {...common, kind: 'doctor', name: undefined, json: false, waitMs: 10_000});
	t.like(parse(['doctor', '@Bob'], {json: true, wait: '2', port: '7410'}), {
		name: 'bob',
		json: true,
		waitMs: 2000,
		port: 7410,
	});
	t.throws(() => parse(['doctor', 'bob', 'carol']), {message: /^doctor takes \[NAME\]: leave out carol/});
	t.throws(() => parse(['doctor'], {yes: true}), {message: /^--yes is not for doctor/});
	t.deepEqual(parse(['whoami']), {...common, kind: 'whoami'});
	t.deepEqual(parse(['demo']), {...common, kind: 'demo'});
});

test('a port is for what opens the socket: the screen, and the commands that sign in', t => {
	t.like(parse([], {port: '7410'}), {kind: 'screen', port: 7410});
	t.like(parse(['sign-up', 'simchat://h/#k'], {name: 'alice', port: '1'}), {port: 1});
	t.like(parse(['send', 'bob', 'hi'], {port: '65535'}), {port: 65_535});
	for (const words of [['tail'], ['pipe', 'bob'], ['contacts'], ['verify', 'bob'], ['trust', 'bob']]) {
		t.like(parse(words, {port: '7410'}), {port: 7410});
	}

	for (const words of [
		['whoami'],
		['demo'],
		['check'],
		['search', 'x'],
		['export'],
		['forget', 'bob'],
		['backup', 'x'],
	]) {
		const error = t.throws(() => parse(words, {port: '7410'}), {instanceOf: Failure});
		t.regex(error.message, /--port is not for/);
	}
});

test('anything else is refused', t => {
	const wrong: Array<[string[], Record<string, unknown>, RegExp]> = [
		[[], {json: true}, /--json is not for the full-screen client/],
		[[], {passwordStdin: true}, /--password-stdin is not for the full-screen client/],
		[[], {linear: true, json: true}, /--json is not for the client in lines/],
		[['tail'], {linear: true}, /--linear is not for tail/],
		[['simchat://h/#k', 'bob'], {}, /leave out bob/],
		[['talk'], {}, /no command talk/],
		[['constructor'], {}, /no command constructor/],
		[['sign-up'], {name: 'alice'}, /simchat sign-up LINK/],
		[['sign-up', 'link'], {}, /needs a name/],
		[['sign-up', 'link'], {name: ''}, /--name needs a value/],
		[['send', 'bob'], {}, /simchat send NAME TEXT/],
		[['send', 'bob', 'hi'], {json: true}, /--json is not for send/],
		[['send', 'bob', 'hi'], {wait: 'soon'}, /--wait takes seconds/],
		[['send', 'bob', 'hi'], {wait: '-1'}, /--wait takes seconds/],
		[['send', 'bob', 'hi'], {wait: '1e9'}, /--wait takes seconds/],
		[['send', 'bob', 'hi'], {n: 'x'}, /no flag -n: .*put --/],
		[['tail', 'bob'], {}, /leave out bob/],
		[['whoami'], {passwordStdin: true}, /--password-stdin is not for whoami/],
		[['tail'], {dryRun: true}, /no flag --dry-run/],
		...['0', '65536', '-1', '7410.5', '0x10', ' 7410', '7e3', '٣', '100000'].map(
			(port): [string[], Record<string, unknown>, RegExp] => [
				['tail'],
				{port},
				/--port takes a UDP port, from 1 to 65535/,
			],
		),
		[['tail'], {port: ''}, /--port needs a value/],
		[['tail'], {profile: ''}, /--profile needs a value/],
		[['tail'], {password: 'secret'}, /seen by everyone.*--password-stdin/],
	];
	for (const [words, flags, message] of wrong) {
		const error = t.throws(() => parse(words, flags), {instanceOf: Failure});
		t.is(error.exitCode, 64);
		t.regex(error.message, message);
		t.false(error.message.includes('secret'));
	}
});

test('a keeper takes a link, how long it holds and how much, and is asked how it is', t => {
	const keeper = {
		...common,
		kind: 'keep',
		link: undefined,
		holdDays: 0,
		maxBytes: undefined,
		strangers: false,
		passwordFile: undefined,
	};
	t.deepEqual(parse(['keep']), keeper);
	t.deepEqual(parse(['keep', 'simchat://h/#k'], {hold: 'all', maxSize: '250', strangers: true, passwordFile: '/p'}), {
		...keeper,
		link: 'simchat://h/#k',
		holdDays: undefined,
		maxBytes: 250_000_000,
		strangers: true,
		passwordFile: '/p',
	});
	t.like(parse(['keep'], {hold: 'until-fetched'}), {holdDays: 0});
	t.like(parse(['keep'], {hold: '30'}), {holdDays: 30});
	t.deepEqual(parse(['keep', 'status']), {...common, kind: 'keep-status', passwordFile: undefined});
	for (const hold of ['0', '-1', '1.5', '3651', 'some', '1e3'])
		t.throws(() => parse(['keep'], {hold}), {
			message: '--hold takes all, until-fetched, or a number of days from 1 to 3650',
		});
	for (const maxSize of ['0', '-1', '1.5', 'all', '1000001'])
		t.throws(() => parse(['keep'], {maxSize}), {message: '--max-size takes MB, from 1 to 1000000'});
	t.throws(() => parse(['keep', 'one', 'two']), {message: 'keep takes [LINK]: leave out two'});
});

test('since takes a day, a time of here or elsewhere, ms and an id', t => {
	const since = (typed: string) => (parse(['tail'], {since: typed}) as {since?: unknown}).since;
	t.deepEqual(since('2026-11-03'), {time: new Date(2026, 10, 3).getTime()});
	t.deepEqual(since('2026-11-03T09:30'), {time: new Date(2026, 10, 3, 9, 30).getTime()});
	t.deepEqual(since('2026-11-03T09:30:01.5Z'), {time: Date.UTC(2026, 10, 3, 9, 30, 1, 500)});
	t.deepEqual(since('2026-11-03T09:30+01:00'), {time: Date.UTC(2026, 10, 3, 8, 30)});
	t.deepEqual(since('1793696400000'), {time: 1_793_696_400_000});
	t.deepEqual(since('AB'.repeat(16)), {id: 'AB'.repeat(16)});
	for (const typed of ['yesterday', '2026-13-01', '2026-11-03 09:30', 'ab', '-1', ''])
		t.throws(() => since(typed), {message: /^--since (?:takes|needs)/}, typed);
	t.like(parse(['send', 'bob', 'hi'], {id: true}), {printsId: true});
	t.throws(() => parse(['pipe', 'bob'], {id: true}), {message: /^--id is not for pipe/});
});

test('verbs take the words of the screen’s commands', t => {
	const id = 'ab'.repeat(16);
	t.deepEqual(parse(['reply', '@Bob', id, 'two', 'words']), {
		...common,
		kind: 'reply',
		name: 'bob',
		id,
		waitMs: 10_000,
		text: 'two words',
		printsId: false,
	});
	t.like(parse(['edit', 'bob', id, '-'], {wait: '0.5'}), {kind: 'edit', text: undefined, waitMs: 500});
	t.like(parse(['react', 'bob', id, '']), {kind: 'react', emoji: ''});
	for (const [typed, seconds] of [
		['30s', 30],
		['5min', 300],
		['1w', 604_800],
		['off', 0],
	] as const) {
		t.like(parse(['timer', 'bob', typed]), {kind: 'timer', seconds});
	}

	for (const typed of ['0s', '-1h', '1', 'h', '1y'])
		t.throws(() => parse(['timer', 'bob', typed]), {message: /how long/});
	t.deepEqual(parse(['read', 'bob']), {...common, kind: 'read', name: 'bob'});
	t.deepEqual(parse(['nick', 'bob', 'B.', 'B.']), {...common, kind: 'nick', name: 'bob', nickname: 'B. B.'});
	t.deepEqual(parse(['nick', 'bob']), {...common, kind: 'nick', name: 'bob'});
	t.deepEqual(parse(['away']), {...common, kind: 'away'});
	t.like(parse(['away', 'at', 'lunch']), {text: 'at lunch'});
	t.deepEqual(parse(['cancel', id]), {...common, kind: 'cancel', id});
	t.throws(() => parse(['delete', 'bob']), {message: 'usage: simchat delete NAME ID'});
	t.throws(() => parse(['mute', 'bob'], {wait: '1'}), {message: /^--wait is not for mute/});
});
