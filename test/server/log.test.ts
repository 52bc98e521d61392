// The log: what a line says, that strangers cannot flood it, and that no secret is ever in it.
import test from 'ava';
import {type Log, createLog, describe} from '../../source/server/log.ts';
import {type ServerEvent} from '../../source/server/server-events.ts';

type Entry = Parameters<NonNullable<Parameters<typeof createLog>[1]>>[0];

function logging(): {log: Log; lines: Entry[]; clock: {now: number}} {
	const lines: Entry[] = [];
	const clock = {now: 0};
	return {
		lines,
		clock,
		log: createLog(
			() => clock.now,
			entry => lines.push(entry),
		),
	};
}

const dropped: ServerEvent = {kind: 'dropped', reason: 'malformed', from: '192.0.2.1:5'};

test('each event that matters is one line of words', t => {
	const events: Array<[ServerEvent, string | undefined]> = [
		[{kind: 'started', address: '[::]:7406'}, 'listening on [::]:7406, TCP and UDP'],
		[{kind: 'started', address: '[::]:7406', second: 7407}, 'listening on [::]:7406, TCP and UDP, and UDP on 7407'],
		[
			{kind: 'no reflector', address: '192.0.2.1:7407', code: 'EADDRINUSE'},
			'no UDP on 192.0.2.1:7407 (the port is taken); the server goes on without, and tries again',
		],
		[
			{kind: 'no reflector', address: '[2001:db8::1]:7406', code: 'EADDRNOTAVAIL'},
			'no UDP on [2001:db8::1]:7406 (EADDRNOTAVAIL); the server goes on without, and tries again',
		],
		[{kind: 'reachable', joinLink: 'simchat://…', isGuess: false}, 'join link: simchat://…'],
		[
			{kind: 'reachable', joinLink: 'simchat://…', isGuess: true},
			'join link: simchat://… (its host is a guess: set it with --listen HOST:PORT)',
		],
		[{kind: 'registered', name: 'alice', from: '[::1]:9'}, 'alice registered, from [::1]:9'],
		[{kind: 'signed in', name: 'alice', from: '[::1]:9'}, 'alice signed in, from [::1]:9'],
		[{kind: 'signed out', name: 'alice', how: 'signed off'}, 'alice left: signed off'],
		[{kind: 'refused', reason: 'locked', name: 'bob', from: 'x'}, 'bob refused: locked, from x'],
		[{kind: 'refused', reason: 'unsupported', from: 'x'}, 'a client refused: unsupported, from x'],
		[dropped, 'connection dropped: malformed, from 192.0.2.1:5'],
		[{kind: 'administered', command: 'reset', name: 'bob'}, 'reset bob, by the administrator'],
		[{kind: 'failed', error: new Error('disk full')}, 'failed: disk full'],
		[
			{kind: 'lease lost', sessions: 3},
			'the database was out of reach for too long: all sessions end (3), and nobody signs in until it is there',
		],
		[
			{kind: 'bus down', reason: new Error('refused')},
			'the other servers cannot be heard: refused; it is tried again, and nobody is introduced to people there meanwhile',
		],
		[{kind: 'bus up'}, 'the other servers are heard again'],
		[{kind: 'lease taken'}, 'the database is there again, and clients may sign in'],
		[{kind: 'introduced', granted: true}, undefined],
		[{kind: 'clock set', by: 3_600_000}, 'the clock was set forwards by 3600 s'],
		[
			{kind: 'data closed', directory: '/srv/chat', mode: 0o777},
			'/srv/chat was open to others (mode 0777) and is closed now (0700)',
		],
		[{kind: 'stopped'}, 'stopped'],
	];
	for (const [event, text] of events) {
		t.is(describe(event)?.text, text);
		t.false(describe(event)?.text.includes('\n') ?? false);
	}
});

test('what strangers cause is written once, then counted', t => {
	const {log, lines} = logging();
	for (let count = 0; count < 1000; count++) {
		log.emit(dropped);
		log.emit({kind: 'refused', reason: 'credentials', name: `n${count}`, from: 'x'});
	}

	log.emit({kind: 'dropped', reason: 'full', from: 'x'});
	log.emit({kind: 'signed in', name: 'alice', from: 'x'});
	log.emit({kind: 'signed in', name: 'alice', from: 'x'});
	t.is(lines.length, 5);
	log.close();
	t.deepEqual(
		lines.slice(5).map(({text}) => text),
		['999 more: connections dropped, malformed', '999 more: logins refused, credentials'],
	);
});
